"""Phones become known, download half-days, and are shut out."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.accounts.models import Account
from app.accounts.operations.sign_ins import end
from app.attendance.kit.models import KitDevice, KitSheet
from app.attendance.kit.policy import accounts_whose_phones
from app.attendance.kit.rules import PASS_LASTS
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.refusal import NotFound


def know(actor: Actor, code: str, pass_hash: str, name: str = "") -> KitDevice | None:
    """Make a phone known, and its pass the one that counts for 30 days from now. Doing it again is harmless. `name` is
    what people call it.

    None: the phone belongs to another account, or was shut out. Raises NotFound for whoever has no account.
    """
    if actor.account_id is None:
        raise NotFound
    seen = {**_seen(), "name": name, "sign_in_id": actor.sign_in_id}
    fresh = {"code": code, "account_id": actor.account_id, "pass_hash": pass_hash, "made_at": now(), **seen}
    made = insert(KitDevice).values(**fresh).on_conflict_do_nothing(index_elements=["code"])
    is_new = db.session.scalar(made.returning(KitDevice.id)) is not None
    device = db.session.scalars(sa.select(KitDevice).where(KitDevice.code == code).with_for_update()).one()
    if device.account_id != actor.account_id or device.revoked_at is not None:
        return None
    if is_new or device.pass_hash != pass_hash:
        audit.record(actor, "attendance.know_device", f"kit_device:{device.id}")
    device.pass_hash, device.name, device.sign_in_id = pass_hash, name, actor.sign_in_id
    device.seen_at, device.until = _seen().values()
    return device


def revoke(actor: Actor, device_id: int) -> KitDevice:
    """Shut a phone out: nothing comes in by its pass any more, and its sign-in ends. Doing it again changes nothing.

    Raises NotFound for a phone whose account is neither the actor's own nor managed by him.
    """
    device = _held(actor, device_id)
    if device.revoked_at is None:
        device.revoked_at = now()
        if device.sign_in_id is not None:
            end(device.sign_in_id)
        audit.record(actor, "attendance.revoke_device", f"kit_device:{device.id}")
    return device


def let_in(actor: Actor, device_id: int) -> KitDevice:
    """Let a phone in again that was shut out: what it still holds can come in, for 30 days from now. It is not signed
    in by that. Doing it again changes nothing. Raises NotFound as `revoke` does.
    """
    device = _held(actor, device_id)
    if device.revoked_at is not None:
        device.revoked_at, device.until = None, now() + PASS_LASTS
        audit.record(actor, "attendance.let_device_in", f"kit_device:{device.id}")
    return device


def _held(actor: Actor, device_id: int) -> KitDevice:
    """The phone, locked. Raises NotFound."""
    found = sa.select(KitDevice).join(Account, Account.id == KitDevice.account_id)
    mine = found.where(KitDevice.id == device_id, accounts_whose_phones(actor))
    device = db.session.scalar(mine.with_for_update(of=KitDevice))
    if device is None:
        raise NotFound
    return device


def note_sheets(
    session: Session, device_id: int, sheets: Sequence[tuple[int, str, datetime]], sign_in_id: int | None = None
) -> None:
    """Keep that a phone was given these half-days - meeting, revision, start on the wall -, and that it was seen.

    In a transaction of its own, because whoever downloads only reads.
    """
    session.execute(sa.update(KitDevice).where(KitDevice.id == device_id).values(**_seen(), sign_in_id=sign_in_id))
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
