"""One training session with too many people becomes two."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions.events import SeatsSettled, TrainingConfirmed
from app.sessions.models import Seat, SeatAtMeeting, SeatMove, TrainingSession
from app.sessions.operations import invitations
from app.sessions.operations.copying import alike, kept_half_days
from app.sessions.operations.loading import to_plan
from app.sessions.operations.times import refuse_clash
from app.sessions.queries.cohorts import seats_to_split
from app.sessions.rules import HOLDING, MeetingState, Modality, SeatState, TrainingState
from app.sessions.rules.places import smallest_free
from app.sessions.rules.wall_time import HalfDay

LONGEST_NAME = 60


@dataclass(frozen=True, kw_only=True)
class Split:
    """Who goes, on which first day they begin, and how the two are called."""

    seat_ids: frozenset[int] = frozenset()
    factory_ids: frozenset[int] = frozenset()
    starts_on: date
    stays: str
    goes: str


def split(actor: Actor, training_id: int, wanted: Split) -> TrainingSession:
    """The new cohort: the same plan from another day on, with the chosen people, whose seats go with them. Who waited
    gets a place there while there is one. Calendars follow. Raises NotFound for seats of others; Refused when it has
    begun, when somebody chosen would lose the place, or when nobody would stay or go.
    """
    training = to_plan(actor, training_id)
    if known := _made_before(training, wanted):
        return known
    _refuse_unsplittable(training)
    seats = going(training, wanted.seat_ids, wanted.factory_ids)
    shift = timedelta(days=(wanted.starts_on - _first_day(training)).days)
    cohort = alike(training, shift, training.state)
    cohort.created_by, cohort.cohort = actor.account_id, wanted.goes[:LONGEST_NAME]
    training.cohort = training.cohort or wanted.stays[:LONGEST_NAME]
    refuse_clash(actor, cohort, {m.number: HalfDay(m.starts, m.ends, m.zone) for m in cohort.meetings})
    _move(actor, training, cohort, seats)
    audit.record(actor, "sessions.split", f"training:{training.id}", cohort=cohort.id, seats=[s.id for s in seats])
    invitations.settle(training)
    invitations.settle(cohort)
    if cohort.state is TrainingState.CONFIRMED:
        publish(TrainingConfirmed(cohort.id))
    by_factory = sorted(seats, key=lambda seat: (seat.factory_id, seat.id))
    for factory_id, own in groupby(by_factory, key=lambda seat: seat.factory_id):
        publish(SeatsSettled(cohort.id, factory_id, tuple(seat.id for seat in own)))
    return cohort


def going(
    training: TrainingSession, seat_ids: Collection[int], factory_ids: Collection[int]
) -> Sequence[Seat]:
    """The chosen seats, in the order in which they were asked for. Raises NotFound, Refused."""
    alive = seats_to_split(training)
    if not set(seat_ids) <= {seat.id for seat in alive}:
        raise NotFound
    chosen = [seat for seat in alive if seat.id in seat_ids or seat.factory_id in factory_ids]
    if not chosen:
        raise Refused(_("Choose who goes to the new cohort."))
    if len(chosen) == len(alive):
        raise Refused(_("Somebody must stay. Copy the training session to hold it on other days."))
    return chosen


def _refuse_unsplittable(training: TrainingSession) -> None:
    if training.state not in {TrainingState.TENTATIVE, TrainingState.CONFIRMED} or not training.meetings:
        raise Refused(_("Only a training session with dates can be split."))
    if any(m.starts_at <= now() for m in training.meetings if m.state is MeetingState.PLANNED):
        raise Refused(_("It has begun, so people can no longer go to another cohort."))


def _made_before(training: TrainingSession, wanted: Split) -> TrainingSession | None:
    """A form that was sent twice finds the cohort that it made. Raises Refused when another one has its name."""
    origin = training.origin_id or training.id
    known = db.session.scalar(
        sa.select(TrainingSession).where(
            sa.or_(TrainingSession.origin_id == origin, TrainingSession.id == origin),
            TrainingSession.cohort == wanted.goes[:LONGEST_NAME], TrainingSession.state != TrainingState.CANCELLED,
        )
    )  # fmt: skip
    if known is not None and (known.id == training.id or _first_day(known) != wanted.starts_on):
        raise Refused(_("There is a cohort with this name. Choose another one."))
    return known


def _first_day(training: TrainingSession) -> date:
    return kept_half_days(training)[0].starts.date()


def _move(actor: Actor, training: TrainingSession, cohort: TrainingSession, seats: Sequence[Seat]) -> None:
    sites = dict(zip((site.id for site in training.sites), cohort.sites, strict=True))
    held = [seat for seat in seats if seat.state in HOLDING]
    waiting = [seat for seat in seats if seat.state is SeatState.WAIT_LISTED and seat.person_id is not None]
    _forget_exceptions(seats)
    for seat in seats:
        seat.place = None
    db.session.flush()  # the places they leave and those they take never stand beside each other
    for seat in seats:
        seat.training_id, seat.site_id = cohort.id, sites[seat.site_id].id
    db.session.flush()
    for seat in held:
        if not _place(cohort, seat):
            raise Refused(_("There are not enough places for those who were chosen. Nobody was moved."))
    for seat in waiting:
        if _place(cohort, seat):
            db.session.add(
                SeatMove(
                    seat_id=seat.id, at=now(), account_id=actor.account_id, before=seat.state,
                    after=SeatState.BOOKED, person_id=seat.person_id,
                )
            )  # fmt: skip
            seat.state, seat.settled_at = SeatState.BOOKED, now()
    db.session.flush()  # the calendars are settled with what is written


def _forget_exceptions(seats: Sequence[Seat]) -> None:
    """Who joined one half-day in another way does so in the new cohort as the seat says: the days are others."""
    db.session.execute(sa.delete(SeatAtMeeting).where(SeatAtMeeting.seat_id.in_([seat.id for seat in seats])))


def _place(cohort: TrainingSession, seat: Seat) -> bool:
    """Give it the smallest free place of its kind; False when there is none."""
    is_virtual = seat.modality is Modality.VIRTUAL
    capacity = cohort.capacity_virtual if is_virtual else cohort.capacity_in_person
    taken = db.session.scalars(
        sa.select(Seat.place).where(
            Seat.training_id == cohort.id, Seat.modality == seat.modality, Seat.place.is_not(None)
        )
    )
    seat.place = smallest_free((place for place in taken if place), capacity)
    db.session.flush()  # the unique constraint has the last word on a place
    return seat.place is not None
