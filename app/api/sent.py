"""What accounts make for their programs by a form: the same form once more makes no second one; each is its owner's."""

import re
from secrets import token_hex
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import Account
from app.platform.db import Base, db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused

_SENT = re.compile(r"[0-9a-f]{32}")


class SentOnce(Base):
    """A table of such things."""

    __abstract__ = True

    sent_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    """Of the form that made it: sent twice it is one."""
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)


S = TypeVar("S", bound=SentOnce)


def sent_id(text: str | None) -> str:
    """By which a form is known, as it was sent; another one for what is none."""
    return text if text and _SENT.fullmatch(text) else token_hex(16)


def made_before(model: type[S], account_id: int, form: str) -> S | None:
    """What this form of the account made. Raises Refused when somebody else sent it.

    Until the transaction ends no other form of the account is read, so that two cannot both be the last allowed.
    """
    db.session.execute(sa.select(Account.id).where(Account.id == account_id).with_for_update())
    known: S | None = db.session.scalar(sa.select(model).where(model.sent_id == form))
    if known is not None and known.account_id != account_id:
        raise Refused(_("This form was sent before. Load the page again."))
    return known


def seen(model: type[S], actor: Actor) -> sa.ColumnElement[bool]:
    """Those that the actor sees and may end: the own ones, and all for who manages all accounts."""
    if actor.scope(Permission.ACCOUNTS_MANAGE).everything:
        return sa.true()
    return model.account_id == (actor.account_id or 0)


def held(model: type[S], actor: Actor, thing_id: int) -> S:
    """One that the actor sees, locked and as it is now. Raises NotFound."""
    mine = sa.select(model).where(model.id == thing_id, seen(model, actor))
    found: S | None = db.session.scalar(mine.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found
