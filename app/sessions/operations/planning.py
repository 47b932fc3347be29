"""Scheduling a training session, and who teaches it."""

import secrets
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.models import Trainer, TrainingSession
from app.sessions.operations import invitations
from app.sessions.operations.half_days import MOST_HALF_DAYS, furnish, made
from app.sessions.operations.loading import to_plan
from app.sessions.operations.plans import Plan
from app.sessions.operations.sites import sites_of_plan
from app.sessions.queries.planning import possible_trainers
from app.sessions.queries.registers import refuse_unknown
from app.sessions.rules import TrainingState
from app.sessions.rules.codes import draw_code
from app.sessions.rules.wall_time import Fault, HalfDay, fault_of, first_overlap, moments
from app.sessions.wording import FAULTS


def schedule(actor: Actor, plan: Plan) -> TrainingSession:
    """Make a tentative training session, or a draft. Raises NotFound out of scope, Refused for impossible times.

    The system itself may plan in the past: stories and imports tell what was.
    """
    if not policy.may_plan_in(actor, plan.programme_id):
        raise NotFound
    _refuse_impossible(actor, plan)
    training = TrainingSession(
        programme_id=plan.programme_id,
        version_id=plan.version_id,
        code=free_code(),
        state=TrainingState.DRAFT if plan.is_draft else TrainingState.TENTATIVE,
        language=plan.language,
        capacity_in_person=plan.capacity_in_person,
        capacity_virtual=plan.capacity_virtual,
        created_at=now(),
        created_by=actor.account_id,
        expected_on=None if plan.half_days else plan.expected_on,
        group_id=plan.group_id,
    )
    half_days = dict(enumerate(plan.half_days, 1))
    training.meetings = [made(number, half_day) for number, half_day in half_days.items()]
    training.sites = sites_of_plan(plan)
    training.trainers = [Trainer(account_id=account_id) for account_id in plan.trainer_ids]
    db.session.add(training)
    db.session.flush()  # the log and the answer need the id, and so do the parts of half-days
    furnish(training, half_days)
    audit.record(actor, "sessions.schedule", f"training:{training.id}", half_days=len(plan.half_days))
    return training


def change_trainers(actor: Actor, training_id: int, account_ids: Collection[int]) -> TrainingSession:
    """Exactly these teach; calendars follow. Raises NotFound for somebody who cannot teach there, Refused for none."""
    training = to_plan(actor, training_id)
    before = {trainer.account_id for trainer in training.trainers}
    wanted = set(account_ids)
    if not wanted:
        raise Refused(_("Choose who teaches."))
    if not wanted - before <= {account.id for account in possible_trainers(actor, training.programme)}:
        raise NotFound
    if wanted == before:
        return training
    for trainer in list(training.trainers):
        if trainer.account_id not in wanted:
            training.trainers.remove(trainer)
            db.session.delete(trainer)
    training.trainers.extend(Trainer(account_id=account_id) for account_id in sorted(wanted - before))
    db.session.flush()  # the calendars are settled with what is written
    audit.record(actor, "sessions.change_trainers", f"training:{training.id}", accounts=sorted(wanted))
    invitations.settle(training)
    return training


def free_code() -> str:
    """A code that nobody has. The unique constraint guards the moment in between."""
    while True:
        code = draw_code(secrets.choice)
        if db.session.scalar(sa.select(TrainingSession.id).where(TrainingSession.code == code)) is None:
            return code


def _refuse_impossible(actor: Actor, plan: Plan) -> None:
    _refuse_times(actor, [half_day.when for half_day in plan.half_days])
    if not plan.half_days and not (plan.expected_on or plan.is_draft):
        raise Refused(_("A training session needs a half-day."))
    if len(plan.half_days) > MOST_HALF_DAYS:
        raise Refused(_("A training session has at most %(most)s half-days.", most=MOST_HALF_DAYS))
    interpreters = {each for half_day in plan.half_days for each in half_day.interpreter_ids}
    hosts = {half_day.host_id for half_day in plan.half_days if half_day.host_id}
    refuse_unknown(plan.programme_id, interpreters, hosts)


def _refuse_times(actor: Actor, half_days: Sequence[HalfDay]) -> None:
    borne = {Fault.PAST} if actor.is_system else set()
    for half_day in half_days:
        fault = fault_of(half_day, now())
        if fault and fault[1] not in borne:
            raise Refused(str(FAULTS[fault[1]]))
    if first_overlap([moments(half_day) for half_day in half_days]) is not None:
        raise Refused(str(FAULTS[Fault.OVERLAP]))
