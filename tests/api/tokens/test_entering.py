"""Tokens at the door: who comes in, as whom, and who does not."""

import hashlib
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.access.permissions import Permission
from app.access.roles import Role
from app.accounts.models import Account, RoleGrant
from app.api.tokens import operations
from app.api.tokens.entering import actor_of, bearer
from app.api.tokens.models import ApiToken
from app.api.tokens.rules import TokenScope, parts_of
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from tests.make import accounts
from tests.make import factories as make
from tests.make.tokens import token

READ = TokenScope.FACTORIES_READ


def test_a_token_acts_as_its_owner_and_less(app: Flask) -> None:
    programme = make.programme()
    owner = accounts.account(Role.PROGRAMME_MANAGER, programme=programme)
    entered = bearer(token(owner, READ).header["Authorization"])
    assert entered is not None
    assert (entered.actor.account_id, entered.scopes) == (owner.id, {READ})
    assert entered.actor.permissions == {Permission.FACTORIES_READ}
    assert entered.actor.scope(Permission.FACTORIES_READ).programmes == {programme.id}


def test_only_a_digest_is_kept(app: Flask) -> None:
    made = token(accounts.account(Role.ADMINISTRATOR), READ)
    key, secret = parts_of(made.text) or ("", "")
    row = db.session.query(ApiToken).one()
    assert (row.key, row.secret_hash) == (key, hashlib.sha256(secret.encode()).hexdigest())
    kept = [str(value) for each in (*db.session.execute(sa.select(ApiToken.__table__)), *db.session.execute(sa.select(AuditEntry.__table__))) for value in each]
    assert not [value for value in kept if secret in value]


def test_the_roles_are_those_of_now(app: Flask) -> None:
    """A role that is given or taken counts at once; a disabled account's tokens open nothing."""
    programme = make.programme()
    owner = accounts.account(Role.ADVISOR, programme=programme)
    text = token(owner, READ, TokenScope.COVERAGE_READ).header["Authorization"]
    db.session.execute(sa.delete(RoleGrant).where(RoleGrant.account_id == owner.id))
    entered = bearer(text)
    assert entered is not None
    assert entered.actor.permissions == frozenset()
    accounts.grant(owner, Role.FOCAL_POINT, factory=make.factory())
    entered = bearer(text)
    assert entered is not None
    assert entered.actor.permissions == {Permission.FACTORIES_READ, Permission.COVERAGE_READ}
    held = db.session.query(RoleGrant).filter_by(account_id=owner.id).one()
    for ends_on, is_held in ((now().date() + timedelta(days=1), True), (now().date(), False)):
        held.ends_on = ends_on
        db.session.flush()
        entered = bearer(text)
        assert entered is not None
        assert bool(entered.actor.permissions) is is_held
    owner.disabled_at = now()
    db.session.flush()
    assert bearer(text) is None


def test_narrowed_to_a_programme_or_factories(app: Flask) -> None:
    here, abroad = make.programme(), make.programme("BD", zone="Asia/Dhaka", country="BD")
    one, other, far = make.factory(), make.factory(), make.factory(programme_id=abroad.id)
    owner = accounts.account(Role.ADMINISTRATOR)
    for narrowed, sees in (
        ({}, {one.id, other.id, far.id}),
        ({"programme_id": here.id}, {one.id, other.id}),
        ({"factories": [one.code, far.code]}, {one.id, far.id}),
        ({"programme_id": here.id, "factories": [other.code]}, {other.id}),
    ):
        entered = bearer(token(owner, READ, **narrowed).header["Authorization"])
        assert entered is not None
        scope = entered.actor.scope(Permission.FACTORIES_READ)
        assert {each.id for each in (one, other, far) if scope.reaches(each.programme_id, each.id)} == sees


def test_a_factory_that_moves_is_not_followed(app: Flask) -> None:
    """Into another programme: what is narrowed to the one before, and whose owner is of it, reaches it no more."""
    here, abroad = make.programme(), make.programme("BD", zone="Asia/Dhaka", country="BD")
    moving, stays = make.factory(), make.factory()
    owner, manager, speaker = (
        accounts.account(Role.ADMINISTRATOR), accounts.account(Role.PROGRAMME_MANAGER, programme=here),
        accounts.account(Role.FOCAL_POINT, factory=moving),
    )
    codes = [moving.code, stays.code]
    made = [
        (token(owner, READ, programme_id=here.id), {stays.id}), (token(owner, READ, programme_id=here.id, factories=codes), {stays.id}),
        (token(owner, READ, factories=codes), {moving.id, stays.id}), (token(manager, READ), {stays.id}),
        (token(manager, READ, factories=[moving.code]), set()), (token(speaker, READ), {moving.id}),
    ]
    moving.programme_id = abroad.id
    db.session.flush()
    for each, sees in made:
        entered = bearer(each.header["Authorization"])
        assert entered is not None
        scope = entered.actor.scope(Permission.FACTORIES_READ)
        assert {factory.id for factory in (moving, stays) if scope.reaches(factory.programme_id, factory.id)} == sees


