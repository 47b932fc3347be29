"""The log: everything that was ever said is appended, and what counts is decided anew from all of it."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance import rules
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.operations.shares import note_shares
from app.attendance.rules import Decided, Evidence, Flag, Mark, Said
from app.completions.queries import entries_of
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.faults import point
from app.sessions.models import Meeting, Seat
from app.sessions.rules import TrainingState

_COLUMNS = (
    MarkEntry.id, MarkEntry.mark_id, MarkEntry.digest, MarkEntry.meeting_id, MarkEntry.person_id, MarkEntry.mark,
    MarkEntry.evidence, MarkEntry.at, MarkEntry.flag,
)  # fmt: skip
_KEY = ("meeting_id", "person_id")


@dataclass(frozen=True)
class Marking:
    """What is said about one person at one meeting, before it is taken down.

    `seen` are the ids of the marks that whoever marks had in view. `marker`, `counter`, `device_at` and `digest` are a
    device's own; without them the account or person that acts is the marker and the server counts. `minutes` is how
    long the person was there.
    """

    person_id: int
    mark: Mark
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
        said = [meeting_id, self.person_id, self.mark, self.evidence, self.minutes, marker]
        return self.digest or hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True)
class Receipt:
    """What was taken down for a mark; the same however often the mark is sent. `number` is the server's count."""

    number: int
    mark_id: str
    digest: str
    meeting_id: int
    person_id: int
    mark: Mark
    evidence: Evidence
    at: datetime
    flag: Flag | None


@dataclass(frozen=True)
class Clash:
    """The id was used before for another mark, whose receipt this is. Nothing was taken down."""

    earlier: Receipt


def take_down(
    actor: Actor, meeting: Meeting, seats: Mapping[int, Seat], markings: Sequence[Marking]
) -> list[Receipt | Clash]:
    """Append marks of one half-day, decide what counts now, and hand on what the half-days come to.

    The one way into the log, behind every verb that marks. The caller holds the half-day and the people, has asked who
    may and whether it can be marked, and gives the seat of each person. What is repeated answers as it did before.
    """
    known = _receipts([marking.mark_id for marking in markings])
    first: dict[str, Marking] = {}
    for marking in markings:
        if marking.mark_id not in known:
            first.setdefault(marking.mark_id, marking)
    if first:
        written = _append(actor, meeting, list(first.values()))
        known = _receipts([marking.mark_id for marking in markings])
        point("attendance.marked")
        touched = {first[mark_id].person_id for mark_id in written}
        _log_corrections(actor, meeting, [known[mark_id] for mark_id in written])
        count_anew(meeting.id, touched)
        if meeting.training.state is not TrainingState.CANCELLED:
            note_shares(meeting.training, [seats[person_id] for person_id in touched])
    return [_answer(actor, meeting, marking, known[marking.mark_id]) for marking in markings]


def count_anew(meeting_id: int, person_ids: Collection[int]) -> None:
    """Write what the log says counts for these people at a half-day, and nothing where it says nothing of them any
    more. The caller holds them. What was said about another entry of the register that is the same person is part.
    """
    values = rows_of(meeting_id, person_ids)
    if unsaid := set(person_ids) - {row["person_id"] for row in values}:
        here = sa.and_(CurrentMark.meeting_id == meeting_id, CurrentMark.person_id.in_(unsaid))
        db.session.execute(sa.delete(CurrentMark).where(here))
    if values:
        new = insert(CurrentMark).values(sorted(values, key=lambda row: row["person_id"]))
        anew = {name: new.excluded[name] for name in values[0] if name not in _KEY}
        db.session.execute(new.on_conflict_do_update(index_elements=list(_KEY), set_=anew))


def rows_of(meeting_id: int, person_ids: Collection[int]) -> list[dict[str, Any]]:
    """The rows of current marks that follow from the log, for those of these people of whom anything was said."""
    decided = {person_id: rules.decide(log) for person_id, log in logs_of(meeting_id, person_ids).items()}
    counting = {each.counts.mark_id: (person_id, each) for person_id, each in decided.items() if each}
    rows = db.session.execute(
        sa.select(MarkEntry.mark_id, MarkEntry.mark, MarkEntry.evidence, MarkEntry.minutes, MarkEntry.at).where(
            MarkEntry.mark_id.in_(counting)
        )
    )
    return [
        {"meeting_id": meeting_id, "person_id": person_id, **_stands(each), **row._asdict()}
        for row in rows
        for person_id, each in [counting[row.mark_id]]
    ]


def _stands(decided: Decided) -> dict[str, Any]:
    return {"is_disputed": decided.is_disputed, "standing": [said.mark_id for said in decided.standing]}


