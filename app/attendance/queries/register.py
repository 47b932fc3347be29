"""The register of a training session: people by half-days."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.attendance import rules
from app.attendance.models import CurrentMark
from app.attendance.queries.marks import Known, marks_of, number_of_seat
from app.attendance.queries.rule import half_days, needed_share, rule_of
from app.attendance.rules import Standing, Tally
from app.courses.rules import AttendanceBy
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions import policy as sessions_policy
from app.sessions.models import Meeting, Seat, SeatAtMeeting, Site, TrainingSession
from app.sessions.queries.joining import exceptions
from app.sessions.queries.lookup import visible, with_people
from app.sessions.rules import MeetingState, Modality, SeatState


@dataclass(frozen=True)
class Line:
    """A person of the register: for each half-day a mark or None and the site, where that is not the one of the seat,
    and what the marks come to.
    """

    seat: Seat
    number: str
    known: Sequence[Known | None]
    elsewhere: Sequence[Site | None]
    share: Fraction
    standing: Standing


@dataclass(frozen=True)
class Register:
    """What the actor may see of a training session's attendance. `needed` is the share that the course asks for."""

    meetings: Sequence[Meeting]
    lines: Sequence[Line]
    needed: Fraction
    by: AttendanceBy

    @property
    def low(self) -> int:
        """How many people may miss no more or have missed too much."""
        return sum(line.standing.is_low for line in self.lines)

    def tally_of(self, meeting: Meeting) -> Tally:
        """The tally of a half-day, over the people with a booked seat."""
        place = self.meetings.index(meeting)
        known = [line.known[place] for line in self.lines if line.seat.state is SeatState.BOOKED]
        return rules.tally([each.mark if each else None for each in known])

    def number_in(self, standing: Standing) -> int:
        """How many people stand like this."""
        return sum(line.standing is standing for line in self.lines)


def register(actor: Actor, training: TrainingSession) -> Register:
    """The grid, of everybody or - for a factory - of the own people. The caller has checked the training session.

    Three statements.
    """
    meetings = [meeting for meeting in training.meetings if meeting.state is MeetingState.PLANNED]
    held = [meeting for meeting in training.meetings if meeting.state is not MeetingState.CANCELLED]
    rule = rule_of(training.version)
    needed = needed_share(training.version)
    marks, apart = marks_of(training.id), exceptions(training.id)
    lines = []
    people = with_people(training.id).where(_has_part(), _visible(actor, training)).add_columns(number_of_seat())
    for seat, number in db.session.execute(people):
        known = [marks.get((seat.person_id, meeting.id)) for meeting in meetings]
        own = half_days(held, marks, seat.person_id)
        there = [_elsewhere(apart.get((seat.id, meeting.id)), meeting) for meeting in meetings]
        share, standing = rules.attended_share(own, rule), rules.standing(own, needed, rule)
        lines.append(Line(seat, number or "", known, there, share, standing))
    return Register(meetings, lines, needed, rule.by)


def _elsewhere(exception: SeatAtMeeting | None, meeting: Meeting) -> Site | None:
    """Only a half-day that is open both ways can be joined in another way."""
    return exception.site if exception and meeting.modality is Modality.HYBRID else None


def _has_part() -> sa.ColumnElement[bool]:
    """Booked, or withdrawn after a mark: what happened stays visible."""
    marked = sa.exists().where(
        CurrentMark.person_id == Seat.person_id,
        CurrentMark.meeting_id == Meeting.id,
        Meeting.training_id == Seat.training_id,
    )
    return sa.or_(Seat.state == SeatState.BOOKED, marked)


def _visible(actor: Actor, training: TrainingSession) -> sa.ColumnElement[bool]:
    if sessions_policy.sees_all_seats(actor, training):
        return sa.true()
    return Seat.factory_id.in_(actor.scope(Permission.SESSIONS_READ).factories)


def training_to_read(actor: Actor, training_id: int) -> TrainingSession:
    """A training session with what its register needs. Two statements. Raises NotFound when it may not be seen."""
    parts = joinedload(TrainingSession.programme), joinedload(TrainingSession.version)
    own = sa.select(TrainingSession).where(TrainingSession.id == training_id, visible(actor)).options(*parts)
    loaded = own.options(joinedload(TrainingSession.trainers), selectinload(TrainingSession.meetings))
    found = db.session.scalars(loaded).unique().one_or_none()
    if found is None:
        raise NotFound
    return found