def test_what_opens_nothing(app: Flask) -> None:
    made, other = (token(accounts.account(Role.ADMINISTRATOR), READ, days=days) for days in (30, 1))
    (key, secret), (other_key, other_secret) = (parts_of(each.text) or ("", "") for each in (made, other))
    assert actor_of(key, secret)
    for wrong in ((key, other_secret), (other_key, secret), (key, secret[:-1]), (key, secret.upper()), (key, ""), ("", ""), ("%", secret), (key, made.row.secret_hash), ("é", "é")):
        assert actor_of(*wrong) is None
    for header in (None, "", "Bearer", "Bearer ", f"Basic {made.text}", made.text, f"Bearer  x{made.text}", f"Bearer {made.text} {made.text}", f"Token {made.text}", f"Bearer {made.text}\x00"):
        assert bearer(header) is None
    assert bearer(f"bearer {made.text}")
    with time_machine.travel(now() + timedelta(days=3), tick=False):
        assert actor_of(other_key, other_secret) is None
        assert actor_of(key, secret)
    operations.end(accounts.actor(db.session.get_one(Account, made.row.account_id)), made.row.id)
    assert actor_of(key, secret) is None


def test_last_use_is_noted_once_an_hour(app: Flask) -> None:
    made = token(accounts.account(Role.ADMINISTRATOR), READ)
    seen = []
    for minutes in (0, 30, 90):
        db.session.commit()
        with time_machine.travel(now() + timedelta(minutes=minutes), tick=False):
            assert bearer(made.header["Authorization"])
            db.session.expire_all()
            seen.append(made.row.used_at)
    assert seen[0] is not None
    assert seen[0] == seen[1] < seen[2]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"days": 366}, "a year at most"),
        ({"days": -1}, "is over"),
        ({"factories": ["NOWHERE-1"]}, "no factory NOWHERE-1"),
        ({"programme_id": 99_999}, "Choose a programme"),
        ({"factories": [f"X{number}" for number in range(101)]}, "at most 100"),
    ],
)
def test_what_is_refused(app: Flask, values: dict[str, object], says: str) -> None:
    with pytest.raises(Refused, match=says):
        token(accounts.account(Role.ADMINISTRATOR), READ, **values)  # type: ignore[arg-type]


def test_nobody_makes_what_is_beyond(app: Flask) -> None:
    """Neither scopes without their permission, nor factories out of sight, nor more than enough, nor without the right."""
    own, other = make.factory(), make.factory()
    speaker = accounts.account(Role.FOCAL_POINT, factory=own)
    with pytest.raises(Refused, match="no factory"):
        token(speaker, READ, factories=[other.code])
    with pytest.raises(Refused, match="Choose a programme"):
        token(speaker, READ, programme_id=own.programme_id)
    with pytest.raises(Refused, match="Choose what"):
        token(speaker)
    with pytest.raises(NotFound):
        token(accounts.account(Role.GROUP_VIEWER, group=None), READ)
    for _each in range(20):
        token(speaker, READ)
    with pytest.raises(Refused, match="too many"):
        token(speaker, READ)


def test_tokens_of_others(app: Flask) -> None:
    """Their owner ends them, and who manages all accounts; for everybody else they do not exist. Twice is once."""
    owner = accounts.account(Role.FOCAL_POINT, factory=make.factory())
    manager = accounts.account(Role.PROGRAMME_MANAGER, programme=make.programme())
    made = token(owner, READ)
    with pytest.raises(NotFound):
        operations.end(accounts.actor(manager), made.row.id)
    assert bearer(made.header["Authorization"])
    administrator = accounts.actor(accounts.account(Role.ADMINISTRATOR))
    operations.end(administrator, made.row.id)
    operations.end(administrator, made.row.id)
    assert bearer(made.header["Authorization"]) is None
    said = db.session.query(AuditEntry).filter(AuditEntry.action.startswith("tokens.")).order_by(AuditEntry.id).all()
    assert [(each.action, each.subject) for each in said] == [("tokens.create", f"account:{owner.id}"), ("tokens.end", f"account:{owner.id}")]
