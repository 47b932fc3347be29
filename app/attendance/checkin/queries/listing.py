"""Who checked in, as the trainer sees it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.attendance import queries
from app.attendance.checkin.models import CheckIn, OldCode
from app.attendance.checkin.rules import Flag, Outcome, mark_at
from app.attendance.models import CurrentMark
from app.attendance.queries import Known
from app.attendance.rules import Mark
from app.factories.models import Factory, Person
from app.platform.db import db
from app.sessions.models import Meeting, Seat


@dataclass(frozen=True)
class Arrival:
    """Somebody who checked in: what is odd about it, and the mark that counts now."""

    check_in: CheckIn
    seat: Seat
    number: str
    known: Known | None
    flags: Sequence[Flag]


def arrivals(meeting: Meeting, late_after: timedelta) -> list[Arrival]:
    """Everybody who checked in, those first who wait for the trainer, each in the order of coming."""
    rows = db.session.execute(
        sa.select(CheckIn, Seat, CurrentMark.mark, CurrentMark.evidence)
        .join(CheckIn.person)
        .join(Seat, sa.and_(Seat.person_id == CheckIn.person_id, Seat.training_id == meeting.training_id))
        .join(Factory, Factory.id == Seat.factory_id)
        .outerjoin(
            CurrentMark,
            sa.and_(CurrentMark.meeting_id == CheckIn.meeting_id, CurrentMark.person_id == CheckIn.person_id),
        )
        .where(CheckIn.meeting_id == meeting.id, Person.merged_into_id.is_(None))
        .options(contains_eager(CheckIn.person), joinedload(CheckIn.site), contains_eager(Seat.factory))
        .order_by(CheckIn.outcome.is_not(None), CheckIn.at, CheckIn.id)
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
        )
        for check_in, seat, mark, evidence in rows
    ]


def checked_in(meeting_id: int) -> int:
    """How many people checked in, without those of whom the trainer said that they are not there."""
    return _count(meeting_id, sa.or_(CheckIn.outcome.is_(None), CheckIn.outcome == Outcome.HERE))


def numbers(meeting_id: int) -> tuple[int, int]:
    """How many checked in, and how many of them wait for the trainer."""
    return checked_in(meeting_id), _count(meeting_id, CheckIn.outcome.is_(None))


def old_codes(meeting_id: int) -> int:
    """How many phones came with a code that was over."""
    counted = sa.select(sa.func.count()).select_from(OldCode).where(OldCode.meeting_id == meeting_id)
    return db.session.scalar(counted) or 0


def own(meeting_id: int, person_id: int | None) -> CheckIn | None:
    """What a person said at a half-day."""
    return db.session.scalar(sa.select(CheckIn).where(CheckIn.meeting_id == meeting_id, CheckIn.person_id == person_id))


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
