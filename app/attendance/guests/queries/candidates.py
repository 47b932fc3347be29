"""Who an unknown person may be, among the people whom the actor may add."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import sqlalchemy as sa

from app.attendance.guests.models import Guest
from app.factories.matching import numbered, wanted
from app.factories.models import Employment, Factory, Person
from app.factories.roster.numbers import number_key
from app.platform.db import db
from app.platform.i18n.folding import searchable
from app.sessions.models import Seat
from app.sessions.rules import SeatState

MOST = 20
_MOST_READ = 300
_ALIKE = 0.6
"""Share of letters from which two names are called similar."""


@dataclass(frozen=True)
class Candidate:
    """Somebody of the register: where the person works now, and the seat in this training session, if any."""

    person_id: int
    name: str
    local_name: str | None
    language: str
    factory_id: int
    factory: str
    number: str
    seat_state: SeatState | None
    same_number: bool = False
    alike: float = 0.0
    """How alike the names are, 0 to 1."""

    @property
    def has_seat(self) -> bool:
        return self.seat_state is SeatState.BOOKED


def find(training_id: int, factory_ids: Collection[int], words: str) -> list[Candidate]:
    """People who work at these factories now and whose names hold every word, or whose number begins so. One statement.

    At most MOST, those with a seat first. The caller has asked whether the words are enough.
    """
    rows = _rows(training_id, factory_ids, sa.or_(_holds(wanted(words), sa.and_), numbered(words)))
    return sorted((_candidate(row) for row in rows), key=lambda each: not each.has_seat)[:MOST]


def candidates(guest: Guest, factory_ids: Collection[int]) -> list[Candidate]:
    """People with the guest's number, or with a similar name in whatever script, the likeliest first. One statement."""
    key, words = number_key(guest.number), wanted(guest.name)
    asked = [_holds([word for word in words if len(word) > 1] or words, sa.or_)]
    if key:
        asked.append(Employment.number_key == key)
    name = searchable(guest.name)
    found = [_weighed(row, key, name) for row in _rows(guest.training_id, factory_ids, sa.or_(*asked))]
    likely = [each for each in found if each.same_number or each.alike >= _ALIKE]
    return sorted(likely, key=lambda each: _rank(each, guest), reverse=True)[:MOST]


def _rank(each: Candidate, guest: Guest) -> tuple[float, int]:
    is_from_there = each.factory_id == guest.factory_id
    return (each.alike + 0.5 * each.same_number + 0.25 * is_from_there, -each.person_id)


def _rows(training_id: int, factory_ids: Collection[int], wanted: sa.ColumnElement[bool]) -> Sequence[Any]:
    seated = sa.and_(Seat.person_id == Person.id, Seat.training_id == training_id)
    return db.session.execute(
        sa.select(
            Person.id, Person.name, Person.local_name, Person.language, Person.search_text, Employment.factory_id,
            Factory.name.label("factory"), Employment.employee_number, Employment.number_key,
            Seat.state.label("seat_state"),
        )
        .join(Employment, Employment.person_id == Person.id)
        .join(Factory, Factory.id == Employment.factory_id)
        .outerjoin(Seat, seated)
        .where(
            Employment.factory_id.in_(factory_ids), Employment.ended_on.is_(None), Person.merged_into_id.is_(None),
            Person.erased_at.is_(None), wanted,
        )
        .order_by(Person.search_text, Person.id)
        .limit(_MOST_READ)
    ).all()  # fmt: skip


def _holds(words: Sequence[str], joined: Any) -> sa.ColumnElement[bool]:
    if not words:
        return sa.false()
    held: sa.ColumnElement[bool] = joined(*(Person.search_text.contains(word, autoescape=True) for word in words))
    return held


def _weighed(row: Any, key: str, name: str) -> Candidate:
    names = [searchable(each) for each in (row.name, row.local_name) if each]
    alike = max((SequenceMatcher(None, name, each).ratio() for each in names), default=0.0)
    if set(name.split()) <= set(row.search_text.split()):
        alike = 1.0  # the words in another order, or one more
    return _candidate(row, same_number=bool(key) and row.number_key == key, alike=alike)


def _candidate(row: Any, *, same_number: bool = False, alike: float = 0.0) -> Candidate:
    return Candidate(
        row.id, row.name, row.local_name, row.language, row.factory_id, row.factory, row.employee_number,
        row.seat_state, same_number, alike,
    )  # fmt: skip
