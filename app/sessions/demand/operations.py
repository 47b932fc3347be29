"""Declaring, changing and withdrawing an interest; planning it with a training session. None of them commits."""

from dataclasses import asdict, dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.access.permissions import Permission
from app.courses import queries as courses
from app.factories.queries import factory_by_code
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.demand.models import IS_WAITING, Interest
from app.sessions.demand.queries import interest, waiting
from app.sessions.demand.rules import WAITING, InterestState
from app.sessions.models import TrainingSession
from app.sessions.operations.loading import hold
from app.sessions.rules import Modality, TrainingState, is_open


@dataclass(frozen=True)
class Wish:
    """For how many people, when, how and in which language; None where anything will do."""

    people: int
    month: date | None
    modality: Modality | None
    language: str
    note: str


def declare(actor: Actor, factory_code: str, course_code: str, wish: Wish) -> tuple[Interest, bool]:
    """The interest of a factory in a course, and whether it is new: one that waits already is changed.

    Raises NotFound where the actor does not speak for the factory, Refused for a course that is no longer offered.
    """
    factory = factory_by_code(actor, factory_code, Permission.INTEREST_DECLARE)
    course = courses.course_by_code(course_code)
    if course.archived_at is not None:
        raise Refused(_("This course is no longer offered."))
    new_id = db.session.scalar(
        insert(Interest)
        .values(
            factory_id=factory.id, course_id=course.id, state=InterestState.OPEN, declared_at=now(),
            declared_by=actor.account_id, changed_at=now(), training_id=None, **asdict(wish),
        )
        .on_conflict_do_nothing(index_elements=["factory_id", "course_id"], index_where=IS_WAITING)
        .returning(Interest.id)
    )
    if new_id is None:
        return _change(actor, waiting(factory.id, course.id), wish), False
    audit.record(actor, "sessions.declare_interest", f"interest:{new_id}", factory=factory.id, people=wish.people)
    return db.session.get_one(Interest, new_id), True


def withdraw(actor: Actor, interest_id: int) -> Interest:
    """The factory does not want it any more. Again changes nothing. Raises NotFound; Refused when it was met."""
    found = interest(actor, interest_id, Permission.INTEREST_DECLARE, lock=True)
    if found.state is InterestState.MET:
        raise Refused(_("A training session is confirmed for it. Withdraw the seats there."))
    if found.state is not InterestState.WITHDRAWN:
        found.state, found.changed_at = InterestState.WITHDRAWN, now()
        audit.record(actor, "sessions.withdraw_interest", f"interest:{found.id}")
    return found


def plan(actor: Actor, interest_id: int, training_id: int | None) -> Interest:
    """Plan it with a training session of its course in its programme, or with none any more.

    With a confirmed one it is met. Raises NotFound; Refused when it does not wait or the session does not fit.
    """
    training = hold(actor, training_id) if training_id is not None else None  # first, as whoever settles it does
    found = interest(actor, interest_id, Permission.SESSIONS_PLAN, lock=True)
    if found.state not in WAITING:
        raise Refused(_("This interest is closed. Nothing was changed."))
    if training is not None:
        _refuse_unfitting(actor, found, training)
    found.training_id, found.changed_at = training_id, now()
    found.state = _state(training)
    audit.record(actor, "sessions.plan_interest", f"interest:{found.id}", training=training_id)
    return found


def meet(training_id: int) -> None:
    """The training session is confirmed: what was planned with it is met."""
    for found in _of_training(training_id, [InterestState.PLANNED]):
        _settle(found, InterestState.MET, training_id)


def reopen(training_id: int) -> None:
    """The training session is cancelled: what was planned with it waits again, unless it was declared anew since."""
    for found in _of_training(training_id, [InterestState.PLANNED, InterestState.MET]):
        if found.state in WAITING or not _waits(found.factory_id, found.course_id):
            _settle(found, InterestState.OPEN, None)


def _change(actor: Actor, found: Interest, wish: Wish) -> Interest:
    changed = [name for name, value in asdict(wish).items() if getattr(found, name) != value]
    if changed:
        for name in changed:
            setattr(found, name, getattr(wish, name))
        found.changed_at = now()
        audit.record(actor, "sessions.change_interest", f"interest:{found.id}", changed=changed, people=wish.people)
    return found


def _refuse_unfitting(actor: Actor, found: Interest, training: TrainingSession) -> None:
    if not policy.may_plan(actor, training):
        raise NotFound
    fits = training.version.course_id == found.course_id and training.programme_id == found.factory.programme_id
    if not fits or not is_open(training.state) or training.state is TrainingState.DRAFT:
        raise Refused(_("Choose a training session of this course that is still to come."))


def _state(training: TrainingSession | None) -> InterestState:
    if training is None:
        return InterestState.OPEN
    return InterestState.MET if training.state is TrainingState.CONFIRMED else InterestState.PLANNED


def _of_training(training_id: int, states: list[InterestState]) -> list[Interest]:
    mine = sa.select(Interest).where(Interest.training_id == training_id, Interest.state.in_(states))
    return list(db.session.scalars(mine.order_by(Interest.id).with_for_update()))


def _waits(factory_id: int, course_id: int) -> bool:
    held = Interest.factory_id == factory_id, Interest.course_id == course_id, Interest.state.in_(WAITING)
    return bool(db.session.scalar(sa.select(sa.exists().where(*held))))


def _settle(found: Interest, state: InterestState, training_id: int | None) -> None:
    found.state, found.training_id, found.changed_at = state, training_id, now()
    db.session.flush()  # the next one of the same factory must find it
    audit.record(SYSTEM, "sessions.settle_interest", f"interest:{found.id}", state=state.value)
