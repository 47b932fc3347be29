"""The life of one half-day, by the verbs that everybody uses, told as the mails that two people get."""

from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.platform.db import db
from app.platform.db.throw_away import throw_away
from app.platform.mail.models import MailMessage
from app.sessions import operations
from app.sessions.rules import Modality
from app.sessions.samples.laying import BOOKED, LINK, WAITING, Laid, Told, lay

STEPS: tuple[tuple[str, str], ...] = (
    ("create", BOOKED), ("move", BOOKED), ("change-link", BOOKED), ("switch-modality", BOOKED), ("second-move", BOOKED),
    ("withdraw", BOOKED), ("promote", WAITING), ("cancel", WAITING),
)  # fmt: skip
"""Each mail, in order, and who gets it. Whoever was waiting is promoted by the withdrawal of the other."""


def samples(told: Told) -> Iterator[tuple[str, bytes]]:
    """File name and mail of each step. Nothing is read from the database of the site, or written to it."""
    with throw_away():
        laid = lay(told)
        for number, (step, recipient) in enumerate(STEPS, 1):
            _DO[step](laid)
            yield f"{number:02}-{step}.eml", _last_to(recipient)


def _create(laid: Laid) -> None:
    operations.confirm(SYSTEM, laid.training.id)


def _move(laid: Laid) -> None:
    operations.move_meeting(SYSTEM, laid.training.id, 1, laid.told.when(1, 13))


def _change_link(laid: Laid) -> None:
    operations.change_link(SYSTEM, laid.training.id, 1, LINK.format("other-room"))


def _switch(laid: Laid) -> None:
    operations.switch_modality(SYSTEM, laid.training.id, [1], Modality.VIRTUAL, None)


def _move_again(laid: Laid) -> None:
    operations.move_meeting(SYSTEM, laid.training.id, 1, laid.told.when(8, 9))


def _withdraw(laid: Laid) -> None:
    operations.withdraw(SYSTEM, laid.training.id, laid.seat.id)


def _promote(_laid: Laid) -> None:
    """Whoever waited has the seat by the withdrawal."""


def _cancel(laid: Laid) -> None:
    operations.cancel(SYSTEM, laid.training.id, "The trainer is ill.")


_DO: dict[str, Callable[[Laid], None]] = {
    "create": _create, "move": _move, "change-link": _change_link, "switch-modality": _switch,
    "second-move": _move_again, "withdraw": _withdraw, "promote": _promote, "cancel": _cancel,
}  # fmt: skip


def _last_to(recipient: str) -> bytes:
    """The last calendar mail to somebody."""
    mine = sa.select(MailMessage.raw).where(MailMessage.recipient == recipient).order_by(MailMessage.id.desc())
    return next(raw for raw in db.session.scalars(mine) if _has_calendar(raw))


def _has_calendar(raw: bytes) -> bool:
    return any(part.get_content_type() == "text/calendar" for part in message_from_bytes(raw, policy=default).walk())
