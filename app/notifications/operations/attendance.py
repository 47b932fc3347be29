"""People who may miss no more half-day of a training session, or have missed too much: told while it goes on."""

from collections.abc import Collection
from typing import Any

from flask import current_app
from flask_babel import force_locale

from app.accounts import queries as accounts
from app.attendance.labels import WORDS
from app.attendance.queries.closing import low_after
from app.notifications.letters import written
from app.platform.config import Settings
from app.platform.db import db
from app.platform.i18n import lazy, text
from app.platform.i18n.languages import best
from app.platform.mail import Mail, queue
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
    settings: Settings = current_app.extensions["settings"]
    training, language = meeting.training, best([to.language])
    title = text(training.version.titles, language)
    letter = written(
        "low_attendance", language, name=to.name, title=title, code=training.code, number=meeting.number,
        day=meeting.starts.date(), page=f"{settings.base_url}/sessions/{training.id}/register",
        people=[(seat.person, standings.get(seat.person_id)) for seat in seats], words=WORDS.low,
    )  # fmt: skip
    with force_locale(language):
        subject = str(lazy("Low attendance: %(title)s", title=" ".join(title.split())))
    queue(
        Mail(
            recipient=to.email,
            recipient_name=to.name,
            subject=subject,
            text=letter.text,
            html=letter.html,
            language=language,
            kind="sessions.low_attendance",
            about=f"training:{training.id}",
        )
    )
