"""Every route, asked by every role, about the own factory, another one and another programme.

What the tables do not allow must be refused, and no byte of a stranger may stand in any answer. A new route needs a
row in `ABOUT`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.access.roles import ROLE_PERMISSIONS, Role
from app.platform.db import Base, db
from app.platform.web.may import PUBLIC, SIGNED_IN
from app.sessions.models import Seat
from tests.browse import OWN_SITE, Browse
from tests.make import accounts, twins
from tests.make.twins import World

OWN, FACTORY, PROGRAMME = "own", "other factory", "other programme"
ANYTHING = {OWN, FACTORY, PROGRAMME}

ABOUT = {
    "accounts.account": "account", "accounts.add_passkey": "account", "accounts.add_totp": "account",
    "accounts.ask_link": "nothing", "accounts.begin": "nothing", "accounts.card": "nothing",
    "accounts.card_sign_in": "nothing", "accounts.change_password": "account", "accounts.choose_language": "nothing",
    "accounts.confirm": "account", "accounts.describe": "account", "accounts.disable": "factory",
    "accounts.enable": "factory", "accounts.end_everywhere": "account", "accounts.end_sign_in": "account",
    "accounts.enter": "nothing", "accounts.enter_sign_in": "nothing", "accounts.factor": "account",
    "accounts.give_factor": "account", "accounts.give_password": "account", "accounts.grant": "factory",
    "accounts.index": "nothing", "accounts.invite": "nothing", "accounts.link": "nothing",
    "accounts.link_sent": "nothing", "accounts.log": "nothing", "accounts.new_card": "factory",
    "accounts.new_codes": "account", "accounts.new_pin": "factory", "accounts.one": "factory",
    "accounts.open_link": "nothing", "accounts.order_cards": "factory", "accounts.order_pins": "factory",
    "accounts.passkey_offer": "account", "accounts.passkey_question": "nothing", "accounts.password": "account",
    "accounts.pin": "factory", "accounts.print_file": "order", "accounts.print_progress": "order",
    "accounts.prints": "order", "accounts.remove_passkey": "account", "accounts.remove_totp": "account",
    "accounts.resend_invitation": "factory", "accounts.reset_factors": "factory", "accounts.revoke_card": "factory",
    "accounts.security": "account", "accounts.send_invitation": "nothing", "accounts.send_link": "nothing",
    "accounts.sign_in": "nothing", "accounts.sign_out": "nothing", "accounts.start_totp": "account",
    "accounts.use_invitation": "nothing", "accounts.use_passkey": "nothing", "accounts.use_reset_link": "nothing",
    "accounts.use_sign_in_link": "nothing", "accounts.withdraw": "factory", "attempts.answer": "person",
    "attempts.answered": "person", "attempts.begin": "nothing", "attempts.choose": "person",
    "attempts.hand_over": "nothing", "attempts.question": "person", "attempts.resume": "person",
    "attempts.review": "person", "attempts.start": "nothing", "attempts.submit": "person",
    "attendance.history": "taught", "attendance.mark": "taught", "attendance.mark_all": "taught",
    "attendance.register": "training", "attendance.roll_call": "taught", "certificates.all_files": "factory",
    "certificates.ask": "nothing", "certificates.file": "certificate", "certificates.own": "self",
    "certificates.verify": "secret", "courses.catalogue": "nothing", "courses.course": "course",
    "courses.lesson": "course", "coverage.coverage": "nothing", "coverage.factory": "factory",
    "design.design": "nothing", "factories.apply_roster": "factory", "factories.correct": "factory",
    "factories.details": "factory", "factories.duplicates": "factory", "factories.factory": "factory",
    "factories.index": "nothing", "factories.join": "factory", "factories.merge": "factory",
    "factories.panel": "factory", "factories.people": "factory", "factories.person": "factory",
    "factories.roster": "factory", "factories.roster_import": "factory", "factories.send_roster": "factory",
    "factories.separate": "factory", "factories.set_apart": "factory", "factories.undo_roster": "factory",
    "health.live": "nothing", "health.ready": "nothing", "home.start": "nothing", "join.code": "nothing",
    "join.people": "secret", "join.sign_in": "secret", "kiosk.ask_to_leave": "nothing", "kiosk.begin": "training",
    "kiosk.here": "nothing", "kiosk.leave": "nothing", "kiosk.offer": "training", "kiosk.people": "nothing",
    "kiosk.sign_in": "nothing", "notifications.mail": "training", "notifications.outbox": "nothing",
    "privacy.data": "factory", "privacy.export": "factory", "privacy.index": "nothing", "privacy.note_read": "nothing",
    "privacy.notice": "nothing", "privacy.pseudonymisation": "factory", "privacy.pseudonymise": "factory",
    "quizzes.close_window": "training", "quizzes.finished": "training", "quizzes.open_window": "training",
    "quizzes.quiz": "training", "sessions.add_half_day": "nothing", "sessions.ask_link": "training",
    "sessions.ask_time": "training", "sessions.ask_to_cancel": "training", "sessions.ask_to_cancel_meeting": "training",
    "sessions.begin_again": "nothing", "sessions.book": "training", "sessions.book_all": "training",
    "sessions.cancel": "training", "sessions.cancel_meeting": "training", "sessions.change_link": "training",
    "sessions.choose_people": "training", "sessions.close": "training", "sessions.confirm": "training",
    "sessions.index": "nothing", "sessions.move": "training", "sessions.new": "nothing",
    "sessions.nominate": "training", "sessions.schedule": "nothing", "sessions.training": "training",
    "sessions.withdraw": "training",
}
"""Endpoint -> what its address is about: whose it is decides who may.

