"""Every route, asked by every role, about the own factory, another one and another programme.

What the tables do not allow must be refused, and no byte of a stranger may stand in any answer. Who lacks the permission of
a route is turned away by one guard: it is asked before every view, and over HTTP once for each permission. Of those who have
the permission, a fixed part asks each route for that of another factory or of another programme, and half of the routes for the own:
every question about what is not one's own is put by somebody, and everybody puts some. In `./dev test long` everybody asks everything over HTTP. A
new route needs a row in `about.py`, which says how; a new role needs one in `visiting.py`.
"""

from collections.abc import Callable, Iterator
from contextvars import Context
from dataclasses import dataclass
from zlib import crc32

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.exceptions import NotFound, Unauthorized
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.roles import ROLE_PERMISSIONS, Role
from app.api.tokens.rules import offered
from app.api.v1.resources import RESOURCES
from app.certificates.models import Certificate
from app.platform.db import db
from app.platform.refusal import Refused
from app.platform.web.may import PUBLIC, SIGNED_IN
from tests.architecture.about import ABOUT
from tests.architecture.visiting import (
    ANYTHING,
    FACTORY,
    OWN,
    PROGRAMME,
    REACH,
    SEE_NO_ANSWERS,
    SEE_NO_PEOPLE,
    Case,
    Visitor,
    Worlds,
    account_of,
    actor_of,
    address_of,
    ask,
    routes,
    undone,
    visitor,
)
from tests.browse import Browse
from tests.counts import IS_LONG, SHARE, sampled
from tests.make import tokens
from tests.make.quizzes import SECRET
from tests.make.twins import World

pytestmark = [pytest.mark.slow, pytest.mark.every_run, pytest.mark.any_engine]

ROLES = [*Role, None]
CONFINED = [role for role in Role if PROGRAMME not in REACH[role]]
NOBODYS = {"nothing", "self", "account", "course", "secret", "program"}
"""What a route is about that belongs to no programme, or that a cookie does not open for anybody."""
QUESTIONS = ("What do you do", "I do it well", SECRET)
"""Of the bank in every world: the question, an answer, what is said about answers."""


def test_every_route_says_what_it_is_about(shared_app: Flask) -> None:
    assert {rule.endpoint for rule in shared_app.url_map.iter_rules()} == set(ABOUT)


def test_every_role_is_asked() -> None:
    assert set(REACH) - {None} == set(Role) == set(ROLE_PERMISSIONS)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_gets_what_is_not_theirs(shared_app: Flask, worlds: Worlds, role: Role | None) -> None:
    one, faults = visitor(role, worlds[OWN], Browse(shared_app)), []
    for case in _cases(shared_app, worlds, one):
        with undone():
            answer = ask(case)
            if fault := _fault(case, answer, worlds):
                faults.append(f"{case} -> {answer.status_code}: {fault}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", ROLES)
def test_no_view_is_reached_without_its_permission(shared_app: Flask, worlds: Worlds, role: Role | None) -> None:
    """What a route says is asked before it is looked at what its address names."""
    actor, one = actor_of(role, worlds[OWN]), Visitor(role, shared_app.test_client())
    refused = {f"{method} {rule.rule}": _is_refused(shared_app, rule, method, actor)
               for rule in routes(shared_app) if not one.may(shared_app.view_functions[rule.endpoint].may)
               for method in _methods(rule)}  # fmt: skip
    assert [route for route, is_refused in refused.items() if not is_refused] == []


def test_for_a_partner_nothing_else_exists(shared_app: Flask, worlds: Worlds) -> None:
    """Every route but those of everybody and of the numbers is a 404, and not the way to a sign-in."""
    actor, open_ = actor_of(Role.PARTNER, worlds[OWN]), set()
    for rule in routes(shared_app):
        may = shared_app.view_functions[rule.endpoint].may
        if may in {PUBLIC, SIGNED_IN}:
            continue
        for method in _methods(rule):
            with shared_app.test_request_context(method=method):
                g.actor = actor
                try:
                    shared_app.view_functions[rule.endpoint]()
                except NotFound:
                    continue
                except (TypeError, Refused):  # past the guard: the view misses its arguments
                    pass
                open_.add(rule.endpoint)
    assert open_ == {"aggregates.index", "aggregates.printed", "aggregates.table"}


