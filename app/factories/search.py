"""Finding people by name, in every factory that the actor may see."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.matching import named
from app.factories.models import Employment, Factory, Line, Person
from app.factories.queries import visible_factories
from app.platform.db import db


def find_people(actor: Actor, words: str) -> sa.Select[*tuple[Any, ...]]:
    """People by name, now or once employed in a factory in scope; columns id, name, local_name, language.

    Whether somebody is in scope is asked of each person found, not the other way round, so that the names are read in
    their order and only until a page is full.
    """
    factories = visible_factories(actor, Permission.FACTORIES_READ).with_only_columns(Factory.id)
    is_merged = sa.func.coalesce(Person.merged_into_id, 0) != 0  # hides its index: nearly everybody has none
    held = sa.exists().where(Employment.person_id == Person.id, Employment.factory_id.in_(factories))
    return (
        sa.select(Person.id, Person.name, Person.local_name, Person.language)
        .where(_named(words), held, ~is_merged, Person.erased_at.is_(None))
        .order_by(Person.search_text, Person.id)
    )


def _named(words: str) -> sa.ColumnElement[bool]:
    """By a name, or by that of an entry that turned out to be the person."""
    joined = db.session.scalars(sa.select(Person.merged_into_id).where(Person.merged_into_id > 0, named(words)))
    ids = set(joined)
    return sa.or_(named(words), Person.id.in_(ids)) if ids else named(words)


def places(actor: Actor, people: Sequence[int]) -> dict[int, Any]:
    """Person -> the employment in scope that holds, or else held last: factory_code, factory, employee_number, role,
    line, ended_on."""
    factories = visible_factories(actor, Permission.FACTORIES_READ).with_only_columns(Factory.id)
    rows = db.session.execute(
        sa.select(
            Employment.person_id, Factory.code.label("factory_code"), Factory.name.label("factory"),
            Employment.employee_number, Employment.role, Line.name.label("line"), Employment.ended_on,
        )
        .join(Factory, Factory.id == Employment.factory_id)
        .outerjoin(Line, Line.id == Employment.line_id)
        .where(Employment.person_id.in_(people), Factory.id.in_(factories))
        .order_by(Employment.ended_on.is_(None), Employment.started_on, Employment.id)
    )
    return {row.person_id: row for row in rows}
