"""A training session that will not take place, told to every factory that had nominated somebody."""

import sqlalchemy as sa
from flask import current_app
from flask_babel import force_locale
from sqlalchemy.orm import joinedload

from app.accounts import queries as accounts
from app.accounts.queries import FocalPoint
from app.notifications.letters import written
from app.platform.config import Settings
from app.platform.db import db
from app.platform.i18n import _, text
from app.platform.i18n.languages import best
from app.platform.mail import Mail, queue
from app.sessions.models import Seat, TrainingSession
from app.sessions.queries.seating import ASKING


def tell_cancellation(training_id: int) -> None:
    """Requested and wait-listed people are concerned as well as booked ones, and seats that still wait for a name."""
    training = db.session.get_one(TrainingSession, training_id)
    seats = db.session.scalars(
        sa.select(Seat)
        .where(Seat.training_id == training_id, Seat.state.in_(ASKING))
        .options(joinedload(Seat.person))
        .order_by(Seat.id)
    ).all()
    for point in accounts.focal_points({seat.factory_id for seat in seats}):
        _tell(training, point, [seat for seat in seats if seat.factory_id == point.factory_id])


def _tell(training: TrainingSession, point: FocalPoint, seats: list[Seat]) -> None:
    settings: Settings = current_app.extensions["settings"]
    title = text(training.version.titles, point.language)
    letter = written(
        "called_off",
        point.language,
        name=point.name,
        title=title,
        code=training.code,
        reason=training.cancelled_reason,
        seats=seats,
        page=f"{settings.base_url}/sessions/{training.id}",
    )
    with force_locale(best([point.language])):
        subject = str(_("Cancelled: %(title)s", title=" ".join(title.split())))
    queue(
        Mail(
            recipient=point.email,
            recipient_name=point.name,
            subject=subject,
            text=letter.text,
            html=letter.html,
            language=best([point.language]),
            kind="sessions.called_off",
            about=f"training:{training.id}",
        )
    )
