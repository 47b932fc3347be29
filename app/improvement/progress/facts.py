"""What the report to a factory is made of. No day of an assessment, and nobody's name, ever enters it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.courses.models import CourseVersion
from app.courses.queries import catalogue
from app.factories.models import Factory
from app.improvement.findings import queries as findings
from app.improvement.findings.showing import ThemeShown, by_theme
from app.improvement.roadmap.models import RoadmapAction, RoadmapChange
from app.improvement.roadmap.queries import of_factory
from app.improvement.roadmap.rules import ActionState, Change
from app.platform.clock import now, today
from app.platform.db import db
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import HOLDING, MeetingState, TrainingState
from app.sessions.service.queries import cycles_of
from app.sessions.service.rules import Span

DAYS_BACK = 90
DAYS_AHEAD = 60
MOST_MEETINGS = 20
Titles = Mapping[str, str]


@dataclass(frozen=True)
class Moved:
    """An action moved: when, and how far it was then."""

    action: RoadmapAction
    at: datetime
    change: Change
    state: ActionState


@dataclass(frozen=True)
class Coming:
    """A half-day in which the factory holds seats, in the time of its place."""

    titles: Titles
    code: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Facts:
    """Everything that the report says."""

    day: date
    cycle: Span
    themes: Sequence[ThemeShown]
    actions: Sequence[RoadmapAction]
    """Of this cycle, and of former ones what is not ended."""
    due: Sequence[RoadmapAction]
    moved: Sequence[Moved]
    coming: Sequence[Coming]
    titles: Mapping[int, Titles]


def facts(factory: Factory) -> Facts:
    """What there is to say to a factory today. A fixed number of statements; the caller has checked the factory."""
    day = today(factory.programme.zone)
    cycle = cycles_of([factory.id], day)[factory.id]
    every = of_factory(factory.id)
    actions = [each for each in every if each.is_open or each.cycle_on == cycle.starts_on]
    return Facts(
        day=day,
        cycle=cycle,
        themes=by_theme(findings.counts(factory.id)),
        actions=actions,
        due=[each for each in actions if each.is_open and each.due_on <= day + timedelta(days=DAYS_AHEAD)],
        moved=_moved({each.id: each for each in every}),
        coming=_coming(factory.id),
        titles={edition.course_id: edition.titles for edition in catalogue()},
    )


def _moved(actions: Mapping[int, RoadmapAction]) -> list[Moved]:
    """What happened to the actions lately, the latest first; that one was planned anew is no progress."""
    told = [each for each in Change if each is not Change.CHANGED]
    rows = db.session.scalars(
        sa.select(RoadmapChange)
        .where(
            RoadmapChange.action_id.in_(actions), RoadmapChange.change.in_(told),
            RoadmapChange.at >= now() - timedelta(days=DAYS_BACK))
        .order_by(RoadmapChange.id.desc()))
    return [Moved(actions[row.action_id], row.at, row.change, row.state) for row in rows]


def _coming(factory_id: int) -> list[Coming]:
    seated = sa.exists().where(
        Seat.training_id == TrainingSession.id, Seat.factory_id == factory_id, Seat.state.in_(HOLDING))
    rows: Sequence[Any] = db.session.execute(
        sa.select(CourseVersion.titles, TrainingSession.code, Meeting.starts, Meeting.ends)
        .join(TrainingSession, TrainingSession.version_id == CourseVersion.id)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .where(
            seated, TrainingSession.state == TrainingState.CONFIRMED, Meeting.state == MeetingState.PLANNED,
            Meeting.ends_at > now())
        .order_by(Meeting.starts_at, Meeting.id).limit(MOST_MEETINGS)).all()
    return [Coming(row[0], row[1], row[2], row[3]) for row in rows]
