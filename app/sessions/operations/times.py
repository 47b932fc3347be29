"""Giving half-days their times."""

from collections.abc import Mapping

from app.access.actor import Actor
from app.platform.clock import now
from app.platform.refusal import Refused
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import MeetingState
from app.sessions.rules.wall_time import Fault, HalfDay, fault_of, first_overlap, moments
from app.sessions.wording import FAULTS


def put(meeting: Meeting, when: HalfDay) -> None:
    """Hold it then. The caller has checked the times."""
    meeting.starts, meeting.ends, meeting.zone = when.starts, when.ends, when.zone
    meeting.starts_at, meeting.ends_at = moments(when)


def fault_among(
    training: TrainingSession, times: Mapping[int, HalfDay], *, bears_past: bool = False
) -> tuple[int, str, Fault] | None:
    """The number, the part and what speaks against these times of half-days: by themselves, among each other, or
    because of the other half-days that are planned.
    """
    for number, when in times.items():
        fault = fault_of(when, now())
        if fault and not (bears_past and fault[1] is Fault.PAST):
            return number, *fault
    planned = (m for m in training.meetings if m.state is MeetingState.PLANNED and m.number not in times)
    others = [(meeting.starts_at, meeting.ends_at) for meeting in planned]
    numbers = list(times)
    for count, number in enumerate(numbers, 1):
        if first_overlap([*others, *(moments(times[one]) for one in numbers[:count])]) is not None:
            return number, "starts", Fault.OVERLAP
    return None


def refuse_clash(actor: Actor, training: TrainingSession, times: Mapping[int, HalfDay]) -> None:
    """Raises Refused. The system itself may tell of the past."""
    if fault := fault_among(training, times, bears_past=actor.is_system):
        raise Refused(str(FAULTS[fault[2]]))
