"""Somebody of each role, whose data each may see, and how to ask for it without leaving a trace."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.access.actor import ANONYMOUS, Actor
from app.access.permissions import Permission
from app.access.roles import ROLE_PERMISSIONS, Role
from app.accounts.models import Account
from app.platform.db import Base, db
from app.platform.web.may import PUBLIC, SIGNED_IN
from tests.browse import OWN_SITE, Browse
from tests.make import accounts, quizzes
from tests.make.twins import World

OWN, FACTORY, PROGRAMME = "own", "other factory", "other programme"
Worlds = dict[str, World]
ANYTHING = {OWN, FACTORY, PROGRAMME}

REACH = {
    Role.ADMINISTRATOR: ANYTHING,
    Role.PROGRAMME_MANAGER: {OWN, FACTORY},
    Role.TRAINER: {OWN, FACTORY},
    Role.ADVISOR: {OWN, FACTORY},
    Role.GROUP_VIEWER: {OWN},
    Role.PARTNER: set(),
    Role.FOCAL_POINT: {OWN},
    Role.FACTORY_AMBASSADOR: {OWN},
    Role.CHECK_IN_HELPER: {OWN},
    Role.PERSON: {OWN},
    None: set(),
}
"""Role, None for nobody -> whose data it may ever see. A new role needs a row here and in `account_of`."""
SEE_NO_PEOPLE = {Role.GROUP_VIEWER, Role.PARTNER, None}
SEE_NO_ANSWERS = {Role.GROUP_VIEWER, Role.PARTNER, Role.FOCAL_POINT, Role.FACTORY_AMBASSADOR, Role.CHECK_IN_HELPER, None}
"""A factory learns who attended and who passed, never what was asked or answered."""
CALL_THE_ROLL = {Role.FACTORY_AMBASSADOR, Role.CHECK_IN_HELPER}
"""They see everybody in the training session that they were asked to, from whatever factory."""
NO_SHEETS = {Role.ADVISOR, Role.GROUP_VIEWER, Role.PARTNER, Role.PERSON}
"""They neither take the roll nor speak for a factory."""
LET_IN = {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.TRAINER, Role.FOCAL_POINT, Role.PERSON}
"""They plan, teach, or join the half-day by link."""
LEAD = {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.TRAINER}
"""They decide about what others marked."""
FOR_FEW = {
    "order": {(Role.FOCAL_POINT, OWN)},  # who ordered cards is who fetches them
    "token": {(Role.FOCAL_POINT, OWN), *((Role.ADMINISTRATOR, whose) for whose in ANYTHING)},
    "subscription": set[tuple[Role, str]](),  # whoever made it is asked in tests/reports/test_deliveries.py
    "webhook": {(Role.ADMINISTRATOR, whose) for whose in ANYTHING},  # whoever made it is asked in tests/api/webhooks
    "program": set[tuple[Role, str]](),  # no cookie counts there
    "linked": set[tuple[Role, str]](),  # nobody has opened a link
}
"""For whom it opens, and whose."""
_SHARED = {OWN: {OWN, FACTORY}, FACTORY: {FACTORY}, PROGRAMME: {PROGRAMME}}
"""Whose people sit in the training session, and so are shown to whoever has its code or calls its roll."""


@dataclass
class Visitor:
    """Somebody's client, None where nothing is asked, and whose data it may see."""

    role: Role | None
    client: FlaskClient | None

    def may(self, permission: object) -> bool:
        if permission in {PUBLIC, SIGNED_IN}:
            return permission is PUBLIC or self.role is not None
        return self.role is not None and permission in ROLE_PERMISSIONS[self.role]

    def reaches(self, about: str, whose: str, permission: object) -> bool:
        """Whether the address leads anywhere for this visitor."""
        if about in {"nothing", "course", "secret"}:
            return self.may(permission)
        if about in {"self", "account"}:
            return self.role is not None and (self.role is Role.PERSON) == (about == "self")
        if about == "door":  # the other factory's training session is closed
            return whose != FACTORY
        if about == "shown":
            return (self.role is Role.PERSON or self.may(Permission.SESSIONS_READ)) and whose in REACH[self.role]
        if about == "joined":
            return self.role in LET_IN and whose in REACH[self.role] - {FACTORY}
        if about in FOR_FEW:
            return (self.role, whose) in FOR_FEW[about]
        if about == "certificate":
            has_own = self.role is Role.PERSON or self.may(Permission.CERTIFICATES_DOWNLOAD)
            return has_own and whose in REACH[self.role]
        if (about == "sheet" and self.role in NO_SHEETS) or (about == "led" and self.role not in LEAD):
            return False
        if about in {"taught", "led", "sheet"} and self.role is Role.TRAINER:
            return self.may(permission) and whose == OWN
        return self.may(permission) and whose in REACH[self.role]

    def sees(self, about: str, whose: str) -> set[str]:
        """Whose names may stand in the answer."""
        own = REACH[self.role]
        if about in {"secret", "door"} or (self.role in CALL_THE_ROLL and about in {"training", "taught", "sheet"} and whose == OWN):
            return own | _SHARED[whose]
        return own


