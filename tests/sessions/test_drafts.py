"""A draft is seen by those who may plan it, and by nobody else: whatever lists, counts or names training sessions."""

import pytest
from flask import Flask

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.accounts.models import Account
from app.factories.models import Factory
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.sessions import operations, queries
from app.sessions.demand import operations as demand_verbs
from app.sessions.demand.queries import trainings_for
from app.sessions.learning import booked_courses
from app.sessions.models import TrainingSession
from app.sessions.queries.coming import coming
from app.sessions.queries.lists import TrainingFilter, trainings
from app.sessions.queries.siblings import siblings
from app.sessions.rules import SeatState, TrainingState
from tests.browse import Browse
from tests.make import accounts, demand, factories
from tests.make import sessions as make


@pytest.fixture
def draft(app: Flask) -> TrainingSession:
    return make.training(state=TrainingState.DRAFT)


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory()


def _account(role: Role, factory: Factory, draft: TrainingSession) -> Account:
    if role is Role.ADVISOR:
        return accounts.account(role, programme=factories.programme())
    if role is Role.CHECK_IN_HELPER:
        return accounts.account(role, training=draft)
    return accounts.account(role, factory=factory)


OTHERS = (Role.ADVISOR, Role.FOCAL_POINT, Role.FACTORY_AMBASSADOR, Role.CHECK_IN_HELPER)
PLANNERS = (Role.TRAINER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR)


def _planner(role: Role) -> Account:
    return accounts.account(role, **({} if role is Role.ADMINISTRATOR else {"programme": factories.programme()}))


@pytest.mark.parametrize("role", OTHERS)
def test_others_find_nothing(browse: Browse, draft: TrainingSession, factory: Factory, role: Role) -> None:
    account = _account(role, factory, draft)
    page, actor = browse.as_account(account), accounts.actor(account)
    assert page.get(f"/sessions/{draft.id}").status == 404
    for address in ("/sessions", "/sessions?state=draft", "/", f"/courses/{draft.version.course.code}"):
        reply = page.get(address)
        assert draft.code not in reply.response.text and f"/sessions/{draft.id}" not in reply.response.text, address
    for path in ("nominations", "meetings/1/marks", "helpers", "kiosk", "sites", "meetings/1/time"):
        assert page.get(f"/sessions/{draft.id}/{path}").status in {403, 404, 405}, path
    with pytest.raises(NotFound):
        queries.training_for(actor, draft.id)
    assert db.session.execute(trainings(actor, TrainingFilter())).all() == []
    assert coming(actor, draft.version.course_id, 5) == []


@pytest.mark.parametrize("role", PLANNERS)
def test_planners_find_it(browse: Browse, draft: TrainingSession, role: Role) -> None:
    page = browse.as_account(_planner(role))
    shown = page.get(f"/sessions/{draft.id}").text
    assert "This is a draft" in shown and "Announce to factories" in shown
    assert draft.code in page.get("/sessions?state=draft").text


def test_a_planner_of_another_programme_does_not(browse: Browse, draft: TrainingSession) -> None:
    foreign = factories.programme("BD", zone="Asia/Dhaka", country="BD")
    account = accounts.account(Role.TRAINER, programme=foreign)
    accounts.grant(account, Role.ADVISOR, programme=factories.programme())
    page = browse.as_account(account)
    assert page.get(f"/sessions/{draft.id}").status == 404
    assert draft.code not in page.get("/sessions").text


def test_nobody_joins_by_its_code(browse: Browse, draft: TrainingSession) -> None:
    assert queries.by_code(draft.code) is None
    assert browse.get(f"/join/{draft.code}").status == 404


def test_nobody_is_nominated_and_nobody_learns_of_it(draft: TrainingSession, factory: Factory) -> None:
    person = factories.person(factory)
    with pytest.raises(Refused):
        operations.nominate(SYSTEM, draft.id, factory, [person.id], make.site(draft).id)
    make.seat(draft, factory, person, state=SeatState.BOOKED)
    assert booked_courses(person.id) == []


def test_a_factory_with_a_seat_in_it_still_does_not_see_it(draft: TrainingSession, factory: Factory) -> None:
    make.seat(draft, factory)
    point = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=factory))
    with pytest.raises(NotFound):
        queries.training_for(point, draft.id)


def test_no_interest_is_planned_with_it(draft: TrainingSession, factory: Factory) -> None:
    wish = demand.interest(factory, draft.version.course)
    assert draft.id not in {row.id for row in trainings_for(wish)}
    with pytest.raises(Refused):
        demand_verbs.plan(SYSTEM, wish.id, draft.id)


def test_a_copy_that_is_a_draft_is_no_sibling_for_others(draft: TrainingSession, factory: Factory) -> None:
    origin = make.training()
    draft.origin_id = origin.id
    db.session.flush()
    point = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=factory))
    planner = accounts.actor(_planner(Role.TRAINER))
    assert siblings(point, origin) == []
    assert [each.training_id for each in siblings(planner, origin)] == [draft.id]


def test_announced_it_is_seen(browse: Browse, draft: TrainingSession, factory: Factory) -> None:
    planner: Actor = accounts.actor(_planner(Role.TRAINER))
    for _ in range(2):
        operations.announce(planner, draft.id)
    point = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    assert point.get(f"/sessions/{draft.id}").status == 200
    assert draft.code in point.get("/sessions").text
