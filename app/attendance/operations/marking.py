"""The one verb behind every way of marking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance import labels, queries, rules
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.operations.loading import hold, hold_people
from app.attendance.operations.shares import note_shares
from app.attendance.rules import Evidence, Hindrance, Mark
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.faults import point
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat


@dataclass(frozen=True)
class Receipt:
    """What was taken down for a mark; the same however often the mark is sent."""

    mark_id: str
    meeting_id: int
    person_id: int
    mark: Mark
    evidence: Evidence
    at: datetime


def mark(
    actor: Actor,
    meeting_id: int,
    person_id: int,
    mark: Mark,
    evidence: Evidence = Evidence.ROLL_CALL,
    mark_id: str | None = None,
) -> Receipt:
    """Mark a person at a half-day, and decide anew what the half-days come to.

    `mark_id` are 128 random bits in hexadecimal digits, chosen by whoever sends the mark: the same again answers the
    same receipt, whatever has happened since. The mark that a person already has is not written twice. Raises NotFound,
    also for an entry that was joined with another, and Refused when nobody can be marked now or the id was used for
    another mark.
    """
    if mark_id is not None and not rules.is_mark_id(mark_id):
        raise Refused(_("This mark could not be read. Load the page again, then mark once more."))
    meeting = hold(actor, meeting_id)
    is_somebody = hold_people([person_id])
    if mark_id and (earlier := _receipt(MarkEntry.mark_id == mark_id)):
        return _same(earlier, meeting_id, person_id, mark)
    seat = sessions.seat_of(meeting.training_id, person_id) if is_somebody else None
    if seat is None:
        raise NotFound
    _refuse(rules.markable(seat.state, _hindrance(meeting)))
    present = queries.mark_of(meeting_id, person_id)
    latest = _receipt(sa.and_(MarkEntry.meeting_id == meeting_id, MarkEntry.person_id == person_id))
    if latest and present is mark is latest.mark:  # one that came with another entry stands in that entry's log
        return latest
    return _take_down(actor, meeting, seat, mark, evidence, mark_id or token_hex(16), present)


def mark_all_present(actor: Actor, meeting_id: int) -> int:
    """Mark everybody present who has a booked seat and no mark yet. Answers how many that were.

    Raises NotFound, and Refused when nobody can be marked now.
    """
    meeting = hold(actor, meeting_id)
    _refuse(_hindrance(meeting))
    seats = sessions.booked(meeting.training_id)
    left_to_mark = hold_people([seat.person_id for seat in seats]) - queries.marked_people(meeting_id)
    left = [seat for seat in seats if seat.person_id in left_to_mark]
    if left:
        _write_present(actor, meeting, left)
        note_shares(meeting.training, left)
    return len(left)


def _hindrance(meeting: Meeting) -> Hindrance | None:
    return rules.hindrance(meeting.training.state, meeting.state, meeting.starts_at, now())


def _refuse(hindrance: Hindrance | None) -> None:
    if hindrance:
        raise Refused(str(labels.HINDRANCES[hindrance]))


def _take_down(
    actor: Actor, meeting: Meeting, seat: Seat, mark: Mark, evidence: Evidence, mark_id: str, before: Mark | None
) -> Receipt:
    values = _values(actor, meeting, seat.person_id, mark, evidence) | {"mark_id": mark_id}
    wrote = db.session.execute(
        insert(MarkEntry).values(values).on_conflict_do_nothing(index_elements=["mark_id"]).returning(MarkEntry.id)
    ).scalar()
    if wrote is None:  # somebody used the id a moment ago, for another person
        return _same(_latest_of_id(mark_id), meeting.id, seat.person_id, mark)
    point("attendance.marked")
    _make_current(values)
    if values["evidence"] is Evidence.CORRECTION:
        changes = {"person": seat.person_id, "before": before and before.value, "after": mark.value}
        audit.record(actor, "attendance.correct", f"meeting:{meeting.id}", **changes)
    note_shares(meeting.training, [seat])
    return _latest_of_id(mark_id)


def _write_present(actor: Actor, meeting: Meeting, seats: Sequence[Seat]) -> None:
    for seat in seats:
        values = _values(actor, meeting, seat.person_id, Mark.PRESENT, Evidence.ROLL_CALL)
        db.session.execute(sa.insert(MarkEntry).values(**values, mark_id=token_hex(16)))
        _make_current(values)


def _values(actor: Actor, meeting: Meeting, person_id: int, mark: Mark, evidence: Evidence) -> dict[str, Any]:
    at = now()
    return {
        "meeting_id": meeting.id,
        "person_id": person_id,
        "mark": mark,
        "evidence": rules.evidence_at(evidence, meeting.ends_at, at),
        "account_id": actor.account_id,
        "at": at,
    }


def _make_current(values: dict[str, Any]) -> None:
    counting = {name: values[name] for name in ("mark", "evidence", "at")}
    db.session.execute(
        insert(CurrentMark)
        .values(meeting_id=values["meeting_id"], person_id=values["person_id"], **counting)
        .on_conflict_do_update(index_elements=["meeting_id", "person_id"], set_=counting)
    )


def _same(earlier: Receipt, meeting_id: int, person_id: int, mark: Mark) -> Receipt:
    if (earlier.meeting_id, earlier.person_id, earlier.mark) != (meeting_id, person_id, mark):
        raise Refused(_("This tap was already counted as another mark. Load the page again, then mark once more."))
    return earlier


def _latest_of_id(mark_id: str) -> Receipt:
    receipt = _receipt(MarkEntry.mark_id == mark_id)
    if receipt is None:
        raise LookupError("a mark that counts has no entry in the log")
    return receipt


def _receipt(which: sa.ColumnElement[bool]) -> Receipt | None:
    row = db.session.execute(
        sa.select(
            MarkEntry.mark_id, MarkEntry.meeting_id, MarkEntry.person_id, MarkEntry.mark, MarkEntry.evidence,
            MarkEntry.at,
        )
        .where(which)
        .order_by(MarkEntry.id.desc())
        .limit(1)
    ).first()
    return Receipt(*row) if row else None
