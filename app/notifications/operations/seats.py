"""What became of nominations, told to those who speak for the factory."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts import queries as accounts
from app.factories.models import Factory
from app.notifications.posting import post
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import _, text
from app.sessions.models import Seat, TrainingSession
from app.sessions.queries.deadlines import Calendar
from app.sessions.queries.history import last_moves
from app.sessions.rules import TrainingState
from app.sessions.rules.news import News, news


def tell_seats(training_id: int, factory_id: int, seat_ids: Sequence[int], *, is_swap: bool = False) -> None:
    """One mail for each focal point of the factory, however many seats moved."""
    points = accounts.focal_points([factory_id])
    if not points:
        return
    training = db.session.get_one(TrainingSession, training_id)
    groups = _groups(seat_ids, is_swap=is_swap)
    names_due_on = _names_due(training, factory_id) if News.RESERVED in dict(groups) else None
    for point in points:
        post(
            "seats", point, partial(_subject, training, point.language), kind="sessions.seats",
            about=f"training:{training_id}", title=text(training.version.titles, point.language), code=training.code,
            groups=groups, is_tentative=training.state is TrainingState.TENTATIVE, zone=training.programme.zone,
            names_due_on=names_due_on, page=f"{settings().base_url}/sessions/{training_id}",
        )  # fmt: skip


def _subject(training: TrainingSession, language: str) -> str:
    return str(_("Your nominations: %(title)s", title=" ".join(text(training.version.titles, language).split())))


def _groups(seat_ids: Sequence[int], *, is_swap: bool) -> list[tuple[News, list[Seat]]]:
    """The seats by what is new about them, the good news first."""
    rows = db.session.scalars(
        sa.select(Seat).where(Seat.id.in_(seat_ids)).options(joinedload(Seat.person)).order_by(Seat.id)
    ).all()
    came_from = last_moves(seat_ids)
    told: dict[News, list[Seat]] = {}
    for seat in rows:
        told.setdefault(news(came_from.get(seat.id), seat.state, is_swap=is_swap), []).append(seat)
    return [(each, told[each]) for each in News if each in told]


def _names_due(training: TrainingSession, factory_id: int) -> date | None:
    """The day on which seats without a name are given free."""
    return Calendar(training).deadlines(db.session.get_one(Factory, factory_id)).names_end_on
