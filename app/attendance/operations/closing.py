"""The roll call of a half-day is over, or goes on. None of these verbs commits."""

from collections.abc import Collection

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.attendance import labels, policy, queries
from app.attendance.events import LowAttendance
from app.attendance.models import RollCall
from app.attendance.operations.loading import hold_for, hold_people
from app.attendance.operations.log import Marking, take_down
from app.attendance.operations.shares import recheck
from app.attendance.queries.closing import low_after
from app.attendance.rules import Evidence, Mark, hindrance
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.sessions import queries as sessions
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import MeetingState


def close(actor: Actor, meeting_id: int) -> int:
    """Say that the roll call of a half-day is over: who has a seat and no mark counts as absent, until somebody says
    otherwise. Who may miss no more is told of once, and again when a correction changed how the person stands. Doing it
    again changes nothing. Answers how many became absent.

    Raises NotFound, and Refused before the half-day has started or where nobody can be marked.
    """
    meeting = hold_for(actor, meeting_id, lambda training: policy.may_close(actor, training))
    if found := hindrance(meeting.training.state, meeting.state, meeting.starts_at, now()):
        raise Refused(str(labels.HINDRANCES[found]))
    if meeting.starts_at > now():
        raise Refused(_("This half-day has not started yet. Close its roll call when it has."))
    roll_call = _held(meeting_id)
    if roll_call.closed_at is not None:
        return 0
    absent = _close(actor, meeting, roll_call)
    _warn(meeting, roll_call)
    return absent


def reopen(actor: Actor, meeting_id: int) -> bool:
    """Let marks be changed again. Who is absent because nobody was marked stays so until somebody says otherwise.

    Answers whether it was closed. Raises NotFound, and Refused in a training session that is closed or cancelled.
    """
    meeting = hold_for(actor, meeting_id, lambda training: policy.may_close(actor, training))
    if found := hindrance(meeting.training.state, meeting.state, meeting.starts_at, now()):
        raise Refused(str(labels.HINDRANCES[found]))
    roll_call = _held(meeting_id)
    if roll_call.closed_at is None:
        return False
    _reopen(actor, roll_call)
    return True


def close_with(training_id: int) -> None:
    """Close the roll calls of a training session that was closed. Who got a seat after one was closed is absent there,
    too, while nobody has said otherwise. The caller holds it.
    """
    training = db.session.get_one(TrainingSession, training_id)
    for meeting in training.meetings:
        if meeting.state is MeetingState.PLANNED:
            roll_call = _held(meeting.id)
            if roll_call.closed_at is None:
                _close(SYSTEM, meeting, roll_call)
            else:
                _fill(meeting)


def reopen_with(training_id: int) -> None:
    """Open the roll calls that were closed together with their training session. The caller holds it."""
    own = sa.select(Meeting.id).where(Meeting.training_id == training_id)
    closed = sa.select(RollCall).where(
        RollCall.meeting_id.in_(own), RollCall.closed_at.is_not(None), RollCall.closed_by.is_(None)
    )
    for roll_call in db.session.scalars(closed.order_by(RollCall.meeting_id)).all():
        _reopen(SYSTEM, roll_call)


def follow_move(meeting_id: int) -> None:
    """A half-day is held at another time: it weighs differently, and when it is still to come, so is its roll call.
    The caller holds the training session.
    """
    meeting = db.session.get_one(Meeting, meeting_id)
    roll_call = queries.closed_roll_call(meeting_id)
    if roll_call and meeting.starts_at > now():
        _reopen(SYSTEM, roll_call)
    recheck(meeting.training_id)


def refuse_closed(meeting_id: int) -> None:
    """Raises Refused while the roll call of a half-day is closed. The caller holds the people."""
    if queries.closed_roll_call(meeting_id):
        raise Refused(_("The roll call of this half-day is closed. Open it again to change a mark."))


def _held(meeting_id: int) -> RollCall:
    """The row, locked: two who close at once close one after the other."""
    new = insert(RollCall).values(meeting_id=meeting_id).on_conflict_do_nothing(index_elements=["meeting_id"])
    db.session.execute(new)
    held = sa.select(RollCall).where(RollCall.meeting_id == meeting_id).with_for_update()
    return db.session.scalars(held.execution_options(populate_existing=True)).one()


def _close(actor: Actor, meeting: Meeting, roll_call: RollCall) -> int:
    absent = _fill(meeting)
    roll_call.closed_at, roll_call.closed_by = now(), actor.account_id
    audit.record(actor, "attendance.close", f"meeting:{meeting.id}", absent=absent)
    return absent


def _warn(meeting: Meeting, roll_call: RollCall) -> None:
    low = {person_id: standing.value for person_id, standing in low_after(meeting).items()}
    told = roll_call.warned or {}
    news = [person_id for person_id, standing in low.items() if told.get(str(person_id)) != standing]
    roll_call.warned_at = roll_call.warned_at or now()
    roll_call.warned = {str(person_id): standing for person_id, standing in low.items()}
    if news:
        publish(LowAttendance(meeting.id, tuple(news)))


def _fill(meeting: Meeting) -> int:
    """Who has a seat and no mark is absent. Answers how many that were."""
    seats = {seat.person_id: seat for seat in sessions.booked(meeting.training_id)}
    left = _left(meeting.id, seats)
    take_down(SYSTEM, meeting, seats, [Marking(each, Mark.ABSENT, Evidence.AUTOMATIC) for each in left])
    return len(left)


def _left(meeting_id: int, booked: Collection[int]) -> list[int]:
    return sorted(hold_people(booked) - queries.marked_people(meeting_id, even_fillers=True))


def _reopen(actor: Actor, roll_call: RollCall) -> None:
    roll_call.closed_at = roll_call.closed_by = None
    audit.record(actor, "attendance.reopen", f"meeting:{roll_call.meeting_id}")