def _is_refused(app: Flask, rule: Rule, method: str, actor: Actor) -> bool:
    """Whether the guard before the view turns the actor away; past it, the view would miss its arguments."""
    with app.test_request_context(method=method):
        g.actor = actor
        try:
            answer = app.view_functions[rule.endpoint]()
        except (NotFound, Unauthorized):
            return True
        return bool(answer.location.startswith("/sign-in?"))


def _methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) & {"GET", "POST"})


def _cases(app: Flask, worlds: Worlds, one: Visitor) -> Iterator[Case]:
    met = set()  # without a permission the same guard refuses all routes that want it, see above
    for rule in routes(app):
        about, permission = ABOUT[rule.endpoint], app.view_functions[rule.endpoint].may
        for method in _methods(rule):
            if not one.may(permission) and (permission, method) in met and not IS_LONG:
                continue
            met.add((permission, method))
            # Without the permission it is all the same whose it is: ask for the own, which is refused last.
            is_one = about in {"nothing", "self", "account", "course"} or not one.may(permission)
            for whose in [OWN] if is_one else [OWN, *sampled([FACTORY, PROGRAMME], f"{method} {rule.rule}")]:
                leads = one.reaches(about, whose, permission)
                # Of lists and tables about nothing in particular this is the only question, and their answer is read for leaks.
                if leads and about != "nothing" and not IS_LONG and crc32(f"{method} {rule.rule}".encode()) % 2:
                    continue
                if _is_asked_below(one, about, permission, whose, leads=leads):
                    continue
                if not one.may(permission) or one.role in _askers(rule, method, whose, permission, leads=leads):
                    yield Case(one, method, address_of(app, rule, worlds[whose]), whose, about, leads)


def _is_asked_below(one: Visitor, about: str, permission: object, whose: str, *, leads: bool) -> bool:
    """Whether the test of what does not exist asks for the same thing of another programme, and looks at the answer as well."""
    return not leads and not IS_LONG and whose == PROGRAMME and one.role in CONFINED and about not in NOBODYS and one.may(permission)