@dataclass
class Case:
    """A request, and whether it leads anywhere."""

    visitor: Visitor
    method: str
    address: str
    whose: str
    about: str
    leads: bool

    def __str__(self) -> str:
        return f"{self.visitor.role or 'nobody'}: {self.method} {self.address} ({self.whose})"


def present(world: World) -> World:
    """The world with its rows as they are now: the session that made them is long gone."""
    rows = {name: row for name, row in vars(world).items() if isinstance(row, Base)}
    return replace(world, **{name: db.session.get_one(type(row), sa.inspect(row).identity) for name, row in rows.items()})


def account_of(role: Role, own: World) -> Account:
    """The account that holds a role in the own world, and nothing elsewhere."""
    made: dict[Role, Callable[[], Account]] = {
        Role.ADMINISTRATOR: lambda: accounts.account(role),
        Role.PROGRAMME_MANAGER: lambda: accounts.account(role, programme=own.programme),
        Role.TRAINER: lambda: own.trainer,
        Role.ADVISOR: lambda: accounts.account(role, programme=own.programme),
        Role.GROUP_VIEWER: lambda: accounts.account(role, group=own.factory.group),
        Role.PARTNER: lambda: accounts.account(role, programme=own.programme),
        Role.FOCAL_POINT: lambda: own.focal_point,
        Role.FACTORY_AMBASSADOR: lambda: _ambassador(own),
        Role.CHECK_IN_HELPER: lambda: accounts.account(role, training=own.training),
    }
    return made[role]()


def _ambassador(own: World) -> Account:
    account = accounts.account(Role.FACTORY_AMBASSADOR, factory=own.factory)
    accounts.grant(account, Role.FACTORY_AMBASSADOR, training=own.training)
    return account


def actor_of(role: Role | None, own: World) -> Actor:
    """Who somebody of the role is to rules and verbs."""
    if role is None:
        return ANONYMOUS
    return quizzes.actor(own.person, own.training) if role is Role.PERSON else accounts.actor(account_of(role, own))


def visitor(role: Role | None, own: World, browse: Browse) -> Visitor:
    """Somebody of the role, signed in; nobody for None."""
    if role is None:
        return Visitor(None, browse.client)
    if role is Role.PERSON:
        return Visitor(role, browse.as_person(own.person.id, own.training.id).client)
    return Visitor(role, browse.as_account(account_of(role, own)).client)


def routes(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))


def address_of(app: Flask, rule: Rule, world: World) -> str:
    room, begins = rule.endpoint.partition(".")[0], rule.rule.strip("/").partition("/")[0]
    code = next(world.codes[key] for key in (rule.endpoint, begins, room, "") if key in world.codes)
    values = {**world.numbers, "code": code}
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments})


@contextmanager
def undone() -> Iterator[None]:
    """Whatever a request has changed is gone before the next."""
    db.session.remove()
    connection = db.session.session_factory.kw["bind"]
    before = connection.begin_nested()
    try:
        yield
    finally:
        db.session.remove()
        before.rollback()


def ask(case: Case, data: object = None) -> TestResponse:
    open_ = case.visitor.client.open
    kept = case.visitor.client._cookies.copy()
    try:
        return Context().run(lambda: open_(case.address, method=case.method, headers=OWN_SITE, data=data))
    finally:
        case.visitor.client._cookies = kept  # signing out is undone as well


_COUNTERS = {"rate_counter", "sign_in"}

Rows = dict[str, list[tuple[object, ...]]]


def contents(tables: Collection[str] | None = None) -> Rows:
    """Every row of these tables or of all, but for those that count tries and say who was seen when."""
    db.session.rollback()
    connection = db.session.connection()
    selects = {name: select for name, select in _selects().items() if tables is None or name in tables}
    return {name: [tuple(row) for row in connection.execute(select)] for name, select in selects.items()}


@contextmanager
def noting_writes() -> Iterator[set[str]]:
    """The tables that are written to meanwhile; all of them when a row is deleted, which others may follow."""
    connection, written = db.session.session_factory.kw["bind"], set[str]()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if found := _WRITES.match(statement):
            written.update(_selects() if found[1].upper() == "DELETE FROM" else [found[2]])

    sa.event.listen(connection, "before_cursor_execute", note)
    try:
        yield written
    finally:
        sa.event.remove(connection, "before_cursor_execute", note)


_WRITES = re.compile(r"\s*(INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) \"?(\w+)", re.IGNORECASE)


@cache
def _selects() -> dict[str, sa.Select[Any]]:
    """Table -> what selects all of it."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in _COUNTERS]
    return {table.name: sa.select(table).order_by(table.c.id) for table in tables}
