"""What trainers and factories see of a quiz."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.courses.models import Unit
from app.courses.rules import UnitKind
from app.factories.models import Factory, Person
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.models import Attempt, QuizWindow
from app.quizzes.queries.counted import all_shares_reached
from app.quizzes.queries.terms import policy_of
from app.quizzes.queries.wanted import share_wanted
from app.quizzes.rules import HANDED_IN, AttemptState, counted_share
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
    """What counts of one person's attempts; `passed` is None while none was graded or nothing is asked."""

    person_id: int
    name: str
    local_name: str | None
    language: str
    factory_name: str
    attempts: int
    running: int
    share: float | None = None
    passed: bool | None = None


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
    begun = _begun(training_id, unit_id)
    statement = (
        sa.select(
            Person.id, Person.name, Person.local_name, Person.language, Factory.name,
            sa.func.coalesce(begun.c.attempts, 0), sa.func.coalesce(begun.c.running, 0),
        )
        .select_from(Seat)
        .join(Person, Person.id == Seat.person_id)
        .join(Factory, Factory.id == Seat.factory_id)
        .outerjoin(begun, begun.c.person_id == Person.id)
        .where(Seat.training_id == training_id, Seat.state == SeatState.BOOKED)
        .order_by(Factory.name, Factory.id, Person.search_text, Person.id)
    )
    if factories is not None:
        statement = statement.where(Seat.factory_id.in_(factories))
    counted, wanted = _counted(training_id, unit_id), share_wanted(unit_id)
    return [_as_counted(Result(*row), counted, wanted) for row in db.session.execute(statement)]


def _counted(training_id: int, unit_id: int) -> Mapping[int, Fraction]:
    """Person -> what counts of all that the person reached, by the rules of the quiz. Three statements."""
    counts = policy_of(unit_id).counts
    reached = all_shares_reached(training_id, unit_id)
    shares = {person_id: counted_share(each, counts) for person_id, each in reached.items()}
    return {person_id: share for person_id, share in shares.items() if share is not None}


def _as_counted(result: Result, counted: Mapping[int, Fraction], wanted: Fraction | None) -> Result:
    share = counted.get(result.person_id)
    if share is None:
        return result
    return replace(result, share=float(share), passed=None if wanted is None else share >= wanted)


def _begun(training_id: int, unit_id: int) -> sa.Subquery:
    return (
        sa.select(
            Attempt.person_id,
            sa.func.count().label("attempts"),
            sa.func.sum(sa.case((Attempt.state == AttemptState.IN_PROGRESS, 1), else_=0)).label("running"),
        )
        .where(
            Attempt.training_id == training_id,
            Attempt.unit_id == unit_id,
            Attempt.state != AttemptState.NOT_STARTED,
        )
        .group_by(Attempt.person_id)
        .subquery()
    )
