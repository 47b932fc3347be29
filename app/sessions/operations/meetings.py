"""Moving and cancelling half-days, and changing their links."""

from app.access.actor import Actor
from app.platform import audit
from app.platform.bus import publish
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.sessions.events import MeetingCancelled, MeetingMoved
from app.sessions.links import rooms
from app.sessions.models import Meeting
from app.sessions.operations import helping, invitations
from app.sessions.operations.loading import meeting_of, to_plan
from app.sessions.operations.times import fault_among, put
from app.sessions.rules import MeetingState, Modality
from app.sessions.rules.wall_time import Fault, HalfDay
from app.sessions.wording import FAULTS

_ALIVE = {MeetingState.PLANNED, MeetingState.POSTPONED}


def move_meeting(actor: Actor, training_id: int, number: int, when: HalfDay) -> Meeting:
    """Hold a half-day at another time; calendars follow. Raises NotFound, Refused for an impossible time."""
    meeting = _to_change(actor, training_id, number)
    if meeting.state is MeetingState.POSTPONED:
        raise Refused(_("This half-day is postponed. It gets its date when the training session gets new dates."))
    if (meeting.starts, meeting.ends, meeting.zone) == (when.starts, when.ends, when.zone):
        return meeting
    if fault := fault_of_move(meeting, when):
        raise Refused(str(FAULTS[fault[1]]))
    put(meeting, when)
    audit.record(actor, "sessions.move_meeting", f"meeting:{meeting.id}", starts=when.starts.isoformat())
    helping.follow(meeting.training)
    invitations.settle(meeting.training)
    publish(MeetingMoved(meeting.id, training_id))
    return meeting


def fault_of_move(meeting: Meeting, when: HalfDay) -> tuple[str, Fault] | None:
    """What speaks against the new time, by itself or because of the other half-days."""
    fault = fault_among(meeting.training, {meeting.number: when})
    return fault and fault[1:]


def change_link(actor: Actor, training_id: int, number: int, join_url: str) -> Meeting:
    """Meet behind another link; whoever joins by it is told. Raises NotFound, Refused."""
    meeting = _to_change(actor, training_id, number)
    if meeting.modality is Modality.IN_PERSON:
        raise Refused(_("This half-day is held in person, without a link."))
    meeting.join_url = join_url
    rooms.leave(meeting)
    audit.record(actor, "sessions.change_link", f"meeting:{meeting.id}")
    invitations.settle(meeting.training)
    return meeting


def cancel_meeting(actor: Actor, training_id: int, number: int) -> Meeting:
    """Leave out a half-day; its entry leaves the calendars. Raises NotFound, Refused for the last one."""
    training = to_plan(actor, training_id)
    meeting = meeting_of(training, number)
    if meeting.state is MeetingState.CANCELLED:
        return meeting
    if sum(other.state in _ALIVE for other in training.meetings) == 1:
        raise Refused(_("This is the only half-day left. Cancel the whole training session instead."))
    meeting.state = MeetingState.CANCELLED
    audit.record(actor, "sessions.cancel_meeting", f"meeting:{meeting.id}")
    helping.follow(training)
    invitations.settle(training)
    publish(MeetingCancelled(meeting.id, training.id))
    return meeting


def _to_change(actor: Actor, training_id: int, number: int) -> Meeting:
    meeting = meeting_of(to_plan(actor, training_id), number)
    if meeting.state is MeetingState.CANCELLED:
        raise Refused(_("This half-day is cancelled. Nothing was changed."))
    return meeting
