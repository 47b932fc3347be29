"""Who checked in, as the trainer sees it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.attendance import queries
from app.attendance.checkin.models import CheckIn, OldCode
from app.attendance.checkin.rules import Flag, Outcome, mark_at
from app.attendance.models import CurrentMark
from app.attendance.queries import Known
from app.attendance.rules import Evidence, Mark
from app.factories.models import Factory, Person
from app.platform.db import db
from app.sessions.models import Meeting, Seat

_SEEN = [each for each in Evidence if each.strength >= Evidence.ROLL_CALL.strength]
"""How somebody of the programme knows."""
_MARK = aliased(CurrentMark)
_THERE = [each for each in Mark if each.counts]


@dataclass(frozen=True)
class Arrival:
    """Somebody who checked in: what is odd about it, the mark that counts now, and whether the trainer has settled it,
    here or by marking the person since.
    """

    check_in: CheckIn
    seat: Seat
    number: str
    known: Known | None
    flags: Sequence[Flag]
    is_settled: bool


def arrivals(meeting: Meeting, late_after: timedelta) -> list[Arrival]:
    """Everybody who checked in, those first who wait for the trainer, each in the order of coming."""
    rows = db.session.execute(
        sa.select(CheckIn, Seat, CurrentMark.mark, CurrentMark.evidence, _is_settled())
        .join(CheckIn.person)
        .join(Seat, sa.and_(Seat.person_id == CheckIn.person_id, Seat.training_id == meeting.training_id))
        .join(Factory, Factory.id == Seat.factory_id)
        .outerjoin(
            CurrentMark,
            sa.and_(CurrentMark.meeting_id == CheckIn.meeting_id, CurrentMark.person_id == CheckIn.person_id),
        )
        .where(CheckIn.meeting_id == meeting.id, Person.merged_into_id.is_(None))
        .options(contains_eager(CheckIn.person), joinedload(CheckIn.site), contains_eager(Seat.factory))
        .order_by(_is_settled(), CheckIn.at, CheckIn.id)
    ).all()
    phones = Counter(check_in.device for check_in, *_ in rows if check_in.device)
    old = set(db.session.scalars(sa.select(OldCode.device).where(OldCode.meeting_id == meeting.id)))
    own_numbers = queries.numbers(meeting.training_id)
    return [
        Arrival(
            check_in,
            seat,
            own_numbers.get(seat.person_id, ""),
            Known(mark, evidence) if mark else None,
            _flags(check_in, seat, meeting, late_after, phones, old),
            is_settled,
        )
        for check_in, seat, mark, evidence, is_settled in rows
    ]


def checked_in(meeting_id: int) -> int:
    """How many people checked in, without those of whom the trainer said that they are not there."""
    is_refused = sa.and_(CheckIn.outcome.is_not(None), CheckIn.outcome != Outcome.HERE)
    return _count(meeting_id, ~sa.or_(is_refused, _is_marked_since(is_there=False)))


def numbers(meeting_id: int) -> tuple[int, int]:
    """How many checked in, and how many of them wait for the trainer."""
    return checked_in(meeting_id), _count(meeting_id, ~_is_settled())


def old_codes(meeting_id: int) -> int:
    """How many phones came with a code that was over."""
    counted = sa.select(sa.func.count()).select_from(OldCode).where(OldCode.meeting_id == meeting_id)
    return db.session.scalar(counted) or 0


def own(meeting_id: int, person_id: int | None) -> CheckIn | None:
    """What a person said at a half-day."""
    return db.session.scalar(sa.select(CheckIn).where(CheckIn.meeting_id == meeting_id, CheckIn.person_id == person_id))


def _is_settled() -> sa.ColumnElement[bool]:
    """The trainer said something of it, or has marked the person: as there at any time, or otherwise since."""
    is_marked = sa.or_(_is_marked_since(is_there=True), _is_marked_since(is_there=False))
    return sa.or_(CheckIn.outcome.is_not(None), is_marked)


def _is_marked_since(*, is_there: bool) -> sa.ColumnElement[bool]:
    is_seen = sa.and_(
        _MARK.meeting_id == CheckIn.meeting_id, _MARK.person_id == CheckIn.person_id, _MARK.evidence.in_(_SEEN),
        ~_MARK.is_disputed,
    )  # fmt: skip
    said = sa.select(_MARK.id).correlate(CheckIn)
    if is_there:
        return said.where(is_seen, _MARK.mark.in_(_THERE)).exists()
    is_later = sa.and_(_MARK.at >= CheckIn.at, sa.or_(CheckIn.refused_at.is_(None), _MARK.at > CheckIn.refused_at))
    return said.where(is_seen, _MARK.mark.not_in(_THERE), is_later).exists()


def _count(meeting_id: int, which: sa.ColumnElement[bool]) -> int:
    counted = sa.select(sa.func.count()).select_from(CheckIn).where(CheckIn.meeting_id == meeting_id, which)
    return db.session.scalar(counted) or 0


def _flags(
    check_in: CheckIn, seat: Seat, meeting: Meeting, late_after: timedelta, phones: Counter[str], old: set[str]
) -> list[Flag]:
    is_odd = {
        Flag.SEVERAL: phones[check_in.device] > 1,
        Flag.OLD_CODE: check_in.device in old,
        Flag.ELSEWHERE: check_in.site.factory_id not in {None, seat.factory_id},
        Flag.LATE: mark_at(meeting, check_in.at, late_after) is Mark.LATE,
        Flag.AGAIN: check_in.refused_at is not None,
    }
    return [flag for flag, holds in is_odd.items() if holds]
