"""The verbs of the roll call."""

from collections.abc import Collection
from dataclasses import replace

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance import labels, queries, rules
from app.attendance.models import CurrentMark
from app.attendance.operations.closing import refuse_closed
from app.attendance.operations.loading import hold, hold_people
from app.attendance.operations.log import Clash, Marking, Receipt, logs_of, receipt_of, take_down
from app.attendance.queries.roll_call import people_at
from app.attendance.rules import Evidence, Hindrance, Mark
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import queries as sessions
from app.sessions.models import Meeting


def mark(
    actor: Actor,
    meeting_id: int,
    person_id: int,
    mark: Mark,
    evidence: Evidence = Evidence.ROLL_CALL,
    mark_id: str | None = None,
    seen: Collection[str] | None = None,
) -> Receipt:
    """Mark a person at a half-day, and decide anew what the half-days come to.

    `mark_id` are 128 random bits in hexadecimal digits, chosen by whoever sends the mark: the same again answers the
    same receipt, whatever has happened since. `seen` are the ids of the marks that the actor had in view; without it
    those that stand now. The mark that a person already has is not written twice, unless it is known better now or
    settles a dispute. Raises NotFound, also for an entry that was joined with another, and Refused when nobody can be
    marked now or the id was used for another mark.
    """
    if mark_id is not None and not rules.is_mark_id(mark_id):
        raise Refused(_("This mark could not be read. Load the page again, then mark once more."))
    meeting = hold(actor, meeting_id)
    is_somebody = bool(hold_people([person_id]))
    marking = Marking(person_id, mark, evidence, mark_id or rules.new_mark_id(), frozenset(seen or ()))
    if receipt_of(marking.mark_id) is None:
        _refuse_unmarkable(meeting, person_id, is_somebody=is_somebody)
        refuse_closed(meeting_id)
        if latest := _already(meeting, marking):
            return latest
        if seen is None:
            marking = replace(marking, seen=_standing(meeting_id, person_id))
    seats = sessions.seats_of(meeting.training_id, [person_id])
    [taken] = take_down(actor, meeting, seats, [marking])
    if isinstance(taken, Clash):
        raise Refused(_("This tap was already counted as another mark. Load the page again, then mark once more."))
    return taken


def mark_all_present(actor: Actor, meeting_id: int, site_id: int | None = None) -> int:
    """Mark everybody present who has a booked seat and whom nobody has marked yet - with `site_id` of those who join
    from there. Answers how many that were.

    Raises NotFound, and Refused when nobody can be marked now.
    """
    meeting = hold(actor, meeting_id)
    _refuse(_hindrance(meeting))
    seats = {seat.person_id: seat for seat in sessions.booked(meeting.training_id)}
    asked = set(seats) if site_id is None else people_at(meeting, site_id)
    left = sorted(hold_people(asked & set(seats)) - queries.marked_people(meeting_id))
    refuse_closed(meeting_id)
    take_down(actor, meeting, seats, [Marking(person_id, Mark.PRESENT) for person_id in left])
    return len(left)


def _refuse_unmarkable(meeting: Meeting, person_id: int, *, is_somebody: bool) -> None:
    seat = sessions.seat_of(meeting.training_id, person_id) if is_somebody else None
    if seat is None:
        raise NotFound
    _refuse(rules.markable(seat.state, _hindrance(meeting)))


def _already(meeting: Meeting, marking: Marking) -> Receipt | None:
    """The receipt of what counts now, when saying it again would add nothing. One that came with another entry of the
    register stands in that entry's log.
    """
    present = db.session.execute(
        sa.select(CurrentMark.mark, CurrentMark.mark_id, CurrentMark.evidence, CurrentMark.is_disputed).where(
            CurrentMark.meeting_id == meeting.id, CurrentMark.person_id == marking.person_id
        )
    ).first()
    if present is None or present.mark is not marking.mark or present.is_disputed:
        return None
    evidence = rules.evidence_at(marking.evidence, meeting.ends_at, now())
    if evidence.strength > present.evidence.strength and present.evidence.strength < Evidence.ROLL_CALL.strength:
        return None
    receipt = receipt_of(present.mark_id)
    return receipt if receipt and receipt.person_id == marking.person_id else None


def _standing(meeting_id: int, person_id: int) -> frozenset[str]:
    decided = rules.decide(logs_of(meeting_id, [person_id])[person_id])
    return frozenset(said.mark_id for said in decided.standing) if decided else frozenset()


def _hindrance(meeting: Meeting) -> Hindrance | None:
    return rules.hindrance(meeting.training.state, meeting.state, meeting.starts_at, now())


def _refuse(hindrance: Hindrance | None) -> None:
    if hindrance:
        raise Refused(str(labels.HINDRANCES[hindrance]))
