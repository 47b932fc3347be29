"""The trainer looks around and settles who is here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.checkin.models import CheckIn
from app.attendance.checkin.operations.loading import late_after, refuse_hindered, standing, well_known
from app.attendance.checkin.rules import Outcome, mark_at
from app.attendance.operations.loading import hold, hold_people
from app.attendance.operations.log import Marking, take_down
from app.attendance.rules import Evidence, Mark
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat
from app.sessions.rules import SeatState


@dataclass(frozen=True)
class Settled:
    """How many were confirmed, and how many were left: somebody marked them otherwise, or they have no seat now."""

    confirmed: int
    left: int


def confirm(actor: Actor, meeting_id: int, check_in_id: int) -> Settled:
    """This person is here: the check-in is said once more as roll call. Raises NotFound and Refused."""
    meeting = hold(actor, meeting_id)
    hold_people([_one(meeting, check_in_id).person_id])
    return _confirm(actor, meeting, [_one(meeting, check_in_id)])


def confirm_all(actor: Actor, meeting_id: int, check_in_ids: Collection[int]) -> Settled:
    """These people, as the trainer had them in view, are here. Whom somebody has marked as not there is left: that
    needs a look of its own. Raises NotFound and Refused.
    """
    meeting = hold(actor, meeting_id)
    mine = CheckIn.id.in_(check_in_ids)
    hold_people([said.person_id for said in _waiting(meeting.id, mine)])
    waiting = _waiting(meeting.id, mine)  # as it is now that nobody else settles it
    known = well_known(meeting.id, [said.person_id for said in waiting])
    sure = [said for said in waiting if known.get(said.person_id, True)]
    settled = _confirm(actor, meeting, sure)
    return Settled(settled.confirmed, settled.left + len(waiting) - len(sure))


def refuse(actor: Actor, meeting_id: int, check_in_id: int) -> None:
    """This person is not here. A mark that had counted at once, or by a confirmation, is replaced by an absence.

    Raises NotFound and Refused.
    """
    meeting = hold(actor, meeting_id)
    hold_people([_one(meeting, check_in_id).person_id])
    said = _one(meeting, check_in_id)  # as it is now that nobody else settles it
    refuse_hindered(meeting)
    if said.outcome is Outcome.NOT_HERE:
        return
    seats = _seats(meeting, [said])
    has_counted = said.mark_id is not None or said.outcome is Outcome.HERE
    if has_counted and seats:
        _take_down(actor, meeting, seats, [(said, Mark.ABSENT)])
    _settle(actor, meeting, [said], Outcome.NOT_HERE)


def _confirm(actor: Actor, meeting: Meeting, some: Sequence[CheckIn]) -> Settled:
    somebody = hold_people([said.person_id for said in some])
    refuse_hindered(meeting)
    seats = _seats(meeting, some)
    here = [said for said in some if said.person_id in somebody and said.person_id in seats]
    known = well_known(meeting.id, [said.person_id for said in here])
    late = late_after(meeting)
    anew = [(said, mark_at(meeting, said.at, late)) for said in here if not known.get(said.person_id)]
    _take_down(actor, meeting, seats, anew)
    _settle(actor, meeting, here, Outcome.HERE)
    return Settled(len(here), len(some) - len(here))


def _take_down(actor: Actor, meeting: Meeting, seats: dict[int, Seat], said: Sequence[tuple[CheckIn, Mark]]) -> None:
    seen = standing(meeting.id, [each.person_id for each, _mark in said])
    markings = [Marking(each.person_id, mark, Evidence.ROLL_CALL, seen=seen[each.person_id]) for each, mark in said]
    take_down(actor, meeting, seats, markings)


def _settle(actor: Actor, meeting: Meeting, some: Sequence[CheckIn], outcome: Outcome) -> None:
    news = [said for said in some if said.outcome is not outcome]
    for said in news:
        said.outcome, said.settled_at, said.settled_by = outcome, now(), actor.account_id
    if news:
        people = sorted(said.person_id for said in news)
        audit.record(actor, "attendance.settle_check_in", f"meeting:{meeting.id}", people=people, outcome=outcome.value)


def _one(meeting: Meeting, check_in_id: int) -> CheckIn:
    said = db.session.get(CheckIn, check_in_id, populate_existing=True)
    if said is None or said.meeting_id != meeting.id:
        raise NotFound
    if said.person.merged_into_id is not None:
        raise Refused(_("This entry was joined with another. Load the page again."))
    return said


def _waiting(meeting_id: int, which: sa.ColumnElement[bool]) -> list[CheckIn]:
    mine = sa.select(CheckIn).where(CheckIn.meeting_id == meeting_id, CheckIn.outcome.is_(None), which)
    return list(db.session.scalars(mine.order_by(CheckIn.id).execution_options(populate_existing=True)))


def _seats(meeting: Meeting, some: Sequence[CheckIn]) -> dict[int, Seat]:
    found = sessions.seats_of(meeting.training_id, [said.person_id for said in some])
    return {person_id: seat for person_id, seat in found.items() if seat.state is SeatState.BOOKED}
