"""The own seats of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, Seat, Site, TrainingSession
from app.sessions.queries.joining import Exceptions, exceptions_of, site_of
from app.sessions.rules import MeetingState, SeatState, TrainingState, joins_by_link

_SHOWN = (SeatState.REQUESTED, SeatState.OFFERED, SeatState.BOOKED, SeatState.WAIT_LISTED)
_OPEN = (TrainingState.TENTATIVE, TrainingState.CONFIRMED, TrainingState.POSTPONED)


@dataclass(frozen=True)
class OwnSeat:
    """A seat in a training session that is not over, and its half-days to come with the site of each."""

    seat: Seat
    training: TrainingSession
    half_days: Sequence[tuple[Meeting, Site]]

    @property
    def links(self) -> frozenset[int]:
        """The half-days that the person joins by link, by id: only with a booked seat in a confirmed session."""
        if self.seat.state is not SeatState.BOOKED or self.training.state is not TrainingState.CONFIRMED:
            return frozenset()
        return frozenset(
            meeting.id for meeting, site in self.half_days if joins_by_link(meeting.modality, site.kind.modality)
        )

    @property
    def is_offered(self) -> bool:
        """Whether the place can be taken; of one that waits for dates, until it has them."""
        waits = self.training.state is TrainingState.POSTPONED
        return self.seat.state is SeatState.OFFERED and (waits or (self.seat.offer_until or now()) > now())


def own_seats(person_id: int) -> list[OwnSeat]:
    """What the person has, asked for or waits for, the nearest first. Six statements."""
    seats = db.session.scalars(
        sa.select(Seat).where(Seat.person_id == person_id, Seat.state.in_(_SHOWN)).options(joinedload(Seat.site))
    ).all()
    trainings = {row.id: row for row in _open_trainings({seat.training_id for seat in seats})}
    known = exceptions_of([seat.id for seat in seats])
    found = [_own(seat, trainings[seat.training_id], known) for seat in seats if seat.training_id in trainings]
    return sorted((each for each in found if each.half_days or _waits_for_dates(each.training)), key=_nearest)


def _waits_for_dates(training: TrainingSession) -> bool:
    return not training.meetings or any(meeting.state is MeetingState.POSTPONED for meeting in training.meetings)


def _nearest(own: OwnSeat) -> tuple[bool, datetime, int]:
    """Those without a date last."""
    return not own.half_days, own.half_days[0][0].starts_at if own.half_days else now(), own.seat.id


def has_own_seats(person_id: int) -> bool:
    """Whether there is anything to show. One statement."""
    is_open = sa.exists().where(TrainingSession.id == Seat.training_id, TrainingSession.state.in_(_OPEN))
    is_over = sa.exists().where(Meeting.training_id == Seat.training_id) & ~sa.exists().where(
        Meeting.training_id == Seat.training_id,
        sa.or_(Meeting.ends_at > now(), Meeting.state == MeetingState.POSTPONED),
    )
    seat = sa.select(Seat.id).where(Seat.person_id == person_id, Seat.state.in_(_SHOWN), is_open, ~is_over)
    return db.session.scalar(seat.limit(1)) is not None


def _open_trainings(ids: set[int]) -> Sequence[TrainingSession]:
    statement = sa.select(TrainingSession).where(TrainingSession.id.in_(ids), TrainingSession.state.in_(_OPEN))
    parts = (
        joinedload(TrainingSession.version),
        joinedload(TrainingSession.programme),
        selectinload(TrainingSession.sites),
        selectinload(TrainingSession.meetings).selectinload(Meeting.sites),
    )
    return db.session.scalars(statement.options(*parts)).all()


def _own(seat: Seat, training: TrainingSession, known: Exceptions) -> OwnSeat:
    coming = [
        meeting for meeting in sorted(training.meetings, key=lambda meeting: (meeting.starts_at, meeting.number))
        if meeting.state is MeetingState.PLANNED and meeting.ends_at > now()
    ]
    sites = {meeting.id: meeting.sites or training.sites for meeting in coming}
    return OwnSeat(
        seat, training, [(meeting, site_of(seat, meeting, known, sites[meeting.id])) for meeting in coming]
    )
