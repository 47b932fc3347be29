"""Roles that belong to a place: what the pages of accounts offer, and what they refuse."""

from dataclasses import dataclass

import pytest
from flask import Flask

from app.access.actor import Actor, Grant
from app.access.permissions import Permission
from app.access.roles import PLACED, ROLE_PERMISSIONS, Role
from app.accounts.models import Account, Passkey, RoleGrant
from app.accounts.operations import passkeys
from app.accounts.queries import grants_of
from app.factories.models import Factory, Group
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound
from tests.browse import Browse
from tests.make import accounts, factories, sessions, structure

SENT = {"email": "new@office.example", "name": "New One", "language": "en", "starts_on": "", "ends_on": ""}


@dataclass
class World:
    """A group with two factories here, and one that owns factories here and abroad."""

    manager: Account
    mill: Factory
    far_mill: Factory
    near: Group
    wide: Group


@pytest.fixture
def world(app: Flask) -> World:
    kh, bd = factories.programme("KH"), factories.programme("BD", country="BD", zone="Asia/Dhaka")
    mill, second, third = (factories.factory(programme_id=kh.id) for _ in range(3))
    far_mill = factories.factory(programme_id=bd.id)
    near = structure.group("NEAR", mill, second, name="Near Group")
    wide = structure.group("WIDE", third, far_mill, name="Wide Group")
    return World(accounts.account(Role.PROGRAMME_MANAGER, programme=kh), mill, far_mill, near, wide)


def test_a_head_office_sees_all_factories_of_its_group_also_later_ones(browse: Browse, world: World) -> None:
    manager = browse.as_account(world.manager)
    page = manager.get("/accounts/invite").response.text
    assert "Near Group (group)" in page and "Wide Group" not in page
    place = f"group:{world.near.id}"
    assert manager.post("/accounts/invite", {**SENT, "role": "group_viewer", "place": place}).status == 303
    made = db.session.query(Account).filter_by(email="new@office.example").one()
    assert "Head office of a group" in manager.get(f"/accounts/{made.id}").text
    assert "Near Group" in manager.get("/accounts").text
    assert {grant.role for grant in grants_of(made.id)} == {Role.GROUP_VIEWER} and len(grants_of(made.id)) == 2
    new = factories.factory(programme_id=world.mill.programme_id, group_id=world.near.id)
    assert new.id in {grant.factory_id for grant in grants_of(made.id)}
    [grant] = made.grants
    assert manager.post(f"/accounts/{made.id}/grants/{grant.id}/withdrawal").status == 303
    assert grants_of(made.id) == ()


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("group_viewer", "group:wide"), ("group_viewer", "factory:mill"), ("group_viewer", ""),
        ("advisor", "group:near"),
        ("focal_point", "group:near"), ("trainer", "group:near"), ("factory_ambassador", "factory:far_mill"),
        ("factory_ambassador", "group:near"), ("check_in_helper", "factory:mill"), ("check_in_helper", ""),
    ],
)
def test_what_a_manager_cannot_give(browse: Browse, world: World, role: str, place: str) -> None:
    kind, _sign, name = place.partition(":")
    chosen = f"{kind}:{getattr(world, name).id}" if name else place
    reply = browse.as_account(world.manager).post("/accounts/invite", {**SENT, "role": role, "place": chosen})
    assert reply.status == 422
    assert db.session.query(RoleGrant).count() == 1, "the manager's own"


def test_an_administrator_gives_a_group_of_several_programmes(browse: Browse, world: World) -> None:
    admin = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    sent = {**SENT, "role": "group_viewer", "place": f"group:{world.wide.id}"}
    assert admin.post("/accounts/invite", sent).status == 303
    made = db.session.query(Account).filter_by(email="new@office.example").one()
    assert browse.as_account(world.manager).get(f"/accounts/{made.id}").status == 404


def test_the_manager_sees_and_withdraws_helpers_of_the_own_programme(browse: Browse, world: World) -> None:
    training = sessions.training(programme=world.mill.programme)
    helper = accounts.account(Role.CHECK_IN_HELPER, training=training)
    manager = browse.as_account(world.manager)
    assert "one training session of" in manager.get(f"/accounts/{helper.id}").text
    assert manager.post(f"/accounts/{helper.id}/grants/{helper.grants[0].id}/withdrawal").status == 303
    assert grants_of(helper.id) == ()


@pytest.mark.any_engine
def test_a_role_of_a_place_without_one_reaches_nothing() -> None:
    for role in PLACED:
        for permission in ROLE_PERMISSIONS[role]:
            scope = Actor(grants=(Grant(role),)).scope(permission)
            assert not scope.everything and not scope.reaches(1, 1, 1), (role, permission)


@pytest.mark.any_engine
def test_a_training_session_is_no_factory_and_no_programme() -> None:
    scope = Actor(grants=(Grant(Role.CHECK_IN_HELPER, training_id=7),)).scope(Permission.ATTENDANCE_MARK)
    assert scope.reaches(1, training_id=7)
    assert not scope.reaches(7, 7, 8) and not scope.reaches(7)
    assert not Actor(grants=(Grant(Role.CHECK_IN_HELPER, training_id=7),)).scope(Permission.FACTORIES_READ).trainings


def test_nobody_removes_the_passkey_of_another(app: Flask, world: World) -> None:
    theirs = Passkey(
        account_id=world.manager.id, credential_id=b"key", public_key=b"key", sign_count=0, name="Phone", created_at=now()
    )
    db.session.add(theirs)
    db.session.flush()
    with pytest.raises(NotFound):
        passkeys.remove(accounts.actor(accounts.account(Role.ADMINISTRATOR)), theirs.id)
    assert db.session.get(Passkey, theirs.id) is theirs