An `order` is for whoever gave it; a `taught` training session is for its own trainers and the staff; a `secret` opens for whoever has it; a course is
everybody's; `self` is for people, `account` for accounts; `nothing` names nobody, and shows what the actor may see.
"""

REACH = {
    Role.ADMINISTRATOR: ANYTHING,
    Role.PROGRAMME_MANAGER: {OWN, FACTORY},
    Role.TRAINER: {OWN, FACTORY},
    Role.ADVISOR: {OWN, FACTORY},
    Role.FOCAL_POINT: {OWN},
    Role.PERSON: {OWN},
    None: set(),
}
"""Role, None for nobody -> whose data it may ever see."""

_SHARED = {OWN: {OWN, FACTORY}, FACTORY: {FACTORY}, PROGRAMME: {PROGRAMME}}
"""Whose people sit in the training session, and so are shown to whoever has its code."""


@dataclass
class Visitor:
    """Somebody's client, and whose data it may see."""

    role: Role | None
    client: FlaskClient

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
        if about == "order":  # who ordered cards is who fetches them
            return self.role is Role.FOCAL_POINT and whose == OWN
        if about == "certificate":
            return whose in REACH[self.role]
        if about == "taught" and self.role is Role.TRAINER:
            return whose == OWN
        return self.may(permission) and whose in REACH[self.role]


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


@pytest.fixture
def worlds(app: Flask) -> dict[str, World]:
    return dict(zip((OWN, FACTORY, PROGRAMME), twins.twins(), strict=True))


@pytest.fixture
def visitors(browse: Browse, worlds: dict[str, World]) -> list[Visitor]:
    own = worlds[OWN]
    staff = {role: accounts.account(role, programme=own.programme) for role in (Role.PROGRAMME_MANAGER, Role.ADVISOR)}
    who = {**staff, Role.ADMINISTRATOR: accounts.account(Role.ADMINISTRATOR), Role.TRAINER: own.trainer, Role.FOCAL_POINT: own.focal_point}
    found = [Visitor(role, browse.as_account(account).client) for role, account in who.items()]
    person = browse.as_person(own.person.id, own.training.id)
    return [*found, Visitor(Role.PERSON, person.client), Visitor(None, browse.client)]


def _rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))


def test_every_route_says_what_it_is_about(shared_app: Flask) -> None:
    assert {rule.endpoint for rule in shared_app.url_map.iter_rules()} == set(ABOUT)


