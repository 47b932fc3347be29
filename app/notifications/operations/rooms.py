"""No meeting room for a half-day by link, told to whoever teaches it."""

from flask import current_app
from flask_babel import force_locale

from app.accounts import queries as accounts
from app.accounts.models import Account
from app.notifications.letters import written
from app.platform.config import Settings
from app.platform.db import db
from app.platform.i18n import _, text
from app.platform.i18n.languages import best
from app.platform.mail import Mail, queue
from app.sessions.links.models import MeetingRoom
from app.sessions.links.wording import PROBLEMS


def tell_room_failed(room_id: int) -> None:
    """What went wrong and what can be done, for each trainer who can still sign in."""
    room = db.session.get_one(MeetingRoom, room_id)
    training = room.meeting.training
    found = accounts.accounts_by_id([trainer.account_id for trainer in training.trainers])
    for trainer in training.trainers:
        account = found.get(trainer.account_id)
        if account is not None and account.disabled_at is None:
            _tell(room, account)


def _tell(room: MeetingRoom, account: Account) -> None:
    settings: Settings = current_app.extensions["settings"]
    training, language = room.meeting.training, best([account.language])
    title = text(training.version.titles, account.language)
    with force_locale(language):
        subject = str(_("No meeting room: %(title)s", title=" ".join(title.split())))
    letter = written(
        "room_failed",
        account.language,
        name=account.name,
        title=title,
        meeting=room.meeting,
        problem=PROBLEMS[room.problem] if room.problem else "",
        code=training.code,
        page=f"{settings.base_url}/sessions/{training.id}#links",
    )
    queue(
        Mail(
            recipient=account.email,
            recipient_name=account.name,
            subject=subject,
            text=letter.text,
            html=letter.html,
            language=language,
            kind="sessions.room_failed",
            about=f"training:{training.id}",
        )
    )
