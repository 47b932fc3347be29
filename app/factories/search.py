"""Finding people by name or number, in every factory that the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.matching import named, numbered, wanted
from app.factories.models import Employment, Factory, Line, Person
from app.factories.queries import visible_factories
from app.factories.rules import is_enough_to_search
from app.platform.db import db

_MOST_NUMBERS = 200
_FEW = 200
SUGGESTED = 200
"""Factories that the page suggests; the code of any other one can be typed."""


@dataclass(frozen=True)
class PeopleFilter:
    """What the address of the search asks for; `factory` is a code, empty for all in scope."""

    words: str = ""
    factory: str = ""

    @property
    def is_enough(self) -> bool:
        return is_enough_to_search(self.words)


def find_people(actor: Actor, words: str, factory_id: int | None = None) -> sa.Select[*tuple[Any, ...]]:
    """People by name - also one under which a duplicate of theirs was entered - or by employee number, now or once
    employed in a factory in scope; columns id, name, local_name, language.

    They come by name; of more than two hundred, PostgreSQL gives them as they were entered. Whether somebody is in
    scope is asked of each person found, not the other way round, so that reading stops when a page is full.
    """
    factories = _in_scope(actor, factory_id)
    is_merged = sa.func.coalesce(Person.merged_into_id, 0) != 0  # hides its index: nearly everybody has none
    held = sa.exists().where(Employment.person_id == Person.id, Employment.factory_id.in_(factories))
    also = [*_formerly_named(words), *_numbered(words, factories)]
    by_name, order = _named(words)
    found = sa.or_(by_name, Person.id.in_(also)) if also else by_name
    return (
        sa.select(Person.id, Person.name, Person.local_name, Person.language)
        .where(found, held, ~is_merged, Person.erased_at.is_(None))
        .order_by(order, Person.id)
    )


def _named(words: str) -> tuple[sa.ColumnElement[bool], Any]:
    """Whose name it is, and in which order they are read: SQLite reads names in theirs, whatever is asked.

    PostgreSQL looks up what not too many names hold. What very many hold is met soon by reading person after person:
    the index of trigrams, which would gather and sort all of them first, is not offered then.
    """
    if db.session.get_bind().dialect.name == "sqlite":
        return named(words), Person.search_text
    few = list(db.session.scalars(sa.select(Person.id).where(named(words)).limit(_FEW + 1)))
    if len(few) <= _FEW:
        return Person.id.in_(few), Person.search_text.collate("C")
    return sa.and_(*(sa.func.strpos(Person.search_text, word) > 0 for word in wanted(words))), Person.id


def _in_scope(actor: Actor, factory_id: int | None) -> sa.Select[Any]:
    factories = visible_factories(actor, Permission.FACTORIES_READ).with_only_columns(Factory.id)
    return factories if factory_id is None else factories.where(Factory.id == factory_id)


def _formerly_named(words: str) -> Sequence[int]:
    """People of whom a joined entry is named so; asked beforehand, so that names are still read in their order."""
    entry = aliased(Person)
    joined = sa.select(entry.merged_into_id).where(entry.merged_into_id.is_not(None), named(words, entry))
    return [person_id for person_id in db.session.scalars(joined.limit(_MOST_NUMBERS)) if person_id]


def _numbered(words: str, factories: sa.Select[Any]) -> Sequence[int]:
    """People whose number now begins so."""
    if not any(map(str.isdigit, words)):
        return []
    now = sa.select(Employment.person_id).where(
        Employment.factory_id.in_(factories), Employment.ended_on.is_(None), numbered(words)
    )
    return list(db.session.scalars(now.order_by(Employment.number_key).limit(_MOST_NUMBERS)))


def places(actor: Actor, people: Sequence[int], factory_id: int | None = None) -> dict[int, Any]:
    """Person -> the employment in scope that holds, or else held last: factory_code, factory, employee_number, role,
    line, ended_on."""
    # Asked of each employment: a list of factories would be the way that SQLite takes to all employments of theirs.
    in_scope = _in_scope(actor, factory_id).where(Factory.id == Employment.factory_id).correlate(Employment).exists()
    rows = db.session.execute(
        sa.select(
            Employment.person_id, Factory.code.label("factory_code"), Factory.name.label("factory"),
            Employment.employee_number, Employment.role, Line.name.label("line"), Employment.ended_on,
        )
        .join(Factory, Factory.id == Employment.factory_id)
        .outerjoin(Line, Line.id == Employment.line_id)
        .where(Employment.person_id.in_(people), in_scope)
        .order_by(Employment.ended_on.is_(None), Employment.started_on, Employment.id)
    )
    return {row.person_id: row for row in rows}


def suggested_factories(actor: Actor) -> list[Any]:
    """Codes and names of factories in scope, by name, to choose from."""
    visible = visible_factories(actor, Permission.FACTORIES_READ).with_only_columns(Factory.code, Factory.name)
    return list(db.session.execute(visible.order_by(Factory.name, Factory.id).limit(SUGGESTED)))
