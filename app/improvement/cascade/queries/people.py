"""People of a factory on the day of a session. The caller has checked the factory."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.factories.matching import named
from app.factories.matching import numbered as begins_with
from app.factories.models import Employment, Line, Person
from app.factories.queries import held_on
from app.factories.roster.numbers import number_key
from app.factories.rules import JobRole, Sex
from app.platform.db import db


@dataclass(frozen=True)
class Employed:
    """Somebody who works at the factory on the day."""

    person_id: int
    name: str
    local_name: str | None
    language: str
    employee_number: str
    role: JobRole | None
    sex: Sex | None
    line: str | None


def employed_on(factory_id: int, day: date, *, line_id: int | None, q: str, most: int) -> list[Employed]:
    """People of a line, or whom the words fit, by name; at most so many, and one more where there are more."""
    statement = _employed(factory_id, day)
    if line_id is not None:
        statement = statement.where(Employment.line_id == line_id)
    if q.strip():
        statement = statement.where(sa.or_(named(q), begins_with(q)))
    return _read(statement.limit(most + 1))[: most + 1]


def on_day(factory_id: int, day: date, person_ids: Collection[int]) -> dict[int, Employed]:
    """Those of these people who work at the factory on the day."""
    return {each.person_id: each for each in _read(_employed(factory_id, day).where(Person.id.in_(person_ids)))}


def numbered(factory_id: int, day: date, numbers: Sequence[str]) -> tuple[list[Employed], list[str]]:
    """People by their employee numbers, and the numbers that nobody had on the day."""
    keys = {number_key(number): number for number in numbers if number_key(number)}
    statement = _employed(factory_id, day).add_columns(Employment.number_key)
    rows = db.session.execute(statement.where(Employment.number_key.in_(keys))).all()
    known = {row[-1] for row in rows}
    people = {row[0]: Employed(*tuple(row)[:-1]) for row in rows}
    missing = [number for number in numbers if number_key(number) not in known]
    return list(people.values()), missing


def _employed(factory_id: int, day: date) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (
        Person.id, Person.name, Person.local_name, Person.language, Employment.employee_number, Employment.role,
        Person.sex, Line.name,
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Employment, Employment.person_id == Person.id)
        .outerjoin(Line, Line.id == Employment.line_id)
        .where(Employment.factory_id == factory_id, held_on(day))
        .order_by(Person.search_text, Person.id, Employment.started_on, Employment.id)
    )


def _read(statement: sa.Select[Any]) -> list[Employed]:
    return list({row[0]: Employed(*tuple(row)) for row in db.session.execute(statement)}.values())
