"""Who is asked by a quiz before or after a training session, who has answered, and who is left out and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.factories.models import Employment, Factory, Person
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.followups.models import QuizPlan
from app.quizzes.followups.rules import Asked, standing
from app.quizzes.models import Attempt
from app.quizzes.rules import HANDED_IN
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState


@dataclass(frozen=True)
class Standing:
    """A person who has or had a seat; nothing of how anybody did."""

    person: Person
    factory: Factory
    asked: Asked


def plan_for(training: TrainingSession, unit_id: int) -> QuizPlan:
    """The plan of a quiz of a training session. Raises NotFound."""
    mine = QuizPlan.training_id == training.id, QuizPlan.unit_id == unit_id
    row = db.session.scalar(sa.select(QuizPlan).where(*mine).options(joinedload(QuizPlan.unit)))
    if row is None:
        raise NotFound
    return row


def people(training_id: int, unit_id: int, factories: Collection[int] | None = None) -> Sequence[Standing]:
    """Everybody who has a booked seat or had one, by factory and name; None stands for all. One statement."""
    statement = (
        sa.select(Person, Factory, Seat.state, answered(unit_id).label("answered"), works().label("works"))
        .select_from(Seat)
        .join(Person, Person.id == Seat.person_id)
        .join(Factory, Factory.id == Seat.factory_id)
        .where(Seat.training_id == training_id, Seat.state.in_((SeatState.BOOKED, SeatState.WITHDRAWN)))
        .where(Person.merged_into_id.is_(None))
        .order_by(Factory.name, Person.search_text, Person.id)
    )
    if factories is not None:
        statement = statement.where(Seat.factory_id.in_(factories))
    return [
        Standing(
            row.Person, row.Factory,
            standing(has_answered=row.answered, has_seat=row.state is SeatState.BOOKED, works_there=row.works),
        )
        for row in db.session.execute(statement)
    ]  # fmt: skip


def left_out(training_id: int, unit_id: int) -> set[int]:
    """People with a booked seat who are not asked any more: they left the factory that sent them."""
    return {each.person.id for each in people(training_id, unit_id) if each.asked is Asked.LEFT}


def answered(unit_id: Any) -> sa.ColumnElement[bool]:
    """Whether the person of a seat has handed in the quiz."""
    return sa.exists().where(
        Attempt.training_id == Seat.training_id, Attempt.unit_id == unit_id, Attempt.person_id == Seat.person_id,
        Attempt.state.in_(HANDED_IN),
    )  # fmt: skip


def works() -> sa.ColumnElement[bool]:
    """Whether the person of a seat works at the factory that sent the person."""
    return sa.exists().where(
        Employment.person_id == Seat.person_id, Employment.factory_id == Seat.factory_id,
        Employment.ended_on.is_(None),
    )  # fmt: skip