def test_nobody_gets_what_is_not_theirs(app: Flask, worlds: dict[str, World], visitors: list[Visitor]) -> None:
    faults = []
    for case in _cases(app, worlds, visitors):
        with _undone():
            answer = _ask(case)
            if fault := _fault(case, answer, worlds):
                faults.append(f"{case} -> {answer.status_code}: {fault}")
    assert not faults, "\n".join(faults)


def _cases(app: Flask, worlds: dict[str, World], visitors: list[Visitor]) -> Iterator[Case]:
    for rule in _rules(app):
        about, permission = ABOUT[rule.endpoint], app.view_functions[rule.endpoint].may
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for visitor in visitors:
                # Without the permission it is all the same whose it is: ask for the own, which is refused last.
                is_one = about in {"nothing", "self", "account", "course"} or not visitor.may(permission)
                for whose in [OWN] if is_one else worlds:
                    address = _address(app, rule, worlds[whose])
                    yield Case(visitor, method, address, whose, about, visitor.reaches(about, whose, permission))


def _address(app: Flask, rule: Rule, world: World) -> str:
    room = rule.endpoint.partition(".")[0]
    code = world.codes.get(rule.endpoint, world.codes.get(room))
    values = {**world.numbers, "code": code}
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments})


@contextmanager
def _undone() -> Iterator[None]:
    """Whatever a request has changed is gone before the next."""
    db.session.remove()
    connection = db.session.session_factory.kw["bind"]
    before = connection.begin_nested()
    try:
        yield
    finally:
        db.session.remove()
        before.rollback()


def _ask(case: Case, data: object = None) -> TestResponse:
    open_ = case.visitor.client.open
    kept = case.visitor.client._cookies.copy()
    try:
        return Context().run(lambda: open_(case.address, method=case.method, headers=OWN_SITE, data=data))
    finally:
        case.visitor.client._cookies = kept  # signing out is undone as well


def _fault(case: Case, answer: TestResponse, worlds: dict[str, World]) -> str:
    """What is wrong with an answer, or nothing."""
    to_sign_in = answer.headers.get("Location", "").startswith("/sign-in?")
    asks_again = answer.headers.get("Location", "").startswith("/account/confirm?")
    refused = answer.status_code in {401, 404} or to_sign_in
    if answer.status_code >= 500:
        return "broken"
    if refused == case.leads and not asks_again and not (case.leads and case.method == "POST"):
        return "refused" if case.leads else "answered"
    seen = REACH[case.visitor.role] | (_SHARED[case.whose] if case.about == "secret" else set())
    text = answer.get_data().decode(errors="replace") + str(answer.headers)
    leaked = [world.mark for whose, world in worlds.items() if whose not in seen and world.mark in text]
    return f"shows {leaked}" if leaked else ""


