"""Which phone it is, and which phones there are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts.models import Account
from app.attendance.kit.models import KitDevice, KitReceipt
from app.attendance.kit.policy import accounts_whose_phones
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound

SHOWN_AFTER = timedelta(days=400)
"""So long a phone that was shut out can be let in again: as long as the site keeps keys for what it holds."""


def named(code: str) -> sa.Select[KitDevice]:
    """The phone of this name, whatever has become of it."""
    return sa.select(KitDevice).where(KitDevice.code == code)


def by_code(code: str) -> KitDevice | None:
    """The phone whose pass still counts, or None."""
    return db.session.scalar(
        sa.select(KitDevice).where(
            KitDevice.code == code, KitDevice.revoked_at.is_(None), KitDevice.until > now()
        )
    )


def own_device(actor: Actor, code: str) -> KitDevice:
    """A phone of the actor's account, also with a pass that has run out. Raises NotFound."""
    found = db.session.scalar(
        sa.select(KitDevice).where(
            KitDevice.code == code, KitDevice.account_id == (actor.account_id or 0), KitDevice.revoked_at.is_(None)
        )
    )
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class PhoneRow:
    """A phone with what came in from it. Only the phone itself knows what it has not delivered yet."""

    device: KitDevice
    owner: str
    records: int
    delivered_at: datetime | None


def phones(actor: Actor) -> list[PhoneRow]:
    """Phones that can deliver without a sign-in, and those that were shut out: of the actor's account and of those that
    he manages, the last seen first.
    """
    can = sa.and_(KitDevice.revoked_at.is_(None), KitDevice.until > now())
    rows = db.session.execute(
        _reached(actor).where(sa.or_(can, KitDevice.revoked_at > now() - SHOWN_AFTER)).order_by(
            KitDevice.revoked_at.is_not(None), KitDevice.seen_at.desc(), KitDevice.id
        )
    )
    return [PhoneRow(*row) for row in rows]


def phone(actor: Actor, device_id: int) -> PhoneRow:
    """One of them, also when its pass has run out. Raises NotFound."""
    row = db.session.execute(_reached(actor).where(KitDevice.id == device_id)).first()
    if row is None:
        raise NotFound
    return PhoneRow(*row)


def _reached(actor: Actor) -> sa.Select[Any]:
    theirs = KitReceipt.device_id == KitDevice.id
    number = sa.select(sa.func.count(KitReceipt.id)).where(theirs).scalar_subquery()
    last = sa.select(sa.func.max(KitReceipt.at)).where(theirs).scalar_subquery()
    return (
        sa.select(KitDevice, Account.name, number, last)
        .join(Account, Account.id == KitDevice.account_id)
        .where(accounts_whose_phones(actor))
    )
