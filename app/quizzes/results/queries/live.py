"""Who is where in a quiz of a training session."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.factories.models import Person
from app.platform.db import db
from app.quizzes.models import Answer, Attempt
from app.quizzes.rules import HANDED_IN, AttemptState
from app.sessions.models import Seat
from app.sessions.rules import SeatState


@dataclass(frozen=True, slots=True)
class Place:
    """A person with a booked seat and the latest attempt; `state` is None while there is none."""

    person_id: int
    name: str
    local_name: str | None
    language: str
    attempt_id: int | None
    state: AttemptState | None
    answered: int
    question_ids: list[int] | None

    @property
    def asked(self) -> int:
        return len(self.question_ids or ())

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN

    @property
    def is_answering(self) -> bool:
        return self.state in {AttemptState.IN_PROGRESS, AttemptState.OVERDUE}

    @property
    def has_begun(self) -> bool:
        return self.state not in {None, AttemptState.NOT_STARTED}


def places(training_id: int, unit_id: int) -> Sequence[Place]:
    """Everybody with a booked seat, by name. One statement."""
    latest = (
        sa.select(sa.func.max(Attempt.number))
        .where(Attempt.training_id == training_id, Attempt.unit_id == unit_id, Attempt.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    answered = sa.select(sa.func.count()).where(Answer.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
    rows = db.session.execute(
        sa.select(
            Person.id, Person.name, Person.local_name, Person.language, Attempt.id, Attempt.state,
            answered, Attempt.question_ids,
        )
        .select_from(Seat)
        .join(Person, Person.id == Seat.person_id)
        .outerjoin(
            Attempt,
            sa.and_(
                Attempt.training_id == training_id, Attempt.unit_id == unit_id, Attempt.person_id == Person.id,
                Attempt.number == latest,
            ),
        )
        .where(Seat.training_id == training_id, Seat.state == SeatState.BOOKED)
        .order_by(Person.search_text, Person.id)
    )  # fmt: skip
    return [Place(*row) for row in rows]
