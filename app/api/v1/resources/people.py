"""People, with where they work. No telephone, no e-mail, no year of birth: no program needs them to count training."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from pydantic import Field

from app.access.actor import Actor
from app.access.permissions import Permission
from app.api.tokens.rules import TokenScope
from app.api.v1.asked import Asked, Code, Flag
from app.api.v1.resource import Item, Resource, Rows
from app.factories.models import Employment, Factory, Line, Person
from app.factories.queries import visible_factories
from app.factories.rules import JobRole, Sex
from app.platform.db import db


class EmploymentItem(Item):
    """A time at a factory, in one role on one line."""

    factory: str = Field(description="Code of the factory.")
    employee_number: str
    role: JobRole | None
    designation: str | None
    line: str | None
    started_on: date
    ended_on: date | None = Field(description="The first day on which it no longer held.")


class PersonItem(Item):
    """Somebody who works, or once worked, at a factory that the owner of the token sees."""

    id: int
    name: str
    local_name: str | None
    sex: Sex | None
    language: str
    employments: list[EmploymentItem] = Field(description="At factories in sight alone, the earliest first.")


class PeopleAsked(Asked):
    factory: Code | None = Field(default=None, description="Code of a factory: people who are or were there.")
    employed: Flag | None = Field(default=None, description="true: only who works there now. false: only who does not.")


def _rows(actor: Actor, asked: PeopleAsked) -> Rows:
    at = sa.and_(Employment.person_id == Person.id, Employment.factory_id.in_(_factories(actor, asked)))
    statement: Rows = sa.select(Person.id, Person.name, Person.local_name, Person.sex, Person.language).where(
        Person.merged_into_id.is_(None), Person.erased_at.is_(None), sa.exists().where(at)
    )
    if asked.employed is not None:
        works = sa.exists().where(at, Employment.ended_on.is_(None))
        statement = statement.where(works if asked.employed else ~works)
    return statement


def _factories(actor: Actor, asked: PeopleAsked) -> Rows:
    seen = visible_factories(actor, Permission.FACTORIES_READ).with_only_columns(Factory.id)
    return seen.where(Factory.code == asked.factory) if asked.factory else seen


def _items(actor: Actor, rows: Sequence[Any], _asked: PeopleAsked) -> list[PersonItem]:
    """One statement more than the page itself."""
    found = db.session.execute(
        sa.select(
            Employment.person_id, Factory.code.label("factory"), Employment.employee_number, Employment.role,
            Employment.designation, Line.name.label("line"), Employment.started_on, Employment.ended_on,
        )
        .join(Factory, Factory.id == Employment.factory_id)
        .outerjoin(Line, Line.id == Employment.line_id)
        .where(Employment.person_id.in_([row.id for row in rows]), Factory.id.in_(_factories(actor, PeopleAsked())))
        .order_by(Employment.started_on, Employment.id)
    )  # fmt: skip
    work: dict[int, list[EmploymentItem]] = defaultdict(list)
    for row in found:
        own = dict(row._mapping)
        work[own.pop("person_id")].append(EmploymentItem(**own))
    return [PersonItem(**row._mapping, employments=work[row.id]) for row in rows]


PEOPLE = Resource(
    name="people", about="People at the factories that the owner of the token sees, with their employments there.",
    scope=TokenScope.PEOPLE_READ, permission=Permission.FACTORIES_READ, item=PersonItem, asked=PeopleAsked, rows=_rows,
    key=Person.id, items=_items, one_by=Person.id,
)  # fmt: skip
