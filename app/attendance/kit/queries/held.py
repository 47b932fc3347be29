"""Records that wait for a person."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.accounts import queries as accounts
from app.attendance.kit.models import HeldDecision, HeldMark, KitDevice, KitReceipt, KitSheet
from app.attendance.kit.reading import Record, Unreadable, read
from app.attendance.kit.rules import Decision
from app.attendance.queries import Known, marks_of
from app.factories.models import Person
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, TrainingSession

_TOLD = timedelta(days=30)


@dataclass(frozen=True)
class HeldRow:
    """A held record beside what counts now. `record` is None for what cannot be read, `known` where nothing counts."""

    receipt: KitReceipt
    held: HeldMark
    record: Record | None
    account_name: str
    person_name: str
    number: int | None
    known: Known | None
    decision: Decision | None
    decided_at: datetime | None
    decided_by: str


def held_of(training: TrainingSession) -> list[HeldRow]:
    """Every held record of a training session, what is open first; and what cannot be read of the phones that took its
    half-days along.
    """
    found = db.session.execute(
        sa.select(KitReceipt, HeldMark, HeldDecision, Person)
        .join(HeldMark, HeldMark.receipt_id == KitReceipt.id)
        .outerjoin(HeldDecision, HeldDecision.receipt_id == KitReceipt.id)
        .outerjoin(Person, Person.id == HeldMark.person_id)
        .where(belongs(training.id))
        .order_by(HeldDecision.id.is_not(None), KitReceipt.device_id, KitReceipt.counter, KitReceipt.id)
    ).all()
    names = _names(found)
    numbers, marks = {meeting.id: meeting.number for meeting in training.meetings}, marks_of(training.id)
    return [_row(row, names, numbers, marks) for row in found]


def open_count(training_id: int) -> int:
    """How many wait."""
    waiting = (
        sa.select(sa.func.count())
        .select_from(HeldMark)
        .outerjoin(HeldDecision, HeldDecision.receipt_id == HeldMark.receipt_id)
        .where(belongs(training_id), HeldDecision.id.is_(None))
    )
    return db.session.scalar(waiting) or 0


def record_of(held: HeldMark) -> Record | None:
    """The record, where it can be read."""
    try:
        return read(str(held.content["parts"]).encode()) if "parts" in held.content else None
    except Unreadable:
        return None


def resolved(device: KitDevice, record_ids: Collection[str]) -> list[tuple[str, Decision]]:
    """What became of held records of a phone: of these, and of those that were decided lately."""
    rows = db.session.execute(
        sa.select(KitReceipt.record_id, HeldDecision.decision)
        .join(HeldDecision, HeldDecision.receipt_id == KitReceipt.id)
        .where(
            KitReceipt.device_id == device.id,
            sa.or_(KitReceipt.record_id.in_(record_ids), HeldDecision.at > now() - _TOLD),
        )
        .order_by(HeldDecision.id)
    )
    return [(record_id, decision) for record_id, decision in rows]


def belongs(training_id: int) -> sa.ColumnElement[bool]:
    """Whether a held record is about a training session - or about nobody knows what, of a phone that took it along."""
    meetings = sa.select(Meeting.id).where(Meeting.training_id == training_id)
    phones = sa.select(KitSheet.device_id).where(KitSheet.meeting_id.in_(meetings))
    unknown = sa.and_(HeldMark.meeting_id.is_(None), HeldMark.device_id.in_(phones))
    return sa.or_(HeldMark.meeting_id.in_(meetings), unknown)


def _names(found: Sequence[Any]) -> Mapping[int, str]:
    ids = {row.KitReceipt.account_id for row in found}
    ids |= {row.HeldDecision.account_id for row in found if row.HeldDecision and row.HeldDecision.account_id}
    return {account_id: account.name for account_id, account in accounts.accounts_by_id(ids).items()}


def _row(
    row: Any, names: Mapping[int, str], numbers: Mapping[int, int], marks: Mapping[tuple[int, int], Known]
) -> HeldRow:
    receipt, held, decision, person = row
    return HeldRow(
        receipt, held, record_of(held), names.get(receipt.account_id, ""), person.name if person else "",
        numbers.get(held.meeting_id), marks.get((held.person_id, held.meeting_id)),
        decision.decision if decision else None, decision.at if decision else None,
        names.get(decision.account_id, "") if decision and decision.account_id else "",
    )  # fmt: skip