def _askers(rule: Rule, method: str, whose: str, permission: object, *, leads: bool) -> list[Role | None]:
    """Who puts a question: some of those who have the permission and to whom the answer is the same."""
    able = [each for each in (Visitor(role, None) for role in ROLES) if each.may(permission)]
    alike = [each.role for each in able if each.reaches(ABOUT[rule.endpoint], whose, permission) == leads]
    if leads and not IS_LONG:  # no answer can show too much to who sees everything
        alike = [role for role in alike if REACH[role] != ANYTHING] or alike
    return sampled(alike, f"{method} {rule.rule} {whose}", -(-len(alike) // SHARE))


def _fault(case: Case, answer: TestResponse, worlds: Worlds) -> str:
    """What is wrong with an answer, or nothing."""
    to_sign_in = answer.headers.get("Location", "").startswith("/sign-in?")
    asks_again = answer.headers.get("Location", "").startswith("/account/confirm?")
    refused = answer.status_code in {401, 404} or to_sign_in
    if answer.status_code >= 500:
        return "broken"
    if refused == case.leads and not asks_again and not (case.leads and case.method == "POST"):
        return "refused" if case.leads else "answered"
    seen = case.visitor.sees(case.about, case.whose)
    text = answer.get_data().decode(errors="replace") + str(answer.headers)
    leaked = [world.mark for whose, world in worlds.items() if whose not in seen and world.mark in text]
    if case.visitor.role in SEE_NO_PEOPLE and case.about not in {"secret", "door"}:
        leaked += [name for world in worlds.values() for name in world.people if name in text]
    if case.visitor.role in SEE_NO_ANSWERS:
        leaked += [words for words in QUESTIONS if words in text]
    return f"shows {leaked}" if leaked else ""


@pytest.mark.parametrize("role", [role for role in Role if Permission.TOKENS_MANAGE in ROLE_PERMISSIONS[role]])
def test_no_token_shows_what_is_not_its_owners(shared_app: Flask, worlds: Worlds, role: Role) -> None:
    """A token with every scope: lists hold the own alone, and single things of others do not exist."""
    owner, faults = account_of(role, worlds[OWN]), []
    key = tokens.token(owner, *offered(actor_of(role, worlds[OWN]).permissions)).header
    db.session.commit()
    client = shared_app.test_client()
    for resource in RESOURCES:
        if resource.permission not in ROLE_PERMISSIONS[role]:
            continue
        told, text = _all_told(client, key, resource.path)
        for whose, world in worlds.items():
            is_seen, wanted = whose in REACH[role], _THINGS[resource.name](world)
            if (wanted in told) != is_seen or (not is_seen and world.mark in text):
                faults.append(f"{resource.path} about {whose}: {told}")
            if resource.one_by is not None:
                path = f"{resource.path}/{world.factory.code if resource.one_name == 'code' else wanted}"
                status = Context().run(lambda path=path: client.get(path, headers=key)).status_code
                faults += [f"{path} of {whose} -> {status}"] * (status != (200 if is_seen else 404))
    assert not faults, "\n".join(faults)


def _all_told(client: FlaskClient, key: dict[str, str], path: str) -> tuple[set[object], str]:
    """The ids in all pages of a list, and their text."""
    told, text, query, has_more = set(), "", "limit=200", True
    while has_more:
        page = Context().run(lambda query=query: client.get(f"{path}?{query}", headers=key))
        answer = page.get_json()
        told |= {each["id"] for each in answer["items"]}
        text, query, has_more = text + page.text, f"limit=200&cursor={answer['next_cursor']}", answer["has_more"]
    return told, text


_THINGS: dict[str, Callable[[World], object]] = {
    "factories": lambda world: world.factory.id,
    "coverage": lambda world: world.factory.id,
    "indicators": lambda world: world.programme.id,
    "people": lambda world: world.person.id,
    "sessions": lambda world: world.training.id,
    "completions": lambda world: db.session.get_one(Certificate, world.numbers["certificate_id"]).completion_id,
    "certificates": lambda world: world.numbers["certificate_id"],
}


@dataclass
class _Elsewhere:
    """A world of which nothing exists."""

    numbers: dict[str, object]
    codes: dict[str, str]


def _nowhere(world: World) -> _Elsewhere:
    """The addresses of a world with other numbers and codes, which are as long and lead nowhere."""
    numbers = {
        name: int("9" * max(6, len(str(value)))) if isinstance(value, int) else value
        for name, value in world.numbers.items()
    }
    return _Elsewhere(numbers, {key: "Z" * len(code) for key, code in world.codes.items()})


@pytest.mark.parametrize("role", CONFINED)
def test_what_is_not_theirs_does_not_exist_for_them(shared_app: Flask, worlds: Worlds, role: Role) -> None:
    """The answer about a thing of another programme is byte for byte the one about a thing that never was (T58)."""
    app, faults = shared_app, []
    one = visitor(role, worlds[OWN], Browse(app))
    far, nowhere = worlds[PROGRAMME], _nowhere(worlds[PROGRAMME])
    for rule in routes(app):
        about, permission = ABOUT[rule.endpoint], app.view_functions[rule.endpoint].may
        if about in NOBODYS or not one.may(permission):
            continue
        for method in _methods(rule):
            leads = one.reaches(about, PROGRAMME, permission)
            if role not in _askers(rule, method, PROGRAMME, permission, leads=leads):
                continue
            addresses = [address_of(app, rule, world) for world in (far, nowhere)]
            with undone():
                cases = [Case(one, method, address, PROGRAMME, about, leads=leads) for address in addresses]
                answers = [ask(case) for case in cases]
            if not leads and (fault := _fault(cases[0], answers[0], worlds)):
                faults.append(f"{cases[0]} -> {answers[0].status_code}: {fault}")
            if _bare(answers[0], addresses[0]) != _bare(answers[1], addresses[1]):
                faults.append(f"{one.role}: {method} {addresses}: {[answer.status_code for answer in answers]}")
    assert not faults, "\n".join(faults)


def _bare(answer: TestResponse, address: str) -> tuple[int, str, list[str]]:
    """An answer without what it repeats of its question."""
    return answer.status_code, answer.text.replace(address, ""), sorted(answer.headers.keys())
