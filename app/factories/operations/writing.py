"""Writing a plan in a fixed number of statements, whatever the number of people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.factories.models import Employment, Factory, Person
from app.factories.operations import former
from app.factories.operations.lines import Lines
from app.factories.plan import Plan
from app.factories.proposal import Employed, Pair
from app.factories.roster import Row
from app.factories.roster.numbers import number_key
from app.factories.rules import EndReason, JobRole, Sex
from app.factories.undo import Mended, Undo, mended
from app.platform.db import Base, db
from app.platform.i18n.folding import searchable


@dataclass(frozen=True)
class Writing:
    """A plan for a factory, as of a day, with the factory's lines."""

    factory: Factory
    plan: Plan
    on: date
    lines: Lines

    def write(self) -> Undo:
        """What was done, so that it can be taken back.

        Ends come before beginnings: an open employee number is unique in a factory.
        """
        followed = [pair for pair in self._other_work() if pair.employed.started_on < self.on]
        ended = {
            **self._end(self.plan.ended, EndReason.LEFT),
            **self._end([pair.employed for pair in followed], EndReason.MOVED_ROLE),
        }
        terms = [(pair.employed, self._terms(pair)) for pair in self._mended()]
        _update(Employment, ({"id": one.employment_id, **told} for one, told in terms))
        _update(Person, ({"id": pair.employed.person_id, **_person(pair.row)} for pair in self.plan.corrected))
        begun = [self._begin(pair.employed.person_id, self._terms(pair), self.on) for pair in followed]
        joined, people = self._joined()
        return Undo(
            people=tuple(people), begun=tuple(_insert(Employment, [*begun, *joined])), ended=ended,
            terms=tuple(mended(one.employment_id, _held(one), told) for one, told in terms),
            corrected=tuple(_corrected(pair) for pair in self.plan.corrected),
            lines=self.lines.added, lines_renamed=self.lines.renamed, reopened=self.lines.reopened,
        )

    def _end(self, gone: Sequence[Employed], why: EndReason) -> dict[int, date]:
        """Employment -> the day it ended on."""
        days = {one.employment_id: max(self.on, one.started_on) for one in gone}
        _update(Employment, ({"id": row_id, "ended_on": day, "end_reason": why} for row_id, day in days.items()))
        return days

    def _other_work(self) -> list[Pair]:
        """Those whose role, line or number is another one: a new stretch of employment."""
        changed = [pair for pair in self.plan.stayed if self._work(pair.row) != _work_before(pair)]
        return [*changed, *self.plan.renumbered]

    def _mended(self) -> list[Pair]:
        """What began on this very day has no history yet; and a designation alone is no other work."""
        today = [pair for pair in self._other_work() if pair.employed.started_on >= self.on]
        return [
            *today,
            *(
                pair
                for pair in self.plan.stayed
                if pair.row.designation != pair.employed.designation and self._work(pair.row) == _work_before(pair)
            ),
        ]

    def _work(self, row: Row) -> tuple[str | None, int | None]:
        return row.role, self.lines.ids[row.line] if row.line else None

    def _terms(self, pair: Pair) -> dict[str, Any]:
        """A number that is only written in another way stays as it was: programs lose zeros."""
        new = number_key(pair.row.employee_number) != pair.employed.number_key
        return self._row_terms(pair.row, pair.row.employee_number if new else pair.employed.employee_number)

    def _row_terms(self, row: Row, number: str) -> dict[str, Any]:
        written, line_id = self._work(row)
        role = JobRole(written) if written else None
        return {
            "employee_number": number,
            "number_key": number_key(number),
            "role": role,
            "designation": row.designation,
            "line_id": line_id,
        }

    def _begin(self, person_id: int, terms: dict[str, Any], started_on: date) -> dict[str, Any]:
        held = {"person_id": person_id, "factory_id": self.factory.id, "started_on": started_on, "ended_on": None}
        return {**held, **terms}

    def _joined(self) -> tuple[list[dict[str, Any]], Iterable[int]]:
        """Employments to begin, and the people added for them. Somebody who comes back begins on the day of the roster
        and never before the employment that ended: the two would overlap."""
        back = former.returning(self.factory.id, self.plan.joiners)
        added = self._add_people([row for row in self.plan.joiners if row.row not in back])
        person_ids = {**{row: one.person_id for row, one in back.items()}, **added}
        begun = [
            self._begin(
                person_ids[row.row], self._row_terms(row, row.employee_number),
                max(self.on, back[row.row].ended_on) if row.row in back else _first_day(row, self.on),
            )
            for row in self.plan.joiners
        ]
        return begun, added.values()

    def _add_people(self, rows: list[Row]) -> dict[int, int]:
        """Row number -> the new person."""
        more = {"language": self.factory.language, "email": None}
        ids = _insert(Person, [{**_person(row), **more} for row in rows])
        return dict(zip((row.row for row in rows), ids, strict=True))


def _first_day(row: Row, on: date) -> date:
    """The joining date; where none is known, or it is still to come although the roster names the person, today."""
    return min(row.joined or on, on)


def _work_before(pair: Pair) -> tuple[str | None, int | None]:
    return pair.employed.role, pair.employed.line_id


def _held(one: Employed) -> dict[str, Any]:
    return {
        "employee_number": one.employee_number, "number_key": one.number_key, "role": one.role,
        "designation": one.designation, "line_id": one.line_id,
    }


def _corrected(pair: Pair) -> Mended:
    one = pair.employed
    before = {"name": one.name, "local_name": one.local_name, "sex": one.sex, "phone": one.phone}
    return mended(one.person_id, before, _named(pair.row))


def _named(row: Row) -> dict[str, Any]:
    sex = Sex(row.sex) if row.sex else None
    return {"name": row.name, "local_name": row.local_name, "sex": sex, "phone": row.phone}


def _person(row: Row) -> dict[str, Any]:
    return {**_named(row), "search_text": searchable(row.name, row.local_name)}


def _update(model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    if values := list(rows):
        db.session.execute(sa.update(model), values)


def _insert(model: type[Base], rows: list[dict[str, Any]]) -> list[int]:
    """The keys of the new rows, in the order of `rows`."""
    if not rows:
        return []
    return list(db.session.scalars(sa.insert(model).returning(model.id, sort_by_parameter_order=True), rows))
