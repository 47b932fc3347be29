"""Phones become known, and download half-days."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.attendance.kit.models import KitDevice, KitSheet
from app.attendance.kit.rules import PASS_LASTS
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.refusal import NotFound


def know(actor: Actor, code: str, pass_hash: str) -> KitDevice | None:
    """Make a phone known, and its pass the one that counts for 30 days from now. Doing it again is harmless.

    None: the phone belongs to another account, or was shut out. Raises NotFound for whoever has no account.
    """
    if actor.account_id is None:
        raise NotFound
    fresh = {"code": code, "account_id": actor.account_id, "pass_hash": pass_hash, "made_at": now(), **_seen()}
    made = insert(KitDevice).values(**fresh).on_conflict_do_nothing(index_elements=["code"])
    is_new = db.session.scalar(made.returning(KitDevice.id)) is not None
    device = db.session.scalars(sa.select(KitDevice).where(KitDevice.code == code).with_for_update()).one()
    if device.account_id != actor.account_id or device.revoked_at is not None:
        return None
    if is_new or device.pass_hash != pass_hash:
        audit.record(actor, "attendance.know_device", f"kit_device:{device.id}")
    device.pass_hash, device.seen_at, device.until = pass_hash, *_seen().values()
    return device


def revoke(actor: Actor, device_id: int) -> None:
    """Nothing comes in by its pass any more. Doing it again changes nothing. Raises NotFound for another account's."""
    device = db.session.scalar(sa.select(KitDevice).where(KitDevice.id == device_id).with_for_update())
    if device is None or actor.account_id is None or device.account_id != actor.account_id:
        raise NotFound
    if device.revoked_at is None:
        device.revoked_at = now()
        audit.record(actor, "attendance.revoke_device", f"kit_device:{device.id}")


def note_sheets(session: Session, device_id: int, sheets: Sequence[tuple[int, str, datetime]]) -> None:
    """Keep that a phone was given these half-days - meeting, revision, start on the wall -, and that it was seen.

    In a transaction of its own, because whoever downloads only reads.
    """
    session.execute(sa.update(KitDevice).where(KitDevice.id == device_id).values(**_seen()))
    if not sheets:
        return
    rows = [
        {"device_id": device_id, "meeting_id": meeting_id, "revision": revision, "starts": starts, "at": now()}
        for meeting_id, revision, starts in sorted(sheets)
    ]
    new = insert(KitSheet).values(rows)
    session.execute(new.on_conflict_do_nothing(index_elements=["device_id", "meeting_id", "revision"]))


def _seen() -> dict[str, datetime]:
    return {"seen_at": now(), "until": now() + PASS_LASTS}
