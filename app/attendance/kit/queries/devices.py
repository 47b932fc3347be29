"""Which phone it is."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.kit.models import KitDevice
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound


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


def own_devices(actor: Actor) -> list[KitDevice]:
    """The phones that the actor's account made known and has not shut out, the last seen first."""
    mine = sa.select(KitDevice).where(
        KitDevice.account_id == (actor.account_id or 0), KitDevice.revoked_at.is_(None), KitDevice.until > now()
    )
    return list(db.session.scalars(mine.order_by(KitDevice.seen_at.desc())))
