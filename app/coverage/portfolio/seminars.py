"""Which factories came to which seminars in the last twelve months, and who does as often as it must."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.models import CurrentMark
from app.attendance.rules import Mark
from app.courses.models import CourseVersion
from app.courses.rules import Category
from app.coverage import queries
from app.coverage.portfolio.queries import factories
from app.coverage.queries import Measure
from app.coverage.requirements.rules import Happening, Kind
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import TrainingState

YEAR = timedelta(days=365)
MOST = 24
"""Seminars in one grid, the latest of them."""


@dataclass(frozen=True)
class Seminar:
    """One that was held."""

    training_id: int
    code: str
    titles: dict[str, str]
    starts: datetime


@dataclass(frozen=True)
class Row:
    """A factory: how many of its people were at each seminar, and what is asked of it."""

    factory: Factory
    people: Mapping[int, int]
    asked: Sequence[Measure]

    @property
    def attended(self) -> int:
        """Seminars at which somebody of it was."""
        return len(self.people)


@dataclass(frozen=True)
class Grid:
    seminars: Sequence[Seminar]
    rows: Sequence[Row]


def grid(actor: Actor, programme: str = "") -> Grid:
    """The factory that came least stands first. Seven statements; six more where nobody is known by name."""
    shown = [each for each in factories(actor) if programme in {"", each.programme.code}]
    ids = [each.id for each in shown]
    requirements = [
        each for each in queries.required({each.programme_id for each in shown})
        if each.kind is Kind.CADENCE and each.rule.happening is Happening.SEMINAR
    ]  # fmt: skip
    measured = queries.measures_of(shown, requirements)
    came: dict[int, Counter[int]] = {each: Counter() for each in ids}
    seminars: dict[int, Seminar] = {}
    for row in _attended(ids):
        came[row.factory_id][row.id] = row.people
        seminars[row.id] = Seminar(row.id, row.code, row.titles, row.starts)
    latest = sorted(seminars.values(), key=lambda each: each.starts)[-MOST:]
    rows = [Row(each, came[each.id], measured[each.id]) for each in shown]
    return Grid(latest, sorted(rows, key=lambda row: (row.attended, row.factory.name, row.factory.id)))


def _attended(factory_ids: Sequence[int]) -> Sequence[Any]:
    """Factory, seminar and how many of its people were at one of its half-days. One statement."""
    starts = sa.func.min(Meeting.starts_at, type_=Meeting.starts_at.type).label("starts")
    return db.session.execute(
        sa.select(
            Seat.factory_id, TrainingSession.id, TrainingSession.code, CourseVersion.titles, starts,
            sa.func.count(CurrentMark.person_id.distinct()).label("people"),
        )
        .select_from(CurrentMark)
        .join(Meeting, Meeting.id == CurrentMark.meeting_id)
        .join(TrainingSession, TrainingSession.id == Meeting.training_id)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Seat, sa.and_(Seat.training_id == TrainingSession.id, Seat.person_id == CurrentMark.person_id))
        .where(
            Seat.factory_id.in_(factory_ids), CourseVersion.category == Category.INDUSTRY_SEMINAR,
            CurrentMark.mark.in_([Mark.PRESENT, Mark.LATE]), TrainingSession.state == TrainingState.CLOSED,
            Meeting.starts_at > now() - YEAR,
        )
        .group_by(Seat.factory_id, TrainingSession.id, TrainingSession.code, CourseVersion.id)
    ).all()  # fmt: skip
