"""The trainer looks whether somebody whom a factory declared is there."""

from app.access.actor import Actor
from app.attendance import operations as attendance
from app.attendance.operations.loading import hold, hold_people
from app.attendance.operations.log import Receipt
from app.attendance.rooms.queries.people import inside
from app.attendance.rules import Evidence, Mark
from app.platform.refusal import NotFound


def spot_check(
    actor: Actor, meeting_id: int, site_id: int, person_id: int, mark_id: str, *, is_there: bool
) -> Receipt:
    """Say whether somebody of a factory room was seen: it replaces what the factory declared, in view of which it is
    said. Whoever was seen keeps the mark of somebody who was there.

    Raises NotFound for people of other rooms, and Refused when nobody can be marked now.
    """
    meeting = hold(actor, meeting_id)
    hold_people([person_id])
    people = inside(meeting).get(site_id, [])
    person = next((each for each in people if each.seat.person_id == person_id), None)
    if person is None:
        raise NotFound
    mark = Mark.ABSENT
    if is_there:
        mark = person.current.mark if person.current and person.current.mark.counts else Mark.PRESENT
    return attendance.mark(actor, meeting_id, person_id, mark, Evidence.SPOT_CHECK, mark_id)
