"""No meeting room for a half-day by link, told to whoever teaches it."""


from app.accounts import queries as accounts
from app.accounts.models import Account
from app.notifications.posting import post
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import _, text
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
    training = room.meeting.training
    title = text(training.version.titles, account.language)
    post(
        "room_failed", account, lambda: _("No meeting room: %(title)s", title=" ".join(title.split())),
        kind="sessions.room_failed", about=f"training:{training.id}", title=title, meeting=room.meeting,
        problem=PROBLEMS[room.problem] if room.problem else "", code=training.code,
        page=f"{settings().base_url}/sessions/{training.id}#links",
    )  # fmt: skip
