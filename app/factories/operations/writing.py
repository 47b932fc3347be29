"""Writing a plan in a fixed number of statements, whatever the number of people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.factories.models import Employment, Factory, Person
from app.factories.operations import former
from app.factories.plan import Plan
from app.factories.proposal import Pair
from app.factories.roster import Row
from app.factories.roster.numbers import number_key
from app.factories.rules import JobRole, Sex
from app.platform.db import Base, db
from app.platform.i18n.folding import searchable


@dataclass(frozen=True)
class Writing:
    """A plan for a factory, as of a day, with the factory's lines by name."""

    factory: Factory
    plan: Plan
    on: date
    lines: Mapping[str, int]

    def write(self) -> None:
        """Ends come before beginnings: an open employee number is unique in a factory."""
        followed = [pair for pair in self._other_work() if pair.employed.started_on < self.on]
        ended = (*self.plan.ended, *(pair.employed for pair in followed))
        _update(Employment, ({"id": one.employment_id, "ended_on": max(self.on, one.started_on)} for one in ended))
        _update(Employment, ({"id": pair.employed.employment_id, **self._terms(pair)} for pair in self._mended()))
        _update(Person, ({"id": pair.employed.person_id, **_named(pair.row)} for pair in self.plan.corrected))
        begun = [self._begin(pair.employed.person_id, self._terms(pair), self.on) for pair in followed]
        _insert(Employment, [*begun, *self._joined()])

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
        return row.role, self.lines[row.line] if row.line else None

    def _terms(self, pair: Pair) -> dict[str, Any]:
        """A number that is only written in another way stays as it was: programs lose zeros."""
        new = number_key(pair.row.employee_number) != pair.employed.number_key
        return self._row_terms(pair.row, pair.row.employee_number if new else pair.employed.employee_number)

    def _row_terms(self, row: Row, number: str) -> dict[str, Any]:
        role, line_id = self._work(row)
        return {
            "employee_number": number,
            "number_key": number_key(number),
            "role": JobRole(role) if role else None,
            "designation": row.designation,
            "line_id": line_id,
        }

    def _begin(self, person_id: int, terms: dict[str, Any], started_on: date) -> dict[str, Any]:
        held = {"person_id": person_id, "factory_id": self.factory.id, "started_on": started_on, "ended_on": None}
        return {**held, **terms}

    def _joined(self) -> list[dict[str, Any]]:
        """Somebody who comes back begins today: an earlier day would overlap the employment that ended."""
        back = former.returning(self.factory.id, self.plan.joiners)
        new = [row for row in self.plan.joiners if row.row not in back]
        person_ids = {**back, **self._add_people(new)}
        return [
            self._begin(
                person_ids[row.row], self._row_terms(row, row.employee_number),
                self.on if row.row in back else _first_day(row, self.on),
            )
            for row in self.plan.joiners
        ]

    def _add_people(self, rows: list[Row]) -> dict[int, int]:
        """Row number -> the new person."""
        if not rows:
            return {}
        people = [{**_named(row), "language": self.factory.language, "email": None} for row in rows]
        statement = sa.insert(Person).returning(Person.id, sort_by_parameter_order=True)
        return dict(zip((row.row for row in rows), db.session.scalars(statement, people), strict=True))


def _first_day(row: Row, on: date) -> date:
    """The joining date; where none is known, or it is still to come although the roster names the person, today."""
    return min(row.joined or on, on)


def _work_before(pair: Pair) -> tuple[str | None, int | None]:
    return pair.employed.role, pair.employed.line_id


def _named(row: Row) -> dict[str, Any]:
    return {
        "name": row.name,
        "local_name": row.local_name,
        "sex": Sex(row.sex) if row.sex else None,
        "phone": row.phone,
        "search_text": searchable(row.name, row.local_name),
    }


def _update(model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    if values := list(rows):
        db.session.execute(sa.update(model), values)


def _insert(model: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(sa.insert(model), rows)