def logs_of(meeting_id: int, person_ids: Collection[int]) -> dict[int, list[Said]]:
    """Everything that was said about each of these people at a half-day, under whatever entry of the register."""
    whose = entries_of(person_ids)
    rows = db.session.execute(
        sa.select(
            MarkEntry.mark_id, MarkEntry.person_id, MarkEntry.mark, MarkEntry.strength, MarkEntry.marker,
            MarkEntry.counter, MarkEntry.seen, MarkEntry.minutes,
        ).where(MarkEntry.meeting_id == meeting_id, MarkEntry.person_id.in_(whose))
    )  # fmt: skip
    found: dict[int, list[Said]] = {person_id: [] for person_id in person_ids}
    for mark_id, person_id, mark, strength, marker, counter, seen, minutes in rows:
        said = Said(mark_id, person_id, mark, strength, marker, counter, frozenset(seen), minutes)
        found[whose[person_id]].append(said)
    return found


def receipt_of(mark_id: str) -> Receipt | None:
    """What was taken down under an id."""
    return _receipts([mark_id]).get(mark_id)


def marker_of(actor: Actor) -> str:
    """Who marks, as the log names whoever needs no device: an account, a person, or the system."""
    if actor.account_id is not None:
        return f"account:{actor.account_id}"
    return "-" if actor.person_id is None else f"person:{actor.person_id}"


def _append(actor: Actor, meeting: Meeting, markings: Sequence[Marking]) -> list[str]:
    """Write the entries; one whose id somebody used a moment ago, for another person, is left out."""
    at, marker = now(), marker_of(actor)
    counters = _counters(meeting.id, {marking.person_id for marking in markings}, marker)
    rows = []
    for marking in markings:
        if marking.counter is None:
            counters[marking.person_id] = counters.get(marking.person_id, 0) + 1
        rows.append(_values(actor, meeting, marking, counters.get(marking.person_id, 0), at))
    new = insert(MarkEntry).values(rows).on_conflict_do_nothing(index_elements=["mark_id"])
    return list(db.session.scalars(new.returning(MarkEntry.mark_id)))


def _values(actor: Actor, meeting: Meeting, marking: Marking, counter: int, at: datetime) -> dict[str, Any]:
    by_device = marking.device_at is not None or marking.counter is not None
    evidence = rules.evidence_at(marking.evidence, meeting.ends_at, at, by_device=by_device)
    return {
        "mark_id": marking.mark_id,
        "digest": marking.digest_at(meeting.id, marking.marker or marker_of(actor)),
        "meeting_id": meeting.id,
        "person_id": marking.person_id,
        "mark": marking.mark,
        "evidence": evidence,
        "strength": evidence.strength,
        "minutes": marking.minutes,
        "marker": marking.marker or marker_of(actor),
        "counter": counter if marking.counter is None else marking.counter,
        "seen": sorted(marking.seen),
        "account_id": actor.account_id,
        "at": at,
        "device_at": marking.device_at,
        "flag": marking.flag,
    }


def _counters(meeting_id: int, person_ids: Collection[int], marker: str) -> dict[int, int]:
    rows = db.session.execute(
        sa.select(MarkEntry.person_id, sa.func.max(MarkEntry.counter))
        .where(MarkEntry.meeting_id == meeting_id, MarkEntry.person_id.in_(person_ids), MarkEntry.marker == marker)
        .group_by(MarkEntry.person_id)
    )
    return {person_id: counter for person_id, counter in rows}  # noqa: C416 - rows are not pairs to a type checker


def _log_corrections(actor: Actor, meeting: Meeting, receipts: Sequence[Receipt]) -> None:
    corrections = [receipt for receipt in receipts if receipt.evidence is Evidence.CORRECTION]
    if not corrections:
        return
    rows = db.session.execute(
        sa.select(CurrentMark.person_id, CurrentMark.mark).where(
            CurrentMark.meeting_id == meeting.id,
            CurrentMark.person_id.in_([receipt.person_id for receipt in corrections]),
        )
    )
    before = {person_id: mark for person_id, mark in rows}  # noqa: C416 - rows are not pairs to a type checker
    for receipt in corrections:
        earlier = before.get(receipt.person_id)
        changes = {"person": receipt.person_id, "before": earlier and earlier.value, "after": receipt.mark.value}
        audit.record(actor, "attendance.correct", f"meeting:{meeting.id}", **changes)


def _answer(actor: Actor, meeting: Meeting, marking: Marking, receipt: Receipt) -> Receipt | Clash:
    sent = marking.digest_at(meeting.id, marking.marker or marker_of(actor))
    is_same = (receipt.meeting_id, receipt.person_id, receipt.mark) == (meeting.id, marking.person_id, marking.mark)
    return receipt if is_same and receipt.digest in {sent, ""} else Clash(receipt)


def _receipts(mark_ids: Collection[str]) -> dict[str, Receipt]:
    rows = db.session.execute(sa.select(*_COLUMNS).where(MarkEntry.mark_id.in_(mark_ids)))
    return {row.mark_id: Receipt(*row) for row in rows}
