"""Deciding about held records: each is taken down or set aside, once, by somebody who answers for it."""

import hashlib
import json
from dataclasses import replace

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance import labels, rules
from app.attendance.kit.models import HeldDecision, HeldMark, KitDevice, KitReceipt
from app.attendance.kit.opening import Item
from app.attendance.kit.operations.effects import NotTaken, take_effect
from app.attendance.kit.operations.judging import Judged, judge
from app.attendance.kit.policy import may_settle
from app.attendance.kit.queries.held import belongs, held_of, record_of
from app.attendance.kit.rules import Decision, Detail
from app.attendance.operations.loading import hold_for
from app.attendance.queries.closing import closed_roll_call
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.files import single
from app.platform.i18n import _
from app.platform.jobs import enqueue
from app.platform.refusal import NotFound, Refused
from app.sessions import queries as sessions
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import SeatState

LONGEST_REASON = 500
_PERSONAL = frozenset({Detail.NO_SEAT, Detail.NO_PERSON, Detail.CARD, Detail.SEAT_WITHDRAWN})


def take_down_held(actor: Actor, training_id: int, receipt_id: int) -> bool:
    """Take a held record down after all, by the word of the actor; it then counts like every other of its phone. Doing
    it again changes nothing. Answers whether it was this one that did it.

    Raises NotFound, and Refused while it cannot be taken down: nobody with a seat, closed, unreadable.
    """
    receipt, held = _held(actor, training_id, receipt_id)
    if decision := _decision(receipt_id):
        return _done(decision, Decision.TAKEN_DOWN)
    record, device = record_of(held), db.session.get_one(KitDevice, receipt.device_id)
    if record is None or held.meeting_id is None:
        raise Refused(_("This cannot be read, so nothing can be taken down. Set it aside."))
    meeting = hold_for(actor, held.meeting_id, lambda training: may_settle(actor, training))
    again = replace(record, record_id=_own_id(receipt))
    photo = single.kept(held.content["file"]) if "file" in held.content else b""
    judged = judge(device, [Item(again.record_id, receipt.digest, again, photo=photo)])[1][0]
    _refuse_untakeable(meeting, judged)
    try:
        take_effect(device, actor, [replace(judged, detail=None)])
    except NotTaken as fault:
        raise Refused(_("This could not be taken down as it stands. Set it aside, and mark it by hand.")) from fault
    return _decide(actor, receipt, held, Decision.TAKEN_DOWN)


def take_down_all(actor: Actor, training_id: int) -> int:
    """Take down whatever of a training session can be; what cannot stays as it is. Answers how many that were.

    Raises NotFound.
    """
    waiting = [row.receipt.id for row in held_of(_led(actor, training_id)) if row.decision is None and row.record]
    return sum(_tried(actor, training_id, receipt_id) for receipt_id in waiting)


def _tried(actor: Actor, training_id: int, receipt_id: int) -> bool:
    try:
        with db.session.begin_nested():
            return take_down_held(actor, training_id, receipt_id)
    except Refused:
        return False


def set_aside(actor: Actor, training_id: int, receipt_id: int, reason: str) -> bool:
    """Let a held record count for nothing, and say why. Doing it again changes nothing. Answers whether it was this one
    that did it. Raises NotFound, and Refused without a reason.
    """
    receipt, held = _held(actor, training_id, receipt_id)
    if not reason.strip():
        raise Refused(_("Say why it is set aside."))
    if decision := _decision(receipt_id):
        return _done(decision, Decision.SET_ASIDE)
    held.note = reason.strip()[:LONGEST_REASON]
    return _decide(actor, receipt, held, Decision.SET_ASIDE)


HEADINGS = (
    "number", "received", "account", "half-day", "person", "reason", "detail", "decision", "note", "content",
)  # fmt: skip


def export_held(actor: Actor, training_id: int) -> list[list[str | int]]:
    """Every held record of a training session as it came, in the order of `HEADINGS`. Raises NotFound."""
    training = _led(actor, training_id)
    rows = held_of(training)
    audit.record(actor, "attendance.export_held", f"training:{training.id}", rows=len(rows))
    lines: list[list[str | int]] = []
    for row in rows:
        receipt, detail = row.receipt, row.receipt.detail
        lines.append([
            receipt.id, receipt.at.isoformat(), row.account_name, row.number or "", row.person_name,
            detail.reason if detail else "", detail or "", row.decision or "", row.held.note,
            json.dumps(row.held.content, ensure_ascii=False),
        ])  # fmt: skip
    return lines


def _led(actor: Actor, training_id: int) -> TrainingSession:
    training = sessions.training_for(actor, training_id)
    if not may_settle(actor, training):
        raise NotFound
    return training


def _held(actor: Actor, training_id: int, receipt_id: int) -> tuple[KitReceipt, HeldMark]:
    """A held record of the training session, locked."""
    training = _led(actor, training_id)
    mine = sa.select(HeldMark).where(HeldMark.receipt_id == receipt_id, belongs(training.id))
    held = db.session.scalar(mine.with_for_update())
    receipt = db.session.get(KitReceipt, receipt_id)
    if held is None or receipt is None:
        raise NotFound
    return receipt, held


def _decision(receipt_id: int) -> Decision | None:
    return db.session.scalar(sa.select(HeldDecision.decision).where(HeldDecision.receipt_id == receipt_id))


def _done(found: Decision, wanted: Decision) -> bool:
    if found is not wanted:
        raise Refused(_("Somebody has decided about this already. Load the page again."))
    return False


def _own_id(receipt: KitReceipt) -> str:
    """The id under which it is taken down: that of the phone may stand in the log for something else."""
    return hashlib.sha256(f"held:{receipt.record_id}:{receipt.digest}".encode()).hexdigest()[:32]


def _refuse_untakeable(meeting: Meeting, judged: Judged) -> None:
    """The actor may overrule what the phone did wrong, but not what the register and the plan say."""
    is_closed = closed_roll_call(meeting.id) is not None
    state = meeting.training.state
    found = rules.hindrance(state, meeting.state, meeting.starts_at, now(), is_closed=is_closed)
    if found and not judged.is_flagged:
        raise Refused(str(labels.HINDRANCES[found]))
    has_no_seat = judged.person_id is not None and (judged.seat is None or judged.seat.state is not SeatState.BOOKED)
    if judged.detail in _PERSONAL or has_no_seat:
        raise Refused(_("This person has no booked seat here. Give the person a seat, then take it down."))


def _decide(actor: Actor, receipt: KitReceipt, held: HeldMark, decision: Decision) -> bool:
    """Write it down; the picture of a photo is kept elsewhere by now, or by nobody."""
    if "file" in held.content:
        enqueue("privacy.delete_file", key=held.content["file"])
        held.content = {name: value for name, value in held.content.items() if name != "file"}
    values = {"receipt_id": receipt.id, "decision": decision, "account_id": actor.account_id, "at": now()}
    made = insert(HeldDecision).values(**values).on_conflict_do_nothing(index_elements=["receipt_id"])
    db.session.execute(made)
    audit.record(actor, f"attendance.{decision.value}", f"kit_receipt:{receipt.id}", meeting=receipt.meeting_id)
    return True
