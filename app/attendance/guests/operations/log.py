"""The log of marks of unknown people."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance import rules
from app.attendance.guests.models import Guest, GuestMark
from app.attendance.guests.rules import GuestClash, GuestReceipt
from app.attendance.operations.log import marker_of
from app.attendance.rules import Evidence, Flag, Mark
from app.platform.clock import now
from app.platform.db import db, insert
from app.sessions.models import Meeting


@dataclass(frozen=True)
class GuestMarking:
    """What is said about an unknown person at one meeting, before it is taken down.

    `key` are the 128 random bits of the guest. Who it is - `name`, `number`, the factory of the list or in words, the
    site - is said with the first mark; a later one that says it too corrects it, one without a name leaves it. The
    others mean what they mean in `attendance.operations.Marking`.
    """

    key: str
    mark: Mark
    name: str = ""
    number: str = ""
    factory_id: int | None = None
    factory_name: str = ""
    site_id: int | None = None
    evidence: Evidence = Evidence.ROLL_CALL
    mark_id: str = field(default_factory=rules.new_mark_id)
    seen: frozenset[str] = frozenset()
    minutes: int | None = None
    marker: str | None = None
    counter: int | None = None
    device_at: datetime | None = None
    digest: str | None = None
    flag: Flag | None = None

    def digest_at(self, meeting_id: int, marker: str) -> str:
        """SHA-256 in hexadecimal digits of what was said: the device's own, where it made one."""
        said = [meeting_id, self.key, self.mark, self.evidence, self.minutes, marker]
        return self.digest or hashlib.sha256(json.dumps(said).encode()).hexdigest()


def append(actor: Actor, meeting: Meeting, guest: Guest, marking: GuestMarking) -> GuestMark | None:
    """Write one mark of a guest whom the caller holds; None where its id was used a moment ago."""
    marker = marking.marker or marker_of(actor)
    by_device = marking.device_at is not None or marking.counter is not None
    evidence = rules.evidence_at(marking.evidence, meeting.ends_at, now(), by_device=by_device)
    values: dict[str, Any] = {
        "mark_id": marking.mark_id,
        "digest": marking.digest_at(meeting.id, marker),
        "meeting_id": meeting.id,
        "guest_id": guest.id,
        "mark": marking.mark,
        "evidence": evidence,
        "minutes": marking.minutes,
        "marker": marker,
        "counter": marking.counter if marking.counter is not None else _counter(meeting.id, guest.id, marker) + 1,
        "seen": sorted(marking.seen),
        "account_id": actor.account_id,
        "at": now(),
        "device_at": marking.device_at,
        "flag": marking.flag,
    }
    new = insert(GuestMark).values(values).on_conflict_do_nothing(index_elements=["mark_id"])
    written: GuestMark | None = db.session.scalar(new.returning(GuestMark))
    return written


def receipt_of(mark_id: str) -> GuestReceipt | None:
    """What was taken down under an id."""
    row = db.session.execute(
        sa.select(
            GuestMark.id, GuestMark.mark_id, GuestMark.digest, GuestMark.meeting_id, Guest.key, GuestMark.mark,
            GuestMark.evidence, GuestMark.at, GuestMark.flag,
        )
        .join(Guest, Guest.id == GuestMark.guest_id)
        .where(GuestMark.mark_id == mark_id)
    ).first()  # fmt: skip
    return GuestReceipt(*row) if row else None


def answer(actor: Actor, meeting: Meeting, marking: GuestMarking, receipt: GuestReceipt) -> GuestReceipt | GuestClash:
    """The receipt, or a clash where another mark was sent under the id."""
    sent = marking.digest_at(meeting.id, marking.marker or marker_of(actor))
    is_same = (receipt.meeting_id, receipt.key, receipt.mark) == (meeting.id, marking.key, marking.mark)
    return receipt if is_same and receipt.digest == sent else GuestClash(receipt)


def _counter(meeting_id: int, guest_id: int, marker: str) -> int:
    latest = sa.select(sa.func.max(GuestMark.counter)).where(
        GuestMark.meeting_id == meeting_id, GuestMark.guest_id == guest_id, GuestMark.marker == marker
    )
    return db.session.scalar(latest) or 0
