"""Ticking from a signed sheet."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance import labels, rules
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.operations.closing import refuse_closed
from app.attendance.operations.loading import hold, hold_people
from app.attendance.operations.log import Marking, take_down
from app.attendance.rules import Evidence, Mark, is_mark_id
from app.attendance.sheets.rules import says_signed, sheet_marker, signed_mark
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat


@dataclass(frozen=True)
class Tick:
    """What a sheet says of one person; `seen` are the ids of the marks that whoever ticks had in view."""

    has_signed: bool
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Before:
    """What was last ticked from the sheet."""

    counter: int
    has_signed: bool


def note_signatures(actor: Actor, meeting_id: int, form_id: str, ticks: Mapping[int, Tick]) -> int:
    """Take down, by person, who signed the sheet of a half-day and who did not. Answers of how many.

    The sheet is a witness of its own: what is ticked from it later replaces what was ticked before, whoever does it,
    and stands beside what else is known; the same tick again adds nothing. `form_id` are 128 random bits of the form,
    so that sending it twice is once.
    Raises NotFound, and Refused when nobody can be marked now.
    """
    if not is_mark_id(form_id):
        raise Refused(_("This mark could not be read. Load the page again, then mark once more."))
    meeting = hold(actor, meeting_id)
    somebody = hold_people(ticks)
    seats = sessions.seats_of(meeting.training_id, ticks)
    if set(ticks) - somebody or set(ticks) - set(seats):
        raise NotFound
    marker = sheet_marker(meeting.id)
    before, ids = _before(meeting, ticks, marker), {each: _mark_id(form_id, each, tick) for each, tick in ticks.items()}
    known = _written(ids)
    new = [
        person_id
        for person_id, tick in ticks.items()
        if person_id not in known and (person_id not in before or before[person_id].has_signed is not tick.has_signed)
    ]
    if new:
        _refuse_unmarkable(meeting, [seats[person_id] for person_id in new])
        refuse_closed(meeting.id)
    marks = _marks(meeting, new)
    markings = [
        Marking(
            person_id, signed_mark(ticks[person_id].has_signed, marks.get(person_id)), Evidence.SIGNED_SHEET,
            mark_id=ids[person_id], seen=ticks[person_id].seen, marker=marker,
            counter=before[person_id].counter + 1 if person_id in before else 1,
        )
        for person_id in sorted(new)
    ]  # fmt: skip
    take_down(actor, meeting, seats, markings)
    return len(ticks)


def _mark_id(form_id: str, person_id: int, tick: Tick) -> str:
    said = f"{form_id} {person_id} {tick.has_signed}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _written(ids: Mapping[int, str]) -> set[int]:
    known = set(db.session.scalars(sa.select(MarkEntry.mark_id).where(MarkEntry.mark_id.in_(ids.values()))))
    return {person_id for person_id, mark_id in ids.items() if mark_id in known}


def _marks(meeting: Meeting, person_ids: Collection[int]) -> dict[int, Mark]:
    rows = db.session.execute(
        sa.select(CurrentMark.person_id, CurrentMark.mark).where(
            CurrentMark.meeting_id == meeting.id, CurrentMark.person_id.in_(person_ids)
        )
    )
    return {person_id: mark for person_id, mark in rows}  # noqa: C416 - rows are not pairs to a type checker


def _before(meeting: Meeting, person_ids: Collection[int], marker: str) -> dict[int, _Before]:
    rows = db.session.execute(
        sa.select(MarkEntry.person_id, MarkEntry.counter, MarkEntry.mark)
        .where(MarkEntry.meeting_id == meeting.id, MarkEntry.person_id.in_(person_ids), MarkEntry.marker == marker)
        .order_by(MarkEntry.counter)
    )
    return {person_id: _Before(counter, says_signed(mark)) for person_id, counter, mark in rows}


def _refuse_unmarkable(meeting: Meeting, seats: Collection[Seat]) -> None:
    roll_call = rules.hindrance(meeting.training.state, meeting.state, meeting.starts_at, now())
    found = [hindrance for seat in seats if (hindrance := rules.markable(seat.state, roll_call))]
    if found:
        raise Refused(str(labels.HINDRANCES[found[0]]))
