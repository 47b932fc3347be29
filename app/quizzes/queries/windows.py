"""When a quiz can be taken, and by whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.courses.models import Unit
from app.factories.models import Person
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.models import Attempt, QuizAllowance, QuizWindow
from app.quizzes.queries.banks import bank_of
from app.quizzes.queries.terms import terms_of
from app.quizzes.rules import HANDED_IN, OPEN, AttemptState, QuizPolicy, Release
from app.quizzes.rules.limits import answers_were_shown
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState, TrainingState
from app.sessions.rules.codes import normal_code

_SHUT = (TrainingState.DRAFT, TrainingState.POSTPONED, TrainingState.CANCELLED)
"""No quiz is begun in these, whatever was open before."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person as the list of the room shows: names, nothing else."""

    person_id: int
    name: str
    local_name: str | None
    language: str


@dataclass(frozen=True, slots=True)
class OpenQuiz:
    """A quiz that a person could take now."""

    training_id: int
    titles: dict[str, str]
    unit_id: int


@dataclass(frozen=True, slots=True)
class Offer:
    """The open quiz as one person meets it before starting."""

    titles: dict[str, str]
    total: int
    used: int
    most: int | None
    """How many attempts there are; None is any number."""
    policy: QuizPolicy
    running_id: int | None
    latest_id: int | None
    saw_answers: bool


def open_window(training_id: int, *, hold: bool = False) -> QuizWindow | None:
    """The quiz opened last of those that are open; with `hold` it cannot close until the transaction ends."""
    statement = (
        sa.select(QuizWindow)
        .where(QuizWindow.training_id == training_id, QuizWindow.closes_at > now())
        .order_by(QuizWindow.opened_at.desc(), QuizWindow.id.desc())
        .limit(1)
    )
    return db.session.scalar(statement.with_for_update(read=True) if hold else statement)


def closes_at(training_id: int, unit_id: int) -> datetime | None:
    """When the quiz closes or has closed for the last of its people; None when it was never open."""
    of_quiz = QuizWindow.training_id == training_id, QuizWindow.unit_id == unit_id
    longer = (
        sa.select(sa.func.max(QuizAllowance.closes_at))
        .where(QuizAllowance.training_id == training_id, QuizAllowance.unit_id == unit_id)
        .scalar_subquery()
    )
    row = db.session.execute(sa.select(QuizWindow.closes_at, longer.label("longer")).where(*of_quiz)).first()
    return None if row is None else max(row.closes_at, row.longer or row.closes_at)


def code_of(training_id: int) -> str | None:
    """The code on the wall, or None when there is no such training session."""
    return db.session.scalar(sa.select(TrainingSession.code).where(TrainingSession.id == training_id))


def people_of(training_id: int, factories: Collection[int] | None = None) -> Sequence[Name]:
    """Names of the people with a booked seat - of some factories, or all - in the order of the alphabet."""
    statement = (
        sa.select(Person.id, Person.name, Person.local_name, Person.language)
        .join(Seat, Seat.person_id == Person.id)
        .where(Seat.training_id == training_id, Seat.state == SeatState.BOOKED)
        .order_by(Person.search_text, Person.id)
    )
    if factories is not None:
        statement = statement.where(Seat.factory_id.in_(factories))
    return [Name(*row) for row in db.session.execute(statement)]


def finished_in(window: QuizWindow) -> set[int]:
    """People who have handed in an attempt at an open quiz."""
    return set(
        db.session.scalars(
            sa.select(Attempt.person_id).where(
                Attempt.training_id == window.training_id, Attempt.unit_id == window.unit_id,
                Attempt.state.in_(HANDED_IN),
            )
        )
    )  # fmt: skip


def may_join(session: Session, person_id: int, code: str) -> bool:
    """Whether the person has a booked seat in the training session of this code, and its quiz is open."""
    return bool(
        session.scalar(
            sa.select(Seat.id)
            .join(TrainingSession, TrainingSession.id == Seat.training_id)
            .join(QuizWindow, QuizWindow.training_id == Seat.training_id)
            .where(TrainingSession.code == normal_code(code), TrainingSession.state.not_in(_SHUT))
            .where(Seat.person_id == person_id, Seat.state == SeatState.BOOKED, QuizWindow.closes_at > now())
            .limit(1)
        )
    )


def has_seat(session: Session, person_id: int, training_id: int) -> bool:
    """Whether the person has a booked seat in the training session."""
    seat = sa.select(Seat.id).where(Seat.training_id == training_id, Seat.person_id == person_id)
    return session.scalar(seat.where(Seat.state == SeatState.BOOKED)) is not None


def open_quizzes(person_id: int) -> Sequence[OpenQuiz]:
    """Quizzes that are open now in training sessions in which the person has a booked seat, the next to close first."""
    rows = db.session.execute(
        sa.select(QuizWindow.training_id, Unit.titles, QuizWindow.unit_id)
        .join(Unit, Unit.id == QuizWindow.unit_id)
        .join(TrainingSession, TrainingSession.id == QuizWindow.training_id)
        .join(Seat, Seat.training_id == QuizWindow.training_id)
        .where(Seat.person_id == person_id, Seat.state == SeatState.BOOKED, QuizWindow.closes_at > now())
        .where(TrainingSession.state.not_in(_SHUT))
        .order_by(QuizWindow.closes_at, QuizWindow.id)
    )
    return [OpenQuiz(*row) for row in rows]


def offer(window: QuizWindow, person_id: int) -> Offer:
    """What the person can start or continue."""
    titles = db.session.scalars(sa.select(Unit.titles).where(Unit.id == window.unit_id)).one()
    terms = terms_of(window.training_id, window.unit_id, [person_id])[person_id]
    attempts = db.session.execute(
        sa.select(Attempt.id, Attempt.state, Attempt.deadline_at, Attempt.question_ids)
        .where(
            Attempt.training_id == window.training_id,
            Attempt.unit_id == window.unit_id,
            Attempt.person_id == person_id,
        )
        .order_by(Attempt.number)
    ).all()
    running = [row.id for row in attempts if row.state in OPEN and row.state is not AttemptState.NOT_STARTED]
    ended = [row.id for row in attempts if row.state in HANDED_IN]
    saw_answers = terms.policy.release is Release.AFTER_CLOSING and any(
        answers_were_shown(row.deadline_at, window.opened_at) for row in attempts if row.deadline_at
    )
    return Offer(
        titles=titles,
        total=len(attempts[-1].question_ids if attempts else _would_draw(window, person_id)),
        used=sum(row.state is not AttemptState.NOT_STARTED for row in attempts),
        most=terms.attempts,
        policy=terms.policy,
        running_id=running[-1] if running else None,
        latest_id=ended[-1] if ended else None,
        saw_answers=saw_answers,
    )




def _would_draw(window: QuizWindow, person_id: int) -> list[int]:
    """As many questions as an attempt of the person would ask, whichever these are."""
    ids: list[int] = bank_of(window.unit_id).draw(window.training_id, person_id, seed=0)["question_ids"]
    return ids
