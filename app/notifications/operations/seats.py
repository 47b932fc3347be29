"""What became of nominations, told to those who speak for the factory."""

from collections.abc import Sequence

import sqlalchemy as sa
from flask import current_app
from flask_babel import force_locale
from sqlalchemy.orm import joinedload

from app.accounts import queries as accounts
from app.notifications.letters import written
from app.platform.config import Settings
from app.platform.db import db
from app.platform.i18n import _, text
from app.platform.i18n.languages import best
from app.platform.mail import Mail, queue
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState

_ORDER = (SeatState.BOOKED, SeatState.WAIT_LISTED, SeatState.WITHDRAWN)


def tell_seats(training_id: int, factory_id: int, seat_ids: Sequence[int]) -> None:
    """One mail for each focal point of the factory, however many seats were settled."""
    points = accounts.focal_points([factory_id])
    if not points:
        return
    training = db.session.get_one(TrainingSession, training_id)
    settings: Settings = current_app.extensions["settings"]
    groups = _groups(seat_ids)
    for point in points:
        letter = written(
            "seats",
            point.language,
            name=point.name,
            title=text(training.version.titles, point.language),
            code=training.code,
            groups=groups,
            page=f"{settings.base_url}/sessions/{training_id}",
        )
        queue(
            Mail(
                recipient=point.email,
                recipient_name=point.name,
                subject=_subject(training, point.language),
                text=letter.text,
                html=letter.html,
                language=best([point.language]),
                kind="sessions.seats",
                about=f"training:{training_id}",
            )
        )


def _subject(training: TrainingSession, language: str) -> str:
    with force_locale(best([language])):
        title = " ".join(text(training.version.titles, language).split())
        return str(_("Your nominations: %(title)s", title=title))


def _groups(seat_ids: Sequence[int]) -> list[tuple[SeatState, list[Seat]]]:
    """The seats by what became of them, the good news first."""
    rows = db.session.scalars(
        sa.select(Seat).where(Seat.id.in_(seat_ids)).options(joinedload(Seat.person)).order_by(Seat.id)
    ).all()
    groups = ((state, [seat for seat in rows if seat.state is state]) for state in _ORDER)
    return [(state, seats) for state, seats in groups if seats]
