"""The verbs of demand: declared once, changed, withdrawn, planned, met and open again."""

from datetime import date
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import Actor
from app.access.roles import Role
from app.courses.models import Course, CourseVersion
from app.factories.models import Factory
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.refusal import NotFound, Refused
from app.sessions import operations as sessions
from app.sessions.demand import operations
from app.sessions.demand.models import Interest
from app.sessions.demand.operations import Wish
from app.sessions.demand.rules import InterestState, months_from
from app.sessions.rules import Modality, TrainingState
from tests.make import accounts, courses, demand, factories
from tests.make import sessions as make
from tests.sessions.test_race import _race

TWELVE = Wish(12, date(2027, 3, 1), Modality.VIRTUAL, "km", "After the holidays, please.")


@pytest.fixture
def version(app: Flask) -> CourseVersion:
    return courses.version("sst")


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("MILL")


@pytest.fixture
def speaker(factory: Factory) -> Actor:
    return accounts.actor(accounts.account(Role.FOCAL_POINT, factory=factory))


@pytest.fixture
def planner(app: Flask) -> Actor:
    return accounts.actor(accounts.account(Role.TRAINER, programme=factories.programme()))


def _said() -> list[str]:
    log = sa.select(AuditEntry.action).where(AuditEntry.action.contains("interest")).order_by(AuditEntry.id)
    return list(db.session.scalars(log))


def test_declared_once_and_then_changed(version: CourseVersion, factory: Factory, speaker: Actor) -> None:
    found, is_new = operations.declare(speaker, "MILL", "sst", TWELVE)
    assert is_new and found.state is InterestState.OPEN and found.declared_by == speaker.account_id
    assert (found.people, found.month, found.modality, found.language, found.note) == (12, date(2027, 3, 1), Modality.VIRTUAL, "km", "After the holidays, please.")
    again, is_new = operations.declare(speaker, "MILL", "sst", TWELVE)
    assert (again.id, is_new) == (found.id, False)
    changed, is_new = operations.declare(speaker, "MILL", "sst", Wish(20, None, None, "en", ""))
    assert (changed.id, changed.people, changed.month, changed.modality, is_new) == (found.id, 20, None, None, False)
    assert _said() == ["sessions.declare_interest", "sessions.change_interest"], "what changes nothing is not logged"
    details = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "sessions.declare_interest")).one()
    assert "holidays" not in str(details.details), "the log holds no free text"


def test_withdrawn_and_declared_anew(version: CourseVersion, factory: Factory, speaker: Actor) -> None:
    first, _ = operations.declare(speaker, "MILL", "sst", TWELVE)
    for _ in range(2):
        assert operations.withdraw(speaker, first.id).state is InterestState.WITHDRAWN
    second, is_new = operations.declare(speaker, "MILL", "sst", TWELVE)
    assert is_new and second.id != first.id
    assert _said() == ["sessions.declare_interest", "sessions.withdraw_interest", "sessions.declare_interest"]


def test_what_is_archived_cannot_be_wanted(version: CourseVersion, factory: Factory, speaker: Actor) -> None:
    db.session.execute(sa.update(Course).values(archived_at=now()))
    db.session.expire_all()
    with pytest.raises(Refused):
        operations.declare(speaker, "MILL", "sst", TWELVE)
    with pytest.raises(NotFound):
        operations.declare(speaker, "MILL", "nothing", TWELVE)


def test_only_who_speaks_for_the_factory(version: CourseVersion, factory: Factory, planner: Actor) -> None:
    other = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=factories.factory()))
    theirs = demand.interest(factory, version.course)
    advisor = accounts.actor(accounts.account(Role.ADVISOR, factory=factory))
    for actor in (other, planner):  # a trainer plans, and does not want
        with pytest.raises(NotFound):
            operations.declare(actor, "MILL", "sst", TWELVE)
        with pytest.raises(NotFound):
            operations.withdraw(actor, theirs.id)
    for actor in (other, advisor):
        with pytest.raises(NotFound):
            operations.plan(actor, theirs.id, None)
    assert operations.declare(advisor, "MILL", "sst", TWELVE)[0].id == theirs.id


def test_planned_then_confirmed_is_met(version: CourseVersion, factory: Factory, planner: Actor, speaker: Actor) -> None:
    found = demand.interest(factory, version.course)
    other = demand.interest(factories.factory(), version.course)
    training = make.training(version=version)
    assert operations.plan(planner, found.id, training.id).state is InterestState.PLANNED
    assert operations.plan(planner, found.id, None).state is InterestState.OPEN
    operations.plan(planner, found.id, training.id)
    assert operations.declare(speaker, "MILL", "sst", TWELVE)[0].state is InterestState.PLANNED, "a change leaves it planned"
    sessions.confirm(planner, training.id)
    assert [(each.state, each.training_id) for each in (found, other)] == [(InterestState.MET, training.id), (InterestState.OPEN, None)]
    with pytest.raises(Refused):
        operations.withdraw(speaker, found.id)
    with pytest.raises(Refused):
        operations.plan(planner, found.id, None)
    sessions.cancel(planner, training.id, "Flood")
    db.session.refresh(found)
    assert (found.state, found.training_id) == (InterestState.OPEN, None)
    assert _said()[-2:] == ["sessions.settle_interest", "sessions.settle_interest"]


