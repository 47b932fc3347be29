"""Whom sessions reached, each level apart. Level B counts people, level C heads: the two are never added to each other,
and neither to what the programme's own trainers taught.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.factories.models import Employment, Person
from app.factories.queries import held_on
from app.factories.rules import JobRole, Sex
from app.improvement.cascade.models import CascadePerson, CascadeSession
from app.improvement.cascade.queries.sessions import standing
from app.improvement.cascade.rules import Heads, Level
from app.platform.db import db

About = int | str
"""A course by its id, or a theme by its word: a session on a course stands under both, so these are never added."""
_ABOUTS = (CascadeSession.course_id, CascadeSession.theme)


def reached(
    factory_ids: Collection[int], at: date
) -> dict[tuple[int, About, JobRole | None, Sex | None], int]:
    """Level B: people who work at the factory on the day, in the role that they have then, and who were on the roster
    of a session held there by then; each counts once, in however many sessions they were.

    Keys are factory, course or theme, role, sex. Two statements. The caller has checked the factories.
    """
    entry = aliased(Person)
    found: dict[tuple[int, About, JobRole | None, Sex | None], int] = {}
    for about in _ABOUTS:
        columns: tuple[Any, ...] = (
            CascadeSession.factory_id, about, Employment.role, Person.sex, sa.func.count(Person.id.distinct()),
        )  # fmt: skip
        rows = db.session.execute(
            sa.select(*columns)
            .join(CascadePerson, CascadePerson.cascade_id == CascadeSession.id)
            .join(entry, entry.id == CascadePerson.person_id)
            .join(Person, Person.id == sa.func.coalesce(entry.merged_into_id, entry.id))
            .join(
                Employment,
                sa.and_(Employment.person_id == Person.id, Employment.factory_id == CascadeSession.factory_id),
            )
            .where(*_counted(factory_ids, at, Level.B), about.is_not(None), held_on(at))
            .group_by(CascadeSession.factory_id, about, Employment.role, Person.sex)
        )  # fmt: skip
        found.update(((row[0], row[1], row[2], row[3]), row[4]) for row in rows)
    return found


@dataclass(frozen=True)
class Counted:
    """Sessions, and the heads that they counted: somebody in two sessions counts twice, and who left still counts."""

    sessions: int = 0
    heads: Heads = Heads()


def heads(factory_ids: Collection[int], at: date) -> dict[tuple[int, About], Counted]:
    """Level C: what factories counted in the sessions held by a day, by factory and course or theme.

    Two statements. The caller has checked the factories.
    """
    found: dict[tuple[int, About], Counted] = {}
    for about in _ABOUTS:
        columns: tuple[Any, ...] = (CascadeSession.factory_id, about, sa.func.count(), *_sums())
        rows = db.session.execute(
            sa.select(*columns)
            .where(*_counted(factory_ids, at, Level.C), about.is_not(None))
            .group_by(CascadeSession.factory_id, about)
        )
        found.update(((row[0], row[1]), Counted(row[2], Heads(row[3], row[4], row[5]))) for row in rows)
    return found


@dataclass(frozen=True)
class Figures:
    """A factory at a glance: `people` of level B who work there on the day, and of each level sessions and heads."""

    people: int
    by_level: Mapping[Level, Counted]

    def of(self, level: Level) -> Counted:
        return self.by_level.get(level, Counted())


def figures(factory_id: int, at: date) -> Figures:
    """Two statements. The caller has checked the factory."""
    entry = aliased(Person)
    itself = sa.func.coalesce(entry.merged_into_id, entry.id)
    people = db.session.scalar(
        sa.select(sa.func.count(itself.distinct()))
        .select_from(CascadeSession)
        .join(CascadePerson, CascadePerson.cascade_id == CascadeSession.id)
        .join(entry, entry.id == CascadePerson.person_id)
        .join(Employment, sa.and_(Employment.person_id == itself, Employment.factory_id == CascadeSession.factory_id))
        .where(*_counted([factory_id], at, Level.B), held_on(at))
    )
    rows = db.session.execute(
        sa.select(CascadeSession.level, sa.func.count(), *_sums())
        .where(*_counted([factory_id], at))
        .group_by(CascadeSession.level)
    )
    return Figures(people or 0, {row[0]: Counted(row[1], Heads(row[2], row[3], row[4])) for row in rows})


def _counted(
    factory_ids: Collection[int], at: date, level: Level | None = None
) -> tuple[sa.ColumnElement[bool], ...]:
    held = (CascadeSession.factory_id.in_(factory_ids), CascadeSession.held_on <= at, standing())
    return (*held, CascadeSession.level == level) if level else held


def _sums() -> tuple[sa.ColumnElement[int], ...]:
    columns = (CascadeSession.women, CascadeSession.men, CascadeSession.others)
    return tuple(sa.func.coalesce(sa.func.sum(column), 0) for column in columns)
