"""Holding half-days by link instead of in person, or back, in one act."""

from collections.abc import Collection, Sequence

from app.access.actor import Actor
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.sessions.calendar.text import InviteError, link
from app.sessions.events import MeetingsSwitched
from app.sessions.links import rooms
from app.sessions.links.rules import Provider
from app.sessions.models import Meeting, TrainingSession
from app.sessions.operations import invitations
from app.sessions.operations.half_days import set_sites
from app.sessions.operations.loading import meeting_of, to_plan
from app.sessions.rules import MeetingState, Modality, SiteKind


def switch_modality(
    actor: Actor,
    training_id: int,
    numbers: Collection[int],
    modality: Modality,
    join_url: str | None,
    provider: Provider = Provider.PASTED,
) -> Sequence[Meeting]:
    """Hold these half-days so; invitations are sent again and the factories told. Answers those that changed.

    Without a link the one that a half-day has is kept, or its room at a provider; where there is none, a provider that
    makes rooms makes one. Raises NotFound; Refused for a half-day that has begun, for one
    by link without a link, and in person without a room.
    """
    training = to_plan(actor, training_id)
    meetings = [meeting_of(training, number) for number in sorted(set(numbers))]
    _refuse(training, meetings, modality)
    if modality is not Modality.IN_PERSON:
        _refuse_without_link(meetings, join_url, provider)
    changed = [meeting for meeting in meetings if _switch(meeting, modality, join_url, provider)]
    if changed:
        kept = [meeting.number for meeting in changed]
        audit.record(actor, "sessions.switch", f"training:{training.id}", half_days=kept, modality=modality.value)
        invitations.settle(training)
        publish(MeetingsSwitched(training.id, tuple(meeting.id for meeting in changed)))
    return changed


def can_switch(meeting: Meeting) -> bool:
    """Whether it is not over, under way or left out."""
    return meeting.state is MeetingState.POSTPONED or (
        meeting.state is MeetingState.PLANNED and meeting.starts_at > now()
    )


def has_link(meeting: Meeting) -> bool:
    """Whether people could join it by link as it is: one that was pasted, or through a room at a provider."""
    room = rooms.room_at(meeting.id)
    return bool(meeting.join_url) or (room is not None and room.is_used)


def _refuse(training: TrainingSession, meetings: Sequence[Meeting], modality: Modality) -> None:
    if not meetings:
        raise Refused(_("Choose at least one half-day."))
    if not all(can_switch(meeting) for meeting in meetings):
        raise Refused(_("A half-day has begun or is left out. Choose those that are still to come."))
    if modality is not Modality.VIRTUAL and not any(site.kind is SiteKind.VENUE for site in training.sites):
        raise Refused(_("There is no training room. Add one first."))


def _refuse_without_link(meetings: Sequence[Meeting], join_url: str | None, provider: Provider) -> None:
    if not join_url:
        if provider is Provider.PASTED and not all(has_link(meeting) for meeting in meetings):
            raise Refused(_("Enter the link with which people join."))
        return
    try:
        link(join_url)
    except InviteError:
        raise Refused(_("Write the whole link. It begins with https:// and has no spaces.")) from None


def _switch(meeting: Meeting, modality: Modality, join_url: str | None, provider: Provider) -> bool:
    """False when it is so already."""
    before = meeting.modality, meeting.join_url
    meeting.modality = modality
    opened = _join(meeting, join_url, provider)
    if not opened and before == (meeting.modality, meeting.join_url):
        return False
    _keep_sites(meeting)
    return True


def _join(meeting: Meeting, join_url: str | None, provider: Provider) -> bool:
    """Give the half-day its link, or none. True when it gets another room at a provider."""
    if meeting.modality is Modality.IN_PERSON:
        meeting.join_url = meeting.host_id = None  # nobody opens a link
        rooms.leave(meeting)
    elif join_url:
        rooms.leave(meeting)
        meeting.join_url = join_url
    elif not has_link(meeting):
        rooms.want(meeting, provider)
        return True
    return False


def _keep_sites(meeting: Meeting) -> None:
    """Where the chosen sites are of no use now - rooms of a half-day by link, or the other way about - take all."""
    kinds = {site.kind.modality for site in meeting.sites}
    if meeting.modality is not Modality.HYBRID and kinds and meeting.modality not in kinds:
        set_sites(meeting, ())
