"""Seats that wait for names, too few people, a seat given back: told to those who can do something about it."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from app.accounts import queries as accounts
from app.accounts.models import Account
from app.factories.models import Factory
from app.notifications.posting import post
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import lazy, text
from app.sessions.models import Seat, TrainingSession
from app.sessions.queries.deadlines import Calendar
from app.sessions.queries.seating import unnamed
from app.sessions.rules import SeatState

_SUBJECTS: dict[str, Callable[..., Any]] = {
    "names_due": lambda **words: lazy("Name your people: %(title)s", **words),
    "few_people": lambda **words: lazy("Few people are booked: %(title)s", **words),
    "given_back": lambda **words: lazy("A seat was given back: %(title)s", **words),
}


def tell_names_due(training_id: int, factory_id: int) -> None:
    """Each focal point of the factory: how many seats have no name, and until when."""
    training = db.session.get_one(TrainingSession, training_id)
    day = Calendar(training).deadlines(db.session.get_one(Factory, factory_id)).names_end_on
    words = {"seats": len(unnamed(training_id, [factory_id])), "day": day}
    for point in accounts.focal_points([factory_id]):
        _send(training, point, "names_due", **words)


def tell_few_people(training_id: int) -> None:
    """Whoever teaches, and whoever planned it."""
    training = db.session.get_one(TrainingSession, training_id)
    booked = sa.select(sa.func.count()).where(Seat.training_id == training_id, Seat.state == SeatState.BOOKED)
    words = {"booked": db.session.scalar(booked) or 0, "least": training.least_people}
    for account in _staff(training):
        _send(training, account, "few_people", **words)


def tell_given_back(training_id: int, seat_id: int) -> None:
    """Whoever teaches; the factory is told with the other seats that moved."""
    training = db.session.get_one(TrainingSession, training_id)
    person = db.session.get_one(Seat, seat_id).person
    for account in _trainers(training):
        _send(training, account, "given_back", person=person.name)


def _staff(training: TrainingSession) -> list[Account]:
    planner = [] if training.created_by is None else [training.created_by]
    return _accounts([*(trainer.account_id for trainer in training.trainers), *planner])


def _trainers(training: TrainingSession) -> list[Account]:
    return _accounts([trainer.account_id for trainer in training.trainers])


def _accounts(ids: list[int]) -> list[Account]:
    return [account for account in accounts.accounts_by_id(ids).values() if account.disabled_at is None]


def _send(training: TrainingSession, to: Any, kind: str, **words: Any) -> None:
    title = text(training.version.titles, to.language)
    post(
        kind, to, lambda: _SUBJECTS[kind](title=" ".join(title.split())), kind=f"sessions.{kind}",
        about=f"training:{training.id}", title=title, code=training.code,
        page=f"{settings().base_url}/sessions/{training.id}", **words,
    )  # fmt: skip
