"""The register of a training session: people by half-days."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.attendance import rules
from app.attendance.models import CurrentMark
from app.attendance.queries.marks import Known, marks_of, numbers
from app.attendance.queries.rule import half_days, needed_share, rule_of
from app.attendance.rules import Mark, Standing, Tally
from app.courses.rules import AttendanceBy
from app.platform.db import db
from app.sessions import policy as sessions_policy
from app.sessions.models import Meeting, Seat, SeatAtMeeting, Site, TrainingSession
from app.sessions.queries.joining import exceptions
from app.sessions.queries.lookup import with_people
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

    def number_in(self, standing: Standing) -> int:
        """How many people stand like this."""
        return sum(line.standing is standing for line in self.lines)


def register(actor: Actor, training: TrainingSession) -> Register:
    """The grid, of everybody or - for a factory - of the own people. The caller has checked the training session."""
    meetings = [meeting for meeting in training.meetings if meeting.state is MeetingState.PLANNED]
    held = [meeting for meeting in training.meetings if meeting.state is not MeetingState.CANCELLED]
    rule = rule_of(training.version)
    needed = needed_share(training.version)
    marks, own_numbers, apart = marks_of(training.id), numbers(training.id), exceptions(training.id)
    lines = []
    for seat in db.session.scalars(with_people(training.id).where(_has_part(), _visible(actor, training))):
        known = [marks.get((seat.person_id, meeting.id)) for meeting in meetings]
        own = half_days(held, marks, seat.person_id)
        number = own_numbers.get(seat.person_id, "")
        there = [_elsewhere(apart.get((seat.id, meeting.id)), meeting) for meeting in meetings]
        share, standing = rules.attended_share(own, rule), rules.standing(own, needed, rule)
        lines.append(Line(seat, number, known, there, share, standing))
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


def tallies(training: TrainingSession) -> dict[int, Tally]:
    """The tally of each half-day, by its id, over the people with a booked seat."""
    is_booked = sa.and_(Seat.training_id == training.id, Seat.state == SeatState.BOOKED)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(Seat).where(is_booked)) or 0
    counted = db.session.execute(
        sa.select(CurrentMark.meeting_id, CurrentMark.mark, sa.func.count())
        .join(Seat, sa.and_(is_booked, Seat.person_id == CurrentMark.person_id))
        .where(CurrentMark.meeting_id.in_([meeting.id for meeting in training.meetings]))
        .group_by(CurrentMark.meeting_id, CurrentMark.mark)
    ).all()
    by_meeting: dict[int, Counter[Mark]] = {meeting.id: Counter() for meeting in training.meetings}
    for meeting_id, mark, number in counted:
        by_meeting[meeting_id][mark] = number
    return {meeting_id: Tally(total, marks) for meeting_id, marks in by_meeting.items()}
