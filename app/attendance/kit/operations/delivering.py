"""Taking down what a phone brings: each record once, with its receipt, whatever becomes of the others."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from app.access.actor import Actor
from app.attendance.kit.models import HeldMark, KitDevice, KitReceipt
from app.attendance.kit.opening import Item
from app.attendance.kit.operations.effects import NotTaken, take_effect
from app.attendance.kit.operations.judging import Judged, judge
from app.attendance.kit.rules import Detail
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.faults import point
from app.platform.files import single

_KEY = ("record_id", "claim")


def deliver(device: KitDevice, items: Sequence[Item]) -> list[KitReceipt]:
    """Take records down, each for itself, and answer a receipt for each: the same for ever.

    Effect and receipt are one transaction, that of the caller. What cannot be taken down is held for a person, never
    dropped. Only a failing database stops the whole; the phone sends all of it again.
    """
    known = _receipts(items)
    fresh = {(item.record_id, item.digest): item for item in reversed(items)}
    fresh = {key: item for key, item in reversed(fresh.items()) if key not in known}
    if fresh:
        used = {record_id for record_id, _ in known}
        actor, judged = judge(device, list(fresh.values()))
        _take(device, actor, _claimed(judged, used))
        known = _receipts(items)
        _log(device, [known[key] for key in fresh])
        point("kit.delivered")
    return [known[item.record_id, item.digest] for item in items]


def _receipts(items: Collection[Item]) -> dict[tuple[str, str], KitReceipt]:
    ids = {item.record_id for item in items}
    found = sa.select(KitReceipt).where(KitReceipt.record_id.in_(ids)).order_by(KitReceipt.id)
    return {(row.record_id, row.digest): row for row in db.session.scalars(found)}


def _claimed(judged: Sequence[Judged], used: set[str]) -> list[Judged]:
    """The first record with an id keeps it; another one with the same id is held beside it."""
    taken, found = set(used), []
    for one in judged:
        is_first = one.item.record_id not in taken
        taken.add(one.item.record_id)
        found.append(one if is_first else _same_id(one))
    return found


def _same_id(judged: Judged) -> Judged:
    return replace(judged, claim=judged.item.digest, detail=Detail.SAME_ID)


def _take(device: KitDevice, actor: Actor | None, judged: Sequence[Judged]) -> None:
    """All at once; where that fails, one by one, and what fails alone is held."""
    if _try(device, actor, judged) is None:
        return
    for one in judged:
        if (detail := _try(device, actor, [one])) is not None and _try(device, actor, [one.because(detail)]):
            raise RuntimeError("a record could be neither taken down nor held")


def _try(device: KitDevice, actor: Actor | None, judged: Sequence[Judged]) -> Detail | None:
    """None when all of these were written, else why not; then nothing was."""
    try:
        with db.session.begin_nested():
            _write(device, actor, judged)
    except NotTaken as fault:
        return fault.detail
    except Exception as error:  # whatever is wrong with one record must not keep the others from coming in
        if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError | DataError):
            raise
        return Detail.TROUBLE
    return None


def _write(device: KitDevice, actor: Actor | None, judged: Sequence[Judged]) -> None:
    """Receipts first: whoever comes second with an id waits here, and then has no effect."""
    by_key = {(one.item.record_id, one.claim): one for one in judged}
    rows = [_row(device, by_key[key]) for key in sorted(by_key)]
    new = insert(KitReceipt).values(rows).on_conflict_do_nothing(index_elements=list(_KEY))
    won = db.session.execute(new.returning(KitReceipt.id, KitReceipt.record_id, KitReceipt.claim)).all()
    written = {(record_id, claim): number for number, record_id, claim in won}
    point("kit.receipted")
    _hold_back(device, [(number, by_key[key]) for key, number in written.items() if by_key[key].detail])
    take_effect(device, actor, [by_key[key] for key in written if by_key[key].detail is None])
    lost = [one for key, one in by_key.items() if key not in written]
    known = _receipts([one.item for one in lost]) if lost else {}
    others = [_same_id(one) for one in lost if (one.item.record_id, one.item.digest) not in known]
    if others:
        _write(device, actor, others)


def _row(device: KitDevice, judged: Judged) -> dict[str, Any]:
    record = judged.item.record
    return {
        "record_id": judged.item.record_id,
        "claim": judged.claim,
        "digest": judged.item.digest,
        "device_id": device.id,
        "account_id": device.account_id,
        "kind": judged.kind,
        "meeting_id": judged.meeting.id if judged.meeting else None,
        "person_id": judged.person_id,
        "counter": record.counter if record else 0,
        "device_at": record.device_at if record else None,
        "result": judged.result,
        "detail": judged.detail,
        "sheet_id": judged.sheet.id if judged.sheet else None,
        "may": judged.may,
        "at": now(),
    }


def _hold_back(device: KitDevice, held: Sequence[tuple[int, Judged]]) -> None:
    rows = [
        {
            "receipt_id": number, "device_id": device.id, "meeting_id": one.meeting.id if one.meeting else None,
            "person_id": one.person_id, "content": _kept(one.item), "note": "",
        }
        for number, one in held
    ]  # fmt: skip
    if rows:
        db.session.execute(sa.insert(HeldMark), rows)


def _kept(item: Item) -> dict[str, Any]:
    """What is kept of a held record: of a photo the picture too, which nobody else may have any more."""
    return {**item.content, **({"file": single.keep(item.photo)} if item.photo else {})}


def _log(device: KitDevice, receipts: Collection[KitReceipt]) -> None:
    owner = Actor(account_id=device.account_id)
    held = sorted(receipt.id for receipt in receipts if receipt.detail)
    audit.record(owner, "attendance.deliver", f"kit_device:{device.id}", records=len(receipts), held=held)