def test_with_a_confirmed_session_it_is_met_at_once(version: CourseVersion, factory: Factory, planner: Actor) -> None:
    training = make.training(version=version, state=TrainingState.CONFIRMED)
    found = demand.interest(factory, version.course)
    assert operations.plan(planner, found.id, training.id).state is InterestState.MET


def test_cancelled_after_it_was_declared_anew(version: CourseVersion, factory: Factory, planner: Actor, speaker: Actor) -> None:
    """One waits at a time: what was met stays where another wish waits already."""
    training = make.training(version=version, state=TrainingState.CONFIRMED)
    met = demand.interest(factory, version.course, state=InterestState.MET, training_id=training.id)
    operations.declare(speaker, "MILL", "sst", TWELVE)
    sessions.cancel(planner, training.id, "Flood")
    db.session.refresh(met)
    assert met.state is InterestState.MET


def test_only_a_session_that_fits(version: CourseVersion, factory: Factory, planner: Actor) -> None:
    found = demand.interest(factory, version.course)
    abroad = factories.programme("BD", zone="Asia/Dhaka", languages=["bn"], country="BD")
    wrong = [
        make.training(version=courses.version("other")), make.training(version=version, state=TrainingState.CANCELLED),
        make.training(version=version, state=TrainingState.CLOSED),
    ]
    for training in wrong:
        with pytest.raises(Refused):
            operations.plan(planner, found.id, training.id)
    for number in (make.training(version=version, programme=abroad).id, 999_999):
        with pytest.raises(NotFound):
            operations.plan(planner, found.id, number)
    everywhere = accounts.actor(accounts.account(Role.ADMINISTRATOR))
    with pytest.raises(Refused):
        operations.plan(everywhere, found.id, db.session.scalar(sa.select(sa.func.max(make.TrainingSession.id))))
    assert found.state is InterestState.OPEN


def test_one_interest_waits_at_a_time(version: CourseVersion, factory: Factory) -> None:
    demand.interest(factory, version.course, state=InterestState.PLANNED)
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        demand.interest(factory, version.course)
    for state in (InterestState.WITHDRAWN, InterestState.MET, InterestState.WITHDRAWN):
        demand.interest(factory, version.course, state=state)


@pytest.mark.slow
def test_sixteen_declare_at_once_and_one_interest_is_there(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factory = factories.factory("MILL")
        courses.version("sst")
        speaker = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=factory))
    wishes = [Wish(people, None, None, "en", "") for people in range(1, 17)]
    failures = _race(own_app, [lambda wish=wish: operations.declare(speaker, "MILL", "sst", wish) for wish in wishes])
    assert failures == []
    with own_app.app_context():
        found = db.session.scalars(sa.select(Interest)).one()
        assert found.people in range(1, 17) and found.state is InterestState.OPEN
        said = db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.action.contains("interest"))).all()
        assert sorted(said) == ["sessions.change_interest"] * 15 + ["sessions.declare_interest"]


def test_months_that_can_be_wished() -> None:
    months = months_from(date(2026, 11, 25))
    assert months[0] == date(2026, 11, 1) and months[1:3] == [date(2026, 12, 1), date(2027, 1, 1)]
    assert len(months) == 18 and months[-1] == date(2028, 4, 1)


@pytest.mark.slow
@pytest.mark.parametrize("turn", ["confirm", "cancel"])
@pytest.mark.every_run
def test_planned_while_the_session_is_settled_never_stays_between(own_app: Flask, turn: str) -> None:
    """Whichever comes first: with a confirmed session it is met, with a cancelled one it waits."""
    with own_app.app_context(), transaction():
        version = courses.version("sst")
        planner = accounts.actor(accounts.account(Role.TRAINER, programme=factories.programme()))
        pairs = [
            (make.training(version=version).id, demand.interest(factories.factory(), version.course).id) for _ in range(8)
        ]
    for training_id, interest_id in pairs:
        settle = sessions.confirm if turn == "confirm" else partial(sessions.cancel, reason="Flood")
        verbs = [partial(settle, planner, training_id), partial(operations.plan, planner, interest_id, training_id)]
        failures = _race(own_app, verbs)
        assert all(isinstance(failure, Refused) for failure in failures), failures
    with own_app.app_context():
        states = set(db.session.scalars(sa.select(Interest.state)))
        assert states == {InterestState.MET if turn == "confirm" else InterestState.OPEN}
