"""The minutes of a connection, on the marks of everybody who sat before it."""

from collections.abc import Sequence

from app.access.actor import SYSTEM
from app.attendance.models import CurrentMark
from app.attendance.operations.loading import hold_people
from app.attendance.operations.log import Marking, logs_of, take_down
from app.attendance.rooms.queries.connections import connection_of
from app.attendance.rooms.queries.people import Inside, inside
from app.attendance.rules import ROOM, Evidence, Mark
from app.platform.clock import now
from app.sessions.models import Meeting


def put_minutes(meeting: Meeting, site_id: int) -> int:
    """Say the marks of the people of a room once more, with the minutes of its connection, where those are known: after
    the half-day. The caller holds the half-day. Answers how many were said.
    """
    hold_people([each.seat.person_id for each in inside(meeting).get(site_id, [])])
    return write_minutes(meeting, site_id, inside(meeting).get(site_id, []))


def write_minutes(meeting: Meeting, site_id: int, people: Sequence[Inside]) -> int:
    """The same of some people of the room, whom the caller holds."""
    known = connection_of(meeting, site_id) if meeting.ends_at <= now() else None
    if known is None:
        return 0
    fresh = {each.seat.person_id: each for each in inside(meeting)[site_id]}
    own = [fresh[each.seat.person_id] for each in people if each.seat.person_id in fresh]
    again = {
        each.seat.person_id: (each.seat, each.current)
        for each in own
        if each.current is not None and _takes(each.current, known.minutes)
    }
    logs = logs_of(meeting.id, again)
    markings = [
        Marking(
            person_id, current.mark, current.evidence, seen=frozenset({current.mark_id}), minutes=known.minutes,
            marker=f"{ROOM}{site_id}", counter=len(logs[person_id]),
        )
        for person_id, (_, current) in sorted(again.items())
    ]  # fmt: skip
    if markings:
        take_down(SYSTEM, meeting, {person_id: seat for person_id, (seat, _) in again.items()}, markings)
    return len(markings)


def _takes(current: CurrentMark, minutes: int) -> bool:
    """Whether the connection says something new of a mark: of somebody who was there, and of whom no report says the
    own minutes.
    """
    is_there = current.mark.counts or current.mark is Mark.PARTIAL
    has_own = current.evidence is Evidence.PROVIDER_REPORT
    return is_there and not has_own and not current.is_disputed and current.minutes != minutes
