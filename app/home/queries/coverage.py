"""Factories by coverage, those that need most first, and whether something is planned for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from app.access.actor import Actor, Scope
from app.access.permissions import Permission
from app.courses.models import CourseVersion
from app.coverage import queries
from app.coverage.table import Cell, rows
from app.factories.models import Factory
from app.factories.queries import visible_factories
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import MeetingState, TrainingState

Planned = Mapping[tuple[int, int, int | None], datetime]
"""(programme, course, company group) -> when the next training session starts; no group: one for any factory."""


@dataclass(frozen=True)
class FactoryRow:
    """A factory with its figures by course; `planned` has the courses of which a training session is to come."""

    factory: Factory
    cells: Sequence[Cell]
    planned: Mapping[int, datetime]


def coverage(actor: Actor, most: int, within: Scope | None = None) -> list[FactoryRow]:
    """At most so many factories that the actor sees, only those `within` when it is given. Five statements."""
    statement = visible_factories(actor, Permission.COVERAGE_READ).options(joinedload(Factory.programme))
    if within is not None:
        statement = statement.where(Factory.id.in_(within.factories))
    factories = db.session.scalars(statement.order_by(Factory.name, Factory.id)).all()
    requirements = queries.required(factory.programme_id for factory in factories)
    zones = {factory.programme_id: factory.programme.zone for factory in factories}
    figures = queries.figures([factory.id for factory in factories], requirements, zones)
    planned = _planned(zones)
    return [
        FactoryRow(row.factory, [cell for cell in row.cells.values() if cell and cell.asks], _of(planned, row.factory))
        for row in rows(actor, factories, requirements, figures)[:most]
    ]


def _of(planned: Planned, factory: Factory) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for (programme, course, group), at in planned.items():
        if programme == factory.programme_id and group in {None, factory.group_id}:
            found[course] = min(at, found.get(course, at))
    return found


def _planned(programmes: Mapping[int, str]) -> Planned:
    """When training that has not begun begins."""
    first = aliased(Meeting)
    has_begun = sa.exists().where(
        first.training_id == TrainingSession.id, first.state == MeetingState.PLANNED, first.starts_at <= now()
    )
    starts = (
        sa.select(
            TrainingSession.programme_id, CourseVersion.course_id, TrainingSession.group_id,
            sa.func.min(Meeting.starts_at),
        )
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .where(
            TrainingSession.programme_id.in_(programmes),
            TrainingSession.state.in_([TrainingState.TENTATIVE, TrainingState.CONFIRMED]),
            Meeting.state == MeetingState.PLANNED,
            ~has_begun,
        )
        .group_by(TrainingSession.programme_id, CourseVersion.course_id, TrainingSession.group_id)
    )  # fmt: skip
    return {(row[0], row[1], row[2]): row[3] for row in db.session.execute(starts)}
