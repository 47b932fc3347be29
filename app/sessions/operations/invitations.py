"""Calendars, declaratively: who should hold which entry now, against what each recipient was last told."""

from collections.abc import Collection
from dataclasses import replace
from secrets import token_urlsafe
from typing import NamedTuple

import sqlalchemy as sa
from flask import current_app

from app.access.actor import SYSTEM
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.config import Settings
from app.platform.db import db
from app.platform.faults import point
from app.platform.jobs import enqueue
from app.sessions.calendar.facts import Facts
from app.sessions.calendar.invite import new_uid
from app.sessions.events import EntryChange, InvitationsChanged, TrainingSettled
from app.sessions.models import Invitation, Meeting, MeetingInterpreter, Seat, TrainingSession
from app.sessions.operations.loading import hold
from app.sessions.queries.guests import facts_of, parties_of
from app.sessions.rules import MeetingState, Participation, SeatState, TrainingState
from app.sessions.rules.invitations import Change, Guest, changes, later


class Key(NamedTuple):
    """One entry in one calendar."""

    meeting_id: int
    address: str


class Wanted(NamedTuple):
    """What somebody's calendar should hold."""

    guest: Guest
    facts: Facts


def settle(training: TrainingSession) -> None:
    """Make the calendars right, in the caller's transaction. Nothing is said about half-days that are over."""
    publish(TrainingSettled(training.id))
    meetings = [meeting for meeting in training.meetings if meeting.ends_at > now()]
    if training.state is TrainingState.CLOSED or not meetings:
        return
    wanted = _wanted(training, meetings) if training.state is TrainingState.CONFIRMED else {}
    known = _known([meeting.id for meeting in meetings])
    due = changes(
        {key: entry.facts.stored() for key, entry in wanted.items()}, {key: row.told for key, row in known.items()}
    )
    befores = {key: _tell(known[key], due[key], wanted.get(key)) if key in known else {} for key in due}
    if new := [key for key in due if key not in known]:
        db.session.execute(sa.insert(Invitation), [_new(key, wanted[key]) for key in new])
        known = _known([meeting.id for meeting in meetings])
    point("sessions.invited")
    if due:
        told = tuple(EntryChange(known[key].id, due[key].value, befores[key]) for key in due)
        publish(InvitationsChanged(training.id, told))


def settle_anew(training_id: int) -> None:
    """The same for a training session that nobody holds yet. Running it twice says nothing twice."""
    settle(hold(SYSTEM, training_id))


def follow(person_ids: Collection[int]) -> None:
    """Let the worker make the calendars right in which these people have seats: the caller holds people, and whoever
    settles calendars takes hold of the training session first.
    """
    _follow(sa.select(Seat.training_id).where(Seat.person_id.in_(person_ids), Seat.state == SeatState.BOOKED))


def follow_interpreter(interpreter_id: int) -> None:
    """The same for the half-days at which somebody interprets."""
    interprets = sa.select(Meeting.training_id).join(MeetingInterpreter, MeetingInterpreter.meeting_id == Meeting.id)
    _follow(interprets.where(MeetingInterpreter.interpreter_id == interpreter_id))


def _follow(training_ids: sa.Select[int]) -> None:
    live = sa.select(TrainingSession.id).where(
        TrainingSession.state == TrainingState.CONFIRMED, TrainingSession.id.in_(training_ids)
    )
    for training_id in db.session.scalars(live.order_by(TrainingSession.id)).all():
        enqueue("sessions.settle_calendars", training_id=training_id)


def _wanted(training: TrainingSession, meetings: list[Meeting]) -> dict[Key, Wanted]:
    planned = {meeting.id: meeting for meeting in meetings if meeting.state is MeetingState.PLANNED}
    return {
        Key(meeting_id, guest.address): Wanted(guest, facts_of(planned[meeting_id], guest, party))
        for meeting_id, party in parties_of(training, planned.values()).items()
        for guest in party.guests
    }


def _tell(invitation: Invitation, change: Change, wanted: Wanted | None) -> dict[str, object]:
    """Write down what the recipient is told now; answers what it was until now.

    Who said yes said it to a time: another time asks anew, another place or link does not.
    """
    before = Facts.read(invitation.told)
    invitation.sequence += 1
    invitation.stamped_at = later(now(), invitation.stamped_at)
    if wanted is None or change is Change.CANCEL:
        _ask_anew(invitation)
        invitation.told, invitation.was = {}, replace(before, join_url=None).stored() if before else {}
    else:
        if before and before.when != wanted.facts.when:
            _ask_anew(invitation)
        guest = wanted.guest
        invitation.name, invitation.language, invitation.zone = guest.name, guest.language, guest.home
        invitation.told = wanted.facts.stored()
    return before.stored() if before else {}


def _ask_anew(invitation: Invitation) -> None:
    invitation.participation = Participation.NEEDS_ACTION
    invitation.replied_at = invitation.reply_sequence = invitation.reply_stamp = None
    invitation.reply_note = invitation.proposal = None


def _known(meeting_ids: list[int]) -> dict[Key, Invitation]:
    """Held, as they are now: an answer that comes in at this moment is either seen here, or sees what is told here."""
    mine = sa.select(Invitation).where(Invitation.meeting_id.in_(meeting_ids)).order_by(Invitation.id)
    rows = db.session.scalars(mine.with_for_update().execution_options(populate_existing=True))
    return {Key(row.meeting_id, row.address): row for row in rows}


def _new(key: Key, wanted: Wanted) -> dict[str, object]:
    """The row of an entry that nobody has yet."""
    settings: Settings = current_app.extensions["settings"]
    domain = settings.mail_sender.rpartition("@")[2]
    return {
        "meeting_id": key.meeting_id,
        "address": key.address,
        "name": wanted.guest.name,
        "language": wanted.guest.language,
        "zone": wanted.guest.home,
        "uid": new_uid(token_urlsafe(24), domain),
        "sequence": 0,
        "told": wanted.facts.stored(),
        "stamped_at": later(now(), None),
        "participation": Participation.NEEDS_ACTION,
    }
