"""Taking hold of a factory room at a half-day."""

from app.access.actor import Actor
from app.attendance import labels, rules
from app.attendance.operations.loading import hold_for
from app.attendance.queries import closed_roll_call
from app.attendance.rooms.policy import may_declare
from app.attendance.rooms.rules import is_open
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions.models import Meeting, Site, TrainingSession
from app.sessions.queries.joining import used_sites


def hold_room(actor: Actor, meeting_id: int, site_id: int) -> tuple[Meeting, Site]:
    """A half-day and a room of the own factory in which people can be checked in now. Raises NotFound, Refused."""
    def may(training: TrainingSession) -> bool:
        return any(site.id == site_id and may_declare(actor, site) for site in training.sites)

    meeting = hold_for(actor, meeting_id, may)
    site = next((site for site in used_sites(meeting) if site.id == site_id), None)
    if site is None:
        raise NotFound
    is_closed = closed_roll_call(meeting.id) is not None
    states = meeting.training.state, meeting.state, meeting.starts_at, now()
    if found := rules.hindrance(*states, is_closed=is_closed):
        raise Refused(str(labels.HINDRANCES[found]))
    if not is_open(meeting.starts_at, meeting.ends_at, now()):
        raise Refused(_("People of a factory room are checked in from 30 minutes before until 12 hours after."))
    return meeting, site