PLAN = {**twins.PLAN, "programme": "{own.programme.code}", "version": "{own.training.version_id}", "trainers": "{own.trainer.id}"}
FORGED = (
    (Role.FOCAL_POINT, "/sessions/{own.training.id}/nominations", {"factory": "{other.factory.code}", "site": "{own_site}", "people": "{other.person.id}"}),
    (Role.FOCAL_POINT, "/sessions/{own.training.id}/nominations", {"factory": "{own.factory.code}", "site": "{own_site}", "people": "{other.person.id}"}),
    (Role.FOCAL_POINT, "/sessions/{own.training.id}/nominations", {"factory": "{own.factory.code}", "site": "{other_site}", "people": "{own.person.id}"}),
    (Role.FOCAL_POINT, "/sessions/{own.training.id}/seats/{other_seat}/withdrawal", {}),
    (Role.FOCAL_POINT, "/sessions/{own.training.id}/seats/{far.numbers[seat_id]}/withdrawal", {}),
    (Role.FOCAL_POINT, "/factories/{own.factory.code}/roster/{other.numbers[import_id]}/application", {}),
    (Role.FOCAL_POINT, "/factories/{own.factory.code}/people/{other.person.id}/pin", {}),
    (Role.TRAINER, "/factories/{own.factory.code}/people/{other.person.id}/pin", {}),
    (Role.TRAINER, "/factories/{own.factory.code}/people/{far.person.id}/pin", {}),
    (Role.TRAINER, "/sessions/{own.training.id}/seats/{far.numbers[seat_id]}/booking", {}),
    (Role.TRAINER, "/sessions/{own.training.id}/meetings/1/marks/{far.person.id}", {"mark": "present"}),
    (Role.PROGRAMME_MANAGER, "/factories/{own.factory.code}/roster/{far.numbers[import_id]}/application", {}),
    (Role.PROGRAMME_MANAGER, "/sessions/new", {**PLAN, "programme": "{far.programme.code}"}),
    (Role.PROGRAMME_MANAGER, "/sessions/new", {**PLAN, "factories": "{far.factory.id}"}),
    (Role.PROGRAMME_MANAGER, "/sessions/new", {**PLAN, "trainers": "{far.trainer.id}"}),
    (Role.PERSON, "/attempts/{other.numbers[attempt_id]}/submission", {}),
    (Role.PERSON, "/attempts/{other.numbers[attempt_id]}/answers/{own.numbers[question_id]}", {"revision": "0", "choice": "x"}),
    (None, "/join/{own.training.code}", {"person": "{far.person.id}", "pin": "4711"}),
)
"""Own address or own form, with a number of somebody else in it."""
HONEST = (
    (Role.FOCAL_POINT, "/sessions/{own.training.id}/nominations", {"factory": "{own.factory.code}", "site": "{own_site}", "people": "{own.person.id}"}),
    (Role.FOCAL_POINT, "/sessions/{own.training.id}/seats/{own.numbers[seat_id]}/withdrawal", {}),
    (Role.FOCAL_POINT, "/factories/{own.factory.code}/roster/{own.numbers[import_id]}/application", {}),
    (Role.PROGRAMME_MANAGER, "/sessions/new", PLAN),
    (Role.PROGRAMME_MANAGER, "/sessions/new", {**PLAN, "factories": "{other.factory.id}"}),
    (Role.PERSON, "/attempts/{own.numbers[attempt_id]}/submission", {}),
)
"""The same forms without a lie: they are taken, so that it is the lie which is refused above."""


Sent = tuple[Role | None, str, dict[str, str]]


def test_forged_numbers_are_refused_and_change_nothing(worlds: dict[str, World], visitors: list[Visitor]) -> None:
    faults = []
    for sent in _filled(FORGED, worlds):
        with _undone():
            before = _contents()
            status = _send(visitors, sent)
            if status not in {404, 422} or _contents() != before:
                faults.append(f"{sent} -> {status}")
    assert not faults, "\n".join(faults)


def test_honest_numbers_are_taken(worlds: dict[str, World], visitors: list[Visitor]) -> None:
    faults = []
    for sent in _filled(HONEST, worlds):
        with _undone():
            if (status := _send(visitors, sent)) != 303:
                faults.append(f"{sent} -> {status}")
    assert not faults, "\n".join(faults)


def _filled(forms: tuple[Sent, ...], worlds: dict[str, World]) -> list[Sent]:
    """The forms with the numbers of these worlds, read before the first request forgets them."""
    own, other, far = worlds[OWN], worlds[FACTORY], worlds[PROGRAMME]
    db.session.expire_all()
    sites = {site.factory_id: site.id for site in own.training.sites}
    seat = db.session.query(Seat).filter_by(training_id=own.training.id, person_id=other.person.id).one()
    names = {
        "own": own, "other": other, "far": far, "other_seat": seat.id, "own_site": sites[own.factory.id],
        "other_site": sites[other.factory.id],
    }
    return [
        (role, address.format(**names), {name: value.format(**names) for name, value in data.items()})
        for role, address, data in forms
    ]


def _send(visitors: list[Visitor], sent: Sent) -> int:
    role, address, data = sent
    visitor = next(each for each in visitors if each.role == role)
    return _ask(Case(visitor, "POST", address, OWN, "", leads=False), data).status_code


def _contents() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but for those that count tries and say who was seen when."""
    db.session.rollback()
    tables = [table for table in Base.metadata.sorted_tables if table.name not in {"rate_counter", "sign_in"}]
    return {table.name: [tuple(row) for row in db.session.execute(sa.select(table).order_by(table.c.id))] for table in tables}
