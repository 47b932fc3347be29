"""A training session was closed, and somebody who was there is still unknown: told to whoever teaches it."""

from typing import Any

from flask import current_app
from flask_babel import force_locale

from app.accounts import queries as accounts
from app.attendance.guests.queries import open_guests
from app.notifications.letters import written
from app.platform.config import Settings
from app.platform.db import db
from app.platform.i18n import lazy, text
from app.platform.i18n.languages import best
from app.platform.mail import Mail, queue
from app.sessions.models import TrainingSession


def tell_open_guests(training_id: int) -> None:
    """How many, and where to say who they are. Nobody is named."""
    number = open_guests(training_id)
    training = db.session.get_one(TrainingSession, training_id)
    for account in accounts.accounts_by_id({each.account_id for each in training.trainers}).values():
        if number and account.disabled_at is None:
            _send(training, account, number)


def _send(training: TrainingSession, to: Any, number: int) -> None:
    settings: Settings = current_app.extensions["settings"]
    language = best([to.language])
    title = text(training.version.titles, language)
    page = f"{settings.base_url}/sessions/{training.id}/guests"
    letter = written("open_guests", language, name=to.name, title=title, code=training.code, number=number, page=page)
    with force_locale(language):
        subject = str(lazy("Still unknown: %(title)s", title=" ".join(title.split())))
    queue(
        Mail(
            recipient=to.email,
            recipient_name=to.name,
            subject=subject,
            text=letter.text,
            html=letter.html,
            language=language,
            kind="sessions.open_guests",
            about=f"training:{training.id}",
        )
    )
