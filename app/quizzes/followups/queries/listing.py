"""Quizzes before and after training sessions, in numbers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.followups.models import QuizPlan
from app.quizzes.followups.queries.people import answered, works
from app.quizzes.followups.rules import Stage, stage
from app.sessions.models import Seat, TrainingSession
from app.sessions.queries import visible
from app.sessions.rules import SeatState


@dataclass(frozen=True)
class Row:
    """A planned quiz: how many are asked, and how many of them have answered."""

    plan: QuizPlan
    stage: Stage
    answered: int
    missing: int
    opens_on: date
    closes_on: date
    """By the calendar of the programme."""

    @property
    def asked(self) -> int:
        return self.answered + self.missing


def plans(actor: Actor, wanted: Stage, most: int, skip: int = 0) -> list[Row]:
    """Planned quizzes of the training sessions that an actor sees, of those people whom the actor sees; those that are
    to be looked at first come first. One statement.
    """
    at = now()
    when = {
        Stage.COMING: QuizPlan.opens_at > at,
        Stage.OPEN: sa.and_(QuizPlan.opens_at <= at, QuizPlan.closes_at > at),
        Stage.PAST: QuizPlan.closes_at <= at,
    }[wanted]
    order = {
        Stage.COMING: (QuizPlan.opens_at, QuizPlan.id),
        Stage.OPEN: (QuizPlan.closes_at, QuizPlan.id),
        Stage.PAST: (QuizPlan.closes_at.desc(), QuizPlan.id.desc()),
    }[wanted]
    scope = actor.scope(Permission.RESULTS_READ)
    own = None if scope.everything or scope.programmes else scope.factories
    statement = _counted(own).where(visible(actor), when).order_by(*order).limit(most).offset(skip)
    if own is not None:
        statement = statement.where(sa.exists().where(Seat.training_id == QuizPlan.training_id, _booked(own)))
    return _rows(statement)


def plans_of(training: TrainingSession, factories: Collection[int] | None) -> list[Row]:
    """Those of one training session, in the order of time. One statement."""
    return _rows(_counted(factories).where(TrainingSession.id == training.id).order_by(QuizPlan.opens_at))


def still_open(factories: Collection[int]) -> list[Row]:
    """Those that are open and in which somebody of these factories has not answered yet. One statement."""
    at = now()
    is_open = QuizPlan.opened_at.is_not(None), QuizPlan.closes_at > at
    rows = _rows(_counted(factories).where(*is_open).order_by(QuizPlan.closes_at, QuizPlan.id)) if factories else []
    return [row for row in rows if row.missing]


def _booked(factories: Collection[int] | None) -> sa.ColumnElement[bool]:
    is_booked = Seat.state == SeatState.BOOKED
    return is_booked if factories is None else sa.and_(is_booked, Seat.factory_id.in_(factories))


def _counted(factories: Collection[int] | None) -> sa.Select[Any]:
    seats = (
        sa.select(sa.func.count())
        .where(Seat.training_id == QuizPlan.training_id, _booked(factories))
        .correlate(QuizPlan)
    )
    has_answered = answered(QuizPlan.unit_id)
    done = seats.where(has_answered).scalar_subquery()
    missing = seats.where(sa.not_(has_answered), works()).scalar_subquery()
    return (
        sa.select(QuizPlan, done.label("answered"), missing.label("missing"))
        .join(TrainingSession, TrainingSession.id == QuizPlan.training_id)
        .options(
            joinedload(QuizPlan.unit),
            joinedload(QuizPlan.training).joinedload(TrainingSession.programme),
            joinedload(QuizPlan.training).joinedload(TrainingSession.version),
        )
    )


def _rows(statement: sa.Select[Any]) -> list[Row]:
    rows = []
    for plan, done, missing in db.session.execute(statement).all():
        zone = ZoneInfo(plan.training.programme.zone)
        days = [moment.astimezone(zone).date() for moment in (plan.opens_at, plan.closes_at)]
        rows.append(Row(plan, stage(plan.opens_at, plan.closes_at, now()), done, missing, *days))
    return rows
