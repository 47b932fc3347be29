"""A training session was closed, and somebody who was there is still unknown: told to whoever teaches it."""

from app.accounts import queries as accounts
from app.attendance.guests.queries import open_guests
from app.notifications.operations.about_trainings import send
from app.platform.db import db
from app.platform.i18n import lazy
from app.sessions.models import TrainingSession


def tell_open_guests(training_id: int) -> None:
    """How many, and where to say who they are. Nobody is named."""
    number = open_guests(training_id)
    training = db.session.get_one(TrainingSession, training_id)
    for account in accounts.accounts_by_id({each.account_id for each in training.trainers}).values():
        if number and account.disabled_at is None:
            send(training, account, "open_guests", lazy("Still unknown: %(title)s"), "guests", number=number)
