"""How people join a half-day: through a room that we make. A pasted link is `sessions.operations.change_link`."""

from app.access.actor import Actor
from app.platform import audit
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.links.models import MeetingRoom
from app.sessions.links.providers import connected
from app.sessions.links.rooms import begin_again, room_at, want
from app.sessions.links.rules import Provider, RoomState
from app.sessions.models import Meeting
from app.sessions.operations import invitations
from app.sessions.operations.loading import hold, meeting_of, refuse_unless_open
from app.sessions.rules import MeetingState, Modality


def choose(actor: Actor, training_id: int, number: int, provider: Provider) -> MeetingRoom:
    """Join a half-day through a room at this provider; who has another link in the calendar is told the new one.
    Choosing the same again changes nothing. Raises NotFound, Refused.
    """
    meeting = _to_change(actor, training_id, number)
    if provider is Provider.PASTED or connected(provider) is None:
        raise Refused(_("This site is not connected to that provider. Paste a link instead."))
    room = room_at(meeting.id)
    if room is not None and room.is_used and room.provider is provider:
        return room
    room = want(meeting, provider)
    audit.record(actor, "sessions.choose_provider", f"meeting:{meeting.id}", provider=provider.value)
    invitations.settle(meeting.training)
    return room


def try_again(actor: Actor, training_id: int, number: int) -> MeetingRoom:
    """Make the room of a half-day anew after it failed. Links that people have stay as they are.

    Raises NotFound, also for a half-day without a room. One that did not fail is left alone.
    """
    meeting = _to_change(actor, training_id, number)
    room = room_at(meeting.id)
    if room is None or not room.is_used:
        raise NotFound
    if room.state is RoomState.FAILED:
        begin_again(room)
        audit.record(actor, "sessions.try_room_again", f"meeting:{meeting.id}")
    return room


def _to_change(actor: Actor, training_id: int, number: int) -> Meeting:
    training = hold(actor, training_id)
    if not policy.may_plan(actor, training):
        raise NotFound
    refuse_unless_open(training)
    meeting = meeting_of(training, number)
    if meeting.state is MeetingState.CANCELLED:
        raise Refused(_("This half-day is cancelled. Nothing was changed."))
    if meeting.modality is Modality.IN_PERSON:
        raise Refused(_("This half-day is held in person, without a link."))
    return meeting
