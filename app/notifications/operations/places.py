"""Seats that wait for names, too few people, a seat given back: told to those who can do something about it."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import current_app
from flask_babel import force_locale

from app.accounts import queries as accounts
from app.accounts.models import Account
from app.factories.models import Factory
from app.notifications.letters import written
from app.platform.config import Settings
from app.platform.db import db
from app.platform.i18n import lazy, text
from app.platform.i18n.languages import best
from app.platform.mail import Mail, queue
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
        _send(training, point.email, point.name, point.language, "names_due", **words)


def tell_few_people(training_id: int) -> None:
    """Whoever teaches, and whoever planned it."""
    training = db.session.get_one(TrainingSession, training_id)
    booked = sa.select(sa.func.count()).where(Seat.training_id == training_id, Seat.state == SeatState.BOOKED)
    words = {"booked": db.session.scalar(booked) or 0, "least": training.least_people}
    for account in _staff(training):
        _send(training, account.email, account.name, account.language, "few_people", **words)


def tell_given_back(training_id: int, seat_id: int) -> None:
    """Whoever teaches; the factory is told with the other seats that moved."""
    training = db.session.get_one(TrainingSession, training_id)
    person = db.session.get_one(Seat, seat_id).person
    for account in _trainers(training):
        _send(training, account.email, account.name, account.language, "given_back", person=person.name)


def _staff(training: TrainingSession) -> list[Account]:
    planner = [] if training.created_by is None else [training.created_by]
    return _accounts([*(trainer.account_id for trainer in training.trainers), *planner])


def _trainers(training: TrainingSession) -> list[Account]:
    return _accounts([trainer.account_id for trainer in training.trainers])


def _accounts(ids: list[int]) -> list[Account]:
    return [account for account in accounts.accounts_by_id(ids).values() if account.disabled_at is None]


def _send(training: TrainingSession, address: str, name: str, language: str, kind: str, **words: Any) -> None:
    settings: Settings = current_app.extensions["settings"]
    title = text(training.version.titles, language)
    page = f"{settings.base_url}/sessions/{training.id}"
    letter = written(kind, language, name=name, title=title, code=training.code, page=page, **words)
    with force_locale(best([language])):
        subject = str(_SUBJECTS[kind](title=" ".join(title.split())))
    queue(
        Mail(
            recipient=address,
            recipient_name=name,
            subject=subject,
            text=letter.text,
            html=letter.html,
            language=best([language]),
            kind=f"sessions.{kind}",
            about=f"training:{training.id}",
        )
    )
