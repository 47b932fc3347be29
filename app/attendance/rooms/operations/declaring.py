"""A factory checks the people of its room in."""

from collections.abc import Collection

from app.access.actor import Actor
from app.attendance import rules
from app.attendance.operations.closing import refuse_closed
from app.attendance.operations.loading import hold_people
from app.attendance.operations.log import Clash, Marking, Receipt, logs_of, receipt_of, take_down
from app.attendance.rooms.operations.loading import hold_room
from app.attendance.rooms.operations.minutes import write_minutes
from app.attendance.rooms.queries.people import Inside, inside
from app.attendance.rules import Evidence, Mark, Said
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions.models import Meeting


def declare(actor: Actor, meeting_id: int, site_id: int, person_id: int, mark: Mark, mark_id: str) -> Receipt:
    """Say of somebody of the own room whether the person is there. The same again answers the same receipt.

    Raises NotFound for people of other rooms, and Refused where somebody of the programme has marked the person or
    nobody can be checked in now.
    """
    if not rules.is_mark_id(mark_id):
        raise Refused(_("This mark could not be read. Load the page again, then mark once more."))
    meeting, site = hold_room(actor, meeting_id, site_id)
    if not hold_people([person_id]):
        raise NotFound
    person = next((each for each in inside(meeting)[site.id] if each.seat.person_id == person_id), None)
    if person is None:
        raise NotFound
    if receipt_of(mark_id) is None:
        refuse_closed(meeting.id)
        if person.is_known_better:
            raise Refused(_("The trainer has marked this person. Tell the trainer when that is wrong."))
        if latest := _already(person, mark):
            return latest
    seen = _own_before(meeting, [person_id])[person_id]
    marking = Marking(person_id, mark, Evidence.ROOM_JOIN, mark_id, seen)
    [taken] = take_down(actor, meeting, {person_id: person.seat}, [marking])
    if isinstance(taken, Clash):
        raise Refused(_("This tap was already counted as another mark. Load the page again, then mark once more."))
    write_minutes(meeting, site.id, [person])
    return taken


def declare_all(actor: Actor, meeting_id: int, site_id: int) -> int:
    """Say that everybody of the own room is there who has no mark yet. Answers how many that were.

    Raises NotFound, and Refused when nobody can be checked in now.
    """
    meeting, site = hold_room(actor, meeting_id, site_id)
    is_somebody = hold_people([each.seat.person_id for each in inside(meeting)[site.id]])
    refuse_closed(meeting.id)
    left = [each for each in inside(meeting)[site.id] if _is_left(each, is_somebody)]
    markings = [Marking(each.seat.person_id, Mark.PRESENT, Evidence.ROOM_JOIN) for each in left]
    take_down(actor, meeting, {each.seat.person_id: each.seat for each in left}, markings)
    write_minutes(meeting, site.id, left)
    return len(left)


def _already(person: Inside, mark: Mark) -> Receipt | None:
    current = person.current
    is_said = current and current.mark is mark and current.evidence is Evidence.ROOM_JOIN and not current.is_disputed
    return receipt_of(current.mark_id) if current and is_said else None


def _is_left(each: Inside, is_somebody: Collection[int]) -> bool:
    is_marked = each.current is not None and each.current.evidence.strength > 0
    return each.seat.person_id in is_somebody and not is_marked


def _own_before(meeting: Meeting, person_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """What a factory said before, and fillers: the one who declares anew knows that. What the person said stays, also
    where it was said once more with the minutes of the line.
    """
    return {person_id: _known_in(log) for person_id, log in logs_of(meeting.id, person_ids).items()}


def _known_in(log: Collection[Said]) -> frozenset[str]:
    own = {said.mark_id for said in log if said.marker.startswith("person:")}
    while more := {said.mark_id for said in log if said.is_echo and said.seen & own} - own:
        own |= more
    return frozenset(
        said.mark_id for said in log if said.strength <= Evidence.ROOM_JOIN.strength and said.mark_id not in own
    )
