"""People who may miss no more half-day of a training session, or have missed too much: told while it goes on."""

from collections.abc import Collection
from typing import Any

from app.accounts import queries as accounts
from app.attendance.labels import WORDS
from app.attendance.queries.closing import low_after
from app.notifications.operations.about_trainings import send
from app.platform.db import db
from app.platform.i18n import lazy
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat


def tell_low_attendance(meeting_id: int, person_ids: Collection[int]) -> None:
    """Whoever teaches, of everybody; each focal point, of the own factory's people."""
    meeting = db.session.get_one(Meeting, meeting_id)
    standings = low_after(meeting)
    seats = [seat for seat in sessions.booked(meeting.training_id) if seat.person_id in person_ids]
    for account in accounts.accounts_by_id({each.account_id for each in meeting.training.trainers}).values():
        if account.disabled_at is None:
            _send(meeting, account, seats, standings)
    for point in accounts.focal_points({seat.factory_id for seat in seats}):
        _send(meeting, point, [seat for seat in seats if seat.factory_id == point.factory_id], standings)


def _send(meeting: Meeting, to: Any, seats: Collection[Seat], standings: Any) -> None:
    send(
        meeting.training, to, "low_attendance", lazy("Low attendance: %(title)s"), "register", number=meeting.number,
        day=meeting.starts.date(), people=[(seat.person, standings.get(seat.person_id)) for seat in seats],
        words=WORDS.low,
    )  # fmt: skip
