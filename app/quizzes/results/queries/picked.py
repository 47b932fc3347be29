"""Which attempts go into figures: the first graded one of each person, of the training sessions that are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Scope
from app.courses.models import Course, CourseVersion, Unit
from app.courses.rules import UnitKind
from app.factories.models import Programme
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.models import Attempt
from app.quizzes.rules import AttemptState
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import TrainingState

_MOST_SESSIONS = 100
_RAN = (TrainingState.CONFIRMED, TrainingState.POSTPONED, TrainingState.CLOSED)


@dataclass(frozen=True, slots=True)
class Picked:
    """A version of a course, and which of its training sessions are looked at."""

    version_id: int
    course_code: str
    number: str
    titles: dict[str, str]
    scope: Scope
    programme_id: int | None = None
    training_id: int | None = None
    attempts: tuple[sa.ColumnElement[bool], ...] = ()
    """Conditions on attempts, where not all of these training sessions are looked at."""

    def trainings(self) -> tuple[sa.ColumnElement[bool], ...]:
        """Conditions on training sessions."""
        held: list[sa.ColumnElement[bool]] = [TrainingSession.version_id == self.version_id]
        if not self.scope.everything:
            held.append(TrainingSession.programme_id.in_(self.scope.programmes))
        if self.programme_id is not None:
            held.append(TrainingSession.programme_id == self.programme_id)
        if self.training_id is not None:
            held.append(TrainingSession.id == self.training_id)
        return tuple(held)


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: programmes, and the latest training sessions in which somebody took a quiz."""

    programmes: Sequence[Any]
    trainings: Sequence[Any]


def picked(code: str, number: str, scope: Scope, programme_id: int | None, training_id: int | None) -> Picked:
    """A version by the code of its course and its number. Raises NotFound."""
    row = db.session.execute(
        sa.select(CourseVersion.id, Course.code, CourseVersion.number, CourseVersion.titles)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(Course.code == code, CourseVersion.number == number)
    ).one_or_none()
    if row is None:
        raise NotFound
    return Picked(*row, scope, programme_id, training_id)


def choices(within: Picked) -> Choices:
    """Two statements."""
    everything = Picked(within.version_id, within.course_code, within.number, within.titles, within.scope)
    used = sa.select(TrainingSession.programme_id).where(*everything.trainings())
    programmes = sa.select(Programme.id, Programme.name).where(Programme.id.in_(used)).order_by(Programme.code)
    first = sa.select(sa.func.min(Meeting.starts_at)).where(Meeting.training_id == TrainingSession.id).scalar_subquery()
    trainings = (
        sa.select(TrainingSession.id, TrainingSession.code, first.label("starts_at"), Programme.zone)
        .join(Programme, Programme.id == TrainingSession.programme_id)
        .where(*everything.trainings(), TrainingSession.state.in_(_RAN))
        .order_by(sa.case((TrainingSession.id == within.training_id, 0), else_=1), TrainingSession.id.desc())
        .limit(_MOST_SESSIONS)
    )
    if within.programme_id is not None:
        trainings = trainings.where(TrainingSession.programme_id == within.programme_id)
    return Choices(db.session.execute(programmes).all(), db.session.execute(trainings).all())


def quiz_of(version_id: int, unit_id: int) -> Unit:
    """A quiz of a version. Raises NotFound."""
    wanted = Unit.id == unit_id, Unit.version_id == version_id, Unit.kind == UnitKind.QUIZ
    found = db.session.scalar(sa.select(Unit).where(*wanted))
    if found is None:
        raise NotFound
    return found


def is_graded() -> sa.ColumnElement[bool]:
    """Written so that a database that knows nothing of its tables does not look all graded attempts up: those of a
    training session and a quiz are far fewer. And so that one that knows them can tell how many that are.
    """
    return Attempt.state.not_in([each for each in AttemptState if each is not AttemptState.GRADED])


def firsts(within: Picked, unit_id: int) -> sa.CTE:
    """The first graded attempt of each person at a quiz in those training sessions, as a part of a statement."""
    turn = sa.func.row_number().over(partition_by=Attempt.person_id, order_by=(Attempt.submitted_at, Attempt.id))
    graded = (
        sa.select(Attempt.id, Attempt.person_id, Attempt.score, Attempt.max_score, turn.label("turn"))
        .join(TrainingSession, TrainingSession.id == Attempt.training_id)
        .where(
            *within.trainings(), Attempt.unit_id == unit_id, is_graded(), Attempt.max_score > 0, *within.attempts,
        )
        .subquery()
    )  # fmt: skip
    return (
        sa.select(graded.c.id, graded.c.person_id, graded.c.score, graded.c.max_score)
        .where(graded.c.turn == 1)
        .cte("firsts")
    )
