"""Factory rooms on the page of a training session and on the roll call."""

from dataclasses import dataclass

from app.access.actor import Actor
from app.attendance.rooms.policy import may_declare
from app.attendance.rooms.queries import summaries
from app.attendance.rooms.queries.told import told
from app.attendance.rooms.rules import is_open
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions.models import Meeting, Site, TrainingSession
from app.sessions.policy import may_take_roll
from app.sessions.queries.joining import used_sites
from app.sessions.rules import MeetingState, SiteKind, TrainingState


@dataclass(frozen=True)
class Own:
    """A room of the own factory, at a half-day at which its people can be checked in now."""

    meeting: Meeting
    site: Site


def training(actor: Actor, thing: TrainingSession) -> Panel | None:
    """To a factory the way to its room while it is open; to who takes the roll what the rooms declared and what was
    seen of it.
    """
    if not any(site.kind is SiteKind.FACTORY_ROOM for site in thing.sites):
        return None
    speaks = any(may_declare(actor, site) for site in thing.sites) and thing.state is TrainingState.CONFIRMED
    own = [
        Own(meeting, site)
        for meeting in thing.meetings
        if speaks and meeting.state is MeetingState.PLANNED and is_open(meeting.starts_at, meeting.ends_at, now())
        for site in used_sites(meeting)
        if may_declare(actor, site)
    ]
    found = told(thing) if may_take_roll(actor, thing) else []
    if not own and not found:
        return None
    context = {"training": thing, "own": own, "told": found}
    return Panel("factory_rooms", _("Factory rooms"), "attendance/rooms/_panel.html", context)


def roll_call(_actor: Actor, meeting: Meeting) -> Panel | None:
    """How many marks of the half-day rest on the word of a factory or a person alone."""
    rooms = summaries(meeting)
    if not rooms:
        return None
    number = sum(len(room.self_declared) for room in rooms)
    context = {"meeting": meeting, "number": number}
    return Panel("factory_rooms", _("Factory rooms"), "attendance/rooms/_roll_call.html", context)
