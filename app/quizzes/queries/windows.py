"""When a quiz can be taken, and by whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.factories.models import Person, Programme
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.models import Attempt, QuizAllowance, QuizWindow
from app.quizzes.queries.banks import bank_of
from app.quizzes.queries.openings import Opening
from app.quizzes.queries.terms import terms_of
from app.quizzes.rules import HANDED_IN, OPEN, AttemptState, Hindrance, QuizPolicy, Terms, hindrance
from app.quizzes.rules.limits import waits_until
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState


@dataclass(frozen=True, slots=True)
class Name:
    """A person as the list of the room shows: names, nothing else."""

    person_id: int
    name: str
    local_name: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Offer:
    """The open quiz as one person meets it before starting."""

    unit_id: int
    titles: dict[str, str]
    total: int
    most: int | None
    """How many attempts there are; None is any number."""
    policy: QuizPolicy
    terms: Terms
    zone: str
    """Of the programme, whose clocks hang on the wall."""
    wait_until: datetime | None
    """Before this no other attempt begins; None when that is over."""
    running_id: int | None
    latest_id: int | None
    hindrance: Hindrance | None
    """Why no other attempt begins."""

    @property
    def saw_answers(self) -> bool:
        return self.hindrance is Hindrance.SAW_ANSWERS


def open_window(training_id: int) -> QuizWindow | None:
    """The quiz opened last of those that are open."""
    return db.session.scalar(
        sa.select(QuizWindow)
        .where(QuizWindow.training_id == training_id, QuizWindow.closes_at > now())
        .order_by(QuizWindow.opened_at.desc(), QuizWindow.id.desc())
        .limit(1)
    )


def closes_at(training_id: int, unit_id: int) -> datetime | None:
    """When the quiz closes or has closed for the last of its people; None when it was open for nobody."""
    of_room = sa.select(QuizWindow.closes_at).where(
        QuizWindow.training_id == training_id, QuizWindow.unit_id == unit_id
    )
    of_some = sa.select(QuizAllowance.closes_at).where(
        QuizAllowance.training_id == training_id, QuizAllowance.unit_id == unit_id
    )
    ends = db.session.scalars(of_room.union_all(of_some))
    return max((end for end in ends if end is not None), default=None)


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


def has_seat(session: Session, person_id: int, training_id: int) -> bool:
    """Whether the person has a booked seat in the training session."""
    seat = sa.select(Seat.id).where(Seat.training_id == training_id, Seat.person_id == person_id)
    return session.scalar(seat.where(Seat.state == SeatState.BOOKED)) is not None


def offer(window: Opening, person_id: int) -> Offer:
    """What the person can start or continue."""
    terms = terms_of(window.training_id, window.unit_id, [person_id])[person_id]
    attempts = db.session.execute(
        sa.select(Attempt.id, Attempt.state, Attempt.deadline_at, Attempt.submitted_at, Attempt.question_ids)
        .where(
            Attempt.training_id == window.training_id,
            Attempt.unit_id == window.unit_id,
            Attempt.person_id == person_id,
        )
        .order_by(Attempt.number)
    ).all()
    running = [row.id for row in attempts if row.state in OPEN and row.state is not AttemptState.NOT_STARTED]
    ended = [row.id for row in attempts if row.state in HANDED_IN]
    return Offer(
        unit_id=window.unit_id,
        titles=window.titles,
        total=len(attempts[-1].question_ids if attempts else _would_draw(window, person_id)),
        most=terms.attempts,
        policy=terms.policy,
        terms=terms,
        zone=zone_of(window.training_id),
        wait_until=waits_until(terms.policy, [row.submitted_at for row in attempts], now()),
        running_id=running[-1] if running else None,
        latest_id=ended[-1] if ended else None,
        hindrance=hindrance(attempts, terms, opens_at=window.opened_at),
    )


def zone_of(training_id: int) -> str:
    """The zone of the programme."""
    zone = sa.select(Programme.zone).join(TrainingSession, TrainingSession.programme_id == Programme.id)
    return db.session.scalars(zone.where(TrainingSession.id == training_id)).one()


def _would_draw(window: Opening, person_id: int) -> list[int]:
    """As many questions as an attempt of the person would ask, whichever these are."""
    ids: list[int] = bank_of(window.unit_id).draw(window.training_id, person_id, seed=0)["question_ids"]
    return ids
