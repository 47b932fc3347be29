"""One training session with too many people becomes two."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions.events import TrainingConfirmed
from app.sessions.models import Seat, SeatAtMeeting, TrainingSession
from app.sessions.operations.copying import alike, kept_half_days
from app.sessions.operations.loading import to_plan
from app.sessions.operations.seats.promoting import fill
from app.sessions.operations.seats.telling import settle
from app.sessions.operations.times import refuse_clash
from app.sessions.queries.cohorts import seats_to_split
from app.sessions.queries.seating import capacity, taken
from app.sessions.rules import HOLDING, MeetingState, TrainingState
from app.sessions.rules.places import free_place
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
    """The new cohort: the same plan from another day on, with the chosen people, whose seats go with them. Who waits,
    here or there, gets what is free by the rule of the waiting list. Calendars follow.

    Raises NotFound for seats of others; Refused when it has begun, when somebody chosen would lose the place, or when
    nobody would stay or go.
    """
    training = to_plan(actor, training_id)
    if known := made_before(training, wanted):
        return known
    _refuse_unsplittable(training)
    seats = going(training, wanted.seat_ids, wanted.factory_ids)
    shift = timedelta(days=(wanted.starts_on - _first_day(training)).days)
    cohort = alike(training, shift, training.state)
    cohort.created_by, cohort.cohort = actor.account_id, wanted.goes[:LONGEST_NAME]
    training.cohort = training.cohort or wanted.stays[:LONGEST_NAME]
    refuse_clash(actor, cohort, {m.number: HalfDay(m.starts, m.ends, m.zone) for m in cohort.meetings})
    _move(training, cohort, seats)
    fill(cohort)
    audit.record(actor, "sessions.split", f"training:{training.id}", cohort=cohort.id, seats=[s.id for s in seats])
    settle(actor, training, fill(training))
    settle(actor, cohort, seats)
    if cohort.state is TrainingState.CONFIRMED:
        publish(TrainingConfirmed(cohort.id))
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


def made_before(training: TrainingSession, wanted: Split) -> TrainingSession | None:
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


def _move(training: TrainingSession, cohort: TrainingSession, seats: Sequence[Seat]) -> None:
    """Who holds a place here has one there, in the same order. Ways of joining single half-days are not taken along."""
    sites = dict(zip((site.id for site in training.sites), cohort.sites, strict=True))
    db.session.execute(sa.delete(SeatAtMeeting).where(SeatAtMeeting.seat_id.in_([seat.id for seat in seats])))
    for seat in seats:
        seat.place = None
    db.session.flush()  # the places they leave and those they take never stand beside each other
    for seat in seats:
        seat.training_id, seat.site_id = cohort.id, sites[seat.site_id].id
    db.session.flush()
    for seat in seats:
        if seat.state in HOLDING:
            seat.place = free_place(taken(cohort, seat.modality), capacity(cohort, seat.modality))
            if seat.place is None:
                raise Refused(_("There are not enough places for those who were chosen. Nobody was moved."))
            db.session.flush()  # the unique constraint has the last word on a place
