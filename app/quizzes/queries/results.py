"""What trainers and factories see of a quiz."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.courses.models import CourseVersion, Unit
from app.courses.rules import UnitKind
from app.factories.models import Factory, Person
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.models import Attempt, QuizWindow
from app.quizzes.queries.paper import paper_shares
from app.quizzes.rules import HANDED_IN, AttemptState
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState


@dataclass(frozen=True, slots=True)
class QuizState:
    """A quiz unit within a training session: until when it is open, who has finished."""

    training_id: int
    zone: str
    unit_id: int
    unit_code: str
    titles: dict[str, str]
    closes_at: datetime | None
    finished: int
    seats: int

    @property
    def is_open(self) -> bool:
        return self.closes_at is not None and self.closes_at > now()

    @property
    def closes_by_the_clock(self) -> datetime | None:
        """As the clock on the wall of the programme shows it."""
        return self.closes_at and self.closes_at.astimezone(ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class Result:
    """The best attempt of one person; `passed` is None while none was handed in or nothing is asked."""

    person_id: int
    name: str
    local_name: str | None
    language: str
    factory_name: str
    attempts: int
    running: int
    share: float | None
    passed: bool | None


_FINISHED = (
    sa.select(sa.func.count(sa.distinct(Attempt.person_id)))
    .where(
        Attempt.training_id == sa.bindparam("training_id"),
        Attempt.unit_id == Unit.id,
        Attempt.state.in_(HANDED_IN),
    )
    .correlate(Unit)
    .scalar_subquery()
)
_SEATS = (
    sa.select(sa.func.count())
    .where(Seat.training_id == sa.bindparam("training_id"), Seat.state == SeatState.BOOKED)
    .scalar_subquery()
)
_STATES = (
    sa.select(Unit.id, Unit.code, Unit.titles, QuizWindow.closes_at, _FINISHED, _SEATS)
    .outerjoin(
        QuizWindow,
        sa.and_(QuizWindow.unit_id == Unit.id, QuizWindow.training_id == sa.bindparam("training_id")),
    )
    .where(Unit.version_id == sa.bindparam("version_id"), Unit.kind == UnitKind.QUIZ)
    .order_by(Unit.position)
)


def quiz_states(training: TrainingSession) -> Sequence[QuizState]:
    """The quizzes of a training session in the order of the course."""
    rows = db.session.execute(_STATES, {"training_id": training.id, "version_id": training.version_id})
    return [QuizState(training.id, training.programme.zone, *row) for row in rows]


def quiz_state(training: TrainingSession, unit_id: int) -> QuizState:
    """One of them. Raises NotFound."""
    found = next((state for state in quiz_states(training) if state.unit_id == unit_id), None)
    if found is None:
        raise NotFound
    return found


def results(training_id: int, unit_id: int, factories: Collection[int] | None) -> Sequence[Result]:
    """Everybody with a booked seat, by factory and name; only people of `factories` unless that is None."""
    best = _best(training_id, unit_id)
    statement = (
        sa.select(
            Person.id, Person.name, Person.local_name, Person.language, Factory.name,
            sa.func.coalesce(best.c.attempts, 0), sa.func.coalesce(best.c.running, 0), best.c.share, best.c.passed,
        )
        .select_from(Seat)
        .join(Person, Person.id == Seat.person_id)
        .join(Factory, Factory.id == Seat.factory_id)
        .outerjoin(best, best.c.person_id == Person.id)
        .where(Seat.training_id == training_id, Seat.state == SeatState.BOOKED)
        .order_by(Factory.name, Factory.id, Person.search_text, Person.id)
    )
    if factories is not None:
        statement = statement.where(Seat.factory_id.in_(factories))
    on_paper, wanted = paper_shares(training_id, unit_id), _wanted(unit_id)
    return [_with_paper(Result(*row), on_paper, wanted) for row in db.session.execute(statement)]


def _wanted(unit_id: int) -> Fraction | None:
    """The share that the course version asks for in this quiz, if it asks for any."""
    statement = (
        sa.select(CourseVersion.test_share)
        .join(Unit, sa.and_(Unit.version_id == CourseVersion.id, Unit.code == CourseVersion.test_unit))
        .where(Unit.id == unit_id)
    )
    share = db.session.scalar(statement)
    return None if share is None else Fraction(str(share))


def _with_paper(result: Result, on_paper: Mapping[int, Fraction], wanted: Fraction | None) -> Result:
    """What was reached on paper counts as well; the better of the two is shown."""
    share = on_paper.get(result.person_id)
    if share is None:
        return result
    passed = result.passed or (None if wanted is None else share >= wanted)
    return replace(result, share=max(float(share), result.share or 0.0), passed=passed)


def _best(training_id: int, unit_id: int) -> sa.Subquery:
    # As numbers: PostgreSQL knows no greatest of booleans.
    is_passed = sa.case((Attempt.passed.is_(True), 1), (Attempt.passed.is_(False), 0))
    return (
        sa.select(
            Attempt.person_id,
            sa.func.count().label("attempts"),
            sa.func.sum(sa.case((Attempt.state == AttemptState.IN_PROGRESS, 1), else_=0)).label("running"),
            sa.func.max(Attempt.score / sa.func.nullif(Attempt.max_score, 0)).label("share"),
            sa.cast(sa.func.max(is_passed), sa.Boolean).label("passed"),
        )
        .where(
            Attempt.training_id == training_id,
            Attempt.unit_id == unit_id,
            Attempt.state != AttemptState.NOT_STARTED,
        )
        .group_by(Attempt.person_id)
        .subquery()
    )
