"""Scheduling a training session."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions.models import Meeting, Site, Trainer, TrainingSession
from app.sessions.rules import MeetingState, Modality, SiteKind, TrainingState
from app.sessions.rules.codes import draw_code
from app.sessions.rules.wall_time import Fault, HalfDay, fault_of, first_overlap, moments
from app.sessions.wording import FAULTS


@dataclass(frozen=True)
class PlannedHalfDay:
    """A half-day to be held, by the clock on the wall."""

    when: HalfDay
    modality: Modality
    join_url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a trainer has decided. A factory in `factory_ids` gets a room that joins by link."""

    programme_id: int
    version_id: int
    language: str
    half_days: tuple[PlannedHalfDay, ...]
    trainer_ids: tuple[int, ...]
    capacity_in_person: int
    capacity_virtual: int
    venue: str | None = None
    factory_ids: tuple[int, ...] = ()
    remote: bool = False


def schedule(actor: Actor, plan: Plan) -> TrainingSession:
    """Make a tentative training session. Raises NotFound out of scope, Refused for impossible times.

    The system itself may plan in the past: stories and imports tell what was.
    """
    if not actor.scope(Permission.SESSIONS_PLAN).reaches(plan.programme_id):
        raise NotFound
    _refuse_impossible(actor, [half_day.when for half_day in plan.half_days])
    training = TrainingSession(
        programme_id=plan.programme_id,
        version_id=plan.version_id,
        code=_free_code(),
        state=TrainingState.TENTATIVE,
        language=plan.language,
        capacity_in_person=plan.capacity_in_person,
        capacity_virtual=plan.capacity_virtual,
        created_at=now(),
        created_by=actor.account_id,
    )
    training.meetings = [_meeting(number, half_day) for number, half_day in enumerate(plan.half_days, 1)]
    training.sites = _sites(plan)
    training.trainers = [Trainer(account_id=account_id) for account_id in plan.trainer_ids]
    db.session.add(training)
    db.session.flush()  # the log and the answer need the id
    audit.record(actor, "sessions.schedule", f"training:{training.id}", half_days=len(plan.half_days))
    return training


def _refuse_impossible(actor: Actor, half_days: Sequence[HalfDay]) -> None:
    borne = {Fault.PAST} if actor.is_system else set()
    for half_day in half_days:
        fault = fault_of(half_day, now())
        if fault and fault[1] not in borne:
            raise Refused(str(FAULTS[fault[1]]))
    if not half_days:
        raise Refused(_("A training session needs a half-day."))
    if first_overlap([moments(half_day) for half_day in half_days]) is not None:
        raise Refused(str(FAULTS[Fault.OVERLAP]))


def _free_code() -> str:
    """A code that nobody has. The unique constraint guards the moment in between."""
    while True:
        code = draw_code(secrets.choice)
        if db.session.scalar(sa.select(TrainingSession.id).where(TrainingSession.code == code)) is None:
            return code


def _meeting(number: int, planned: PlannedHalfDay) -> Meeting:
    starts_at, ends_at = moments(planned.when)
    return Meeting(
        number=number,
        starts=planned.when.starts,
        ends=planned.when.ends,
        zone=planned.when.zone,
        starts_at=starts_at,
        ends_at=ends_at,
        modality=planned.modality,
        join_url=planned.join_url if planned.modality is not Modality.IN_PERSON else None,
        state=MeetingState.PLANNED,
    )


def _sites(plan: Plan) -> list[Site]:
    """Rooms of factories outside the programme are NotFound."""
    own = sa.select(Factory).where(Factory.id.in_(plan.factory_ids), Factory.programme_id == plan.programme_id)
    factories = db.session.scalars(own.order_by(Factory.name, Factory.id)).all()
    if len(factories) != len(set(plan.factory_ids)):
        raise NotFound
    venue = [Site(kind=SiteKind.VENUE, name=plan.venue)] if plan.venue else []
    rooms = [Site(kind=SiteKind.FACTORY_ROOM, name=factory.name, factory_id=factory.id) for factory in factories]
    return [*venue, *rooms, *([Site(kind=SiteKind.REMOTE, name="")] if plan.remote else [])]
