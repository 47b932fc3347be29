"""Forms with a lie in them: numbers of somebody else, and fields that no form has."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule

from app.access.roles import Role
from app.platform.db import db
from app.sessions.models import Seat
from tests.architecture.about import ABOUT
from tests.architecture.visiting import (
    FACTORY,
    FOR_FEW,
    OWN,
    PROGRAMME,
    Case,
    Rows,
    Visitor,
    Worlds,
    address_of,
    ask,
    contents,
    noting_writes,
    routes,
    undone,
    visitor,
)
from tests.browse import Browse, sent_by
from tests.counts import SHARE, sampled
from tests.make import twins

pytestmark = [pytest.mark.slow, pytest.mark.every_run, pytest.mark.any_engine]

PLAN = {
    **twins.PLAN,
    "programme": "{own.programme.code}", "version": "{own.training.version_id}", "trainers": "{own.trainer.id}",
}
_NOMINATIONS = "/sessions/{own.training.id}/nominations"
_ROSTER = "/factories/{own.factory.code}/roster"
_PEOPLE = "/factories/{own.factory.code}/people"
_LINES = "/factories/{own.factory.code}/lines"
_COMMITTEE = "/factories/{own.factory.code}/committees/{own.numbers[committee_id]}"
_HELPERS = "/sessions/{own.training.id}/helpers"
_DOOR = "/accounts/invite"
_GUEST = {"email": "zoe@guests.example", "name": "Zoe", "language": "en"}


def _nominees(factory: str, site: str, people: str) -> dict[str, str]:
    return {"factory": f"{{{factory}.factory.code}}", "site": f"{{{site}}}", "people": f"{{{people}.person.id}}"}


_MARKS = "/sessions/{own.training.id}/meetings/1/marks"
_INTEREST = "/courses/{own.codes[courses]}/interest"
_WISH = {"people": "8", "month": "", "modality": "", "language": "en"}
_ATTEMPT = "/attempts/{other.numbers[attempt_id]}"
_MEMBER = {"person": "{other.person.id}", "side": "worker", "starts_on": "2026-01-01"}
FORGED = (
    (Role.FOCAL_POINT, _NOMINATIONS, _nominees("other", "own_site", "other")),
    (Role.FOCAL_POINT, _NOMINATIONS, _nominees("own", "own_site", "other")),
    (Role.FOCAL_POINT, _NOMINATIONS, _nominees("own", "other_site", "own")),
    (Role.FOCAL_POINT, "/sessions/{own.training.id}/seats/{other_seat}/withdrawal", {}),
    (Role.FOCAL_POINT, "/sessions/{own.training.id}/seats/{far.numbers[seat_id]}/withdrawal", {}),
    (Role.FOCAL_POINT, _ROSTER + "/{other.numbers[import_id]}/application", {}),
    (Role.FOCAL_POINT, _PEOPLE + "/{other.person.id}/pin", {}),
    (Role.FOCAL_POINT, _INTEREST, {**_WISH, "factory": "{other.factory.code}"}),
    (Role.FOCAL_POINT, "/demand/{other.numbers[interest_id]}/withdrawal", {}),
    (Role.TRAINER, "/demand/{far.numbers[interest_id]}/training", {"training": "{own.training.id}"}),
    (Role.TRAINER, "/demand/{own.numbers[interest_id]}/training", {"training": "{far.training.id}"}),
    (Role.FACTORY_AMBASSADOR, "/sessions/{other.training.id}/meetings/1/marks/{other.person.id}", {"mark": "present"}),
    (Role.FACTORY_AMBASSADOR, _PEOPLE + "/{own.person.id}/pin", {}),
    (Role.CHECK_IN_HELPER, _MARKS + "/{far.person.id}", {"mark": "present"}),
    (Role.CHECK_IN_HELPER, "/sessions/{other.training.id}/kiosk", {}),
    (Role.CHECK_IN_HELPER, _HELPERS, {**_GUEST, "role": "check_in_helper"}),
    (Role.TRAINER, _PEOPLE + "/{other.person.id}/pin", {}),
    (Role.TRAINER, _PEOPLE + "/{far.person.id}/pin", {}),
    (Role.TRAINER, "/sessions/{own.training.id}/seats/{far.numbers[seat_id]}/booking", {}),
    (Role.TRAINER, _MARKS + "/{far.person.id}", {"mark": "present"}),
    (Role.TRAINER, _HELPERS, {**_GUEST, "role": "trainer"}),
    (Role.TRAINER, _HELPERS + "/{far.numbers[helper_id]}/withdrawal", {}),
    (Role.TRAINER, _HELPERS + "/{own.numbers[grant_id]}/withdrawal", {}),
    (Role.ADVISOR, _COMMITTEE + "/members", _MEMBER),
    (Role.PROGRAMME_MANAGER, _ROSTER + "/{far.numbers[import_id]}/application", {}),
    (Role.PROGRAMME_MANAGER, _LINES + "/{far.numbers[line_id]}", {"name": "Line 9", "kind": "line"}),
    (Role.PROGRAMME_MANAGER, _LINES + "/{other.numbers[line_id]}", {"name": "Line 9", "kind": "line"}),
    (Role.PROGRAMME_MANAGER, "/programmes/{own.programme.code}/holidays/{far.numbers[holiday_id]}/removal", {}),
    (Role.PROGRAMME_MANAGER, _DOOR, {**_GUEST, "role": "administrator", "place": ""}),
    (Role.PROGRAMME_MANAGER, _DOOR, {**_GUEST, "role": "trainer", "place": "programme:{far.programme.id}"}),
    (Role.PROGRAMME_MANAGER, _DOOR, {**_GUEST, "role": "group_viewer", "place": "group:{far.factory.group_id}"}),
    (Role.PROGRAMME_MANAGER, _DOOR, {**_GUEST, "role": "group_viewer", "place": "programme:{own.programme.id}"}),
    (Role.PROGRAMME_MANAGER, _DOOR, {**_GUEST, "role": "check_in_helper", "place": "programme:{own.programme.id}"}),
    (Role.PROGRAMME_MANAGER, _DOOR, {**_GUEST, "role": "trainer", "place": "training:{own.training.id}"}),
    (Role.PROGRAMME_MANAGER, "/sessions/new", {**PLAN, "programme": "{far.programme.code}"}),
    (Role.PROGRAMME_MANAGER, "/sessions/new", {**PLAN, "factories": "{far.factory.id}"}),
    (Role.PROGRAMME_MANAGER, "/sessions/new", {**PLAN, "trainers": "{far.trainer.id}"}),
    (Role.PERSON, _ATTEMPT + "/submission", {}),
    (Role.PERSON, _ATTEMPT + "/answers/{own.numbers[question_id]}", {"revision": "0", "choice": "x"}),
    (None, "/join/{own.training.code}", {"person": "{far.person.id}", "pin": "4711"}),
)
"""Own address or own form, with a number of somebody else in it."""
HONEST = (
    (Role.FOCAL_POINT, _NOMINATIONS, _nominees("own", "own_site", "own")),
    (Role.FOCAL_POINT, "/sessions/{own.training.id}/seats/{own.numbers[seat_id]}/withdrawal", {}),
    (Role.FOCAL_POINT, _ROSTER + "/{own.numbers[import_id]}/application", {}),
    (Role.FOCAL_POINT, _INTEREST, {**_WISH, "factory": "{own.factory.code}"}),
    (Role.FOCAL_POINT, "/demand/{own.numbers[interest_id]}/withdrawal", {}),
    (Role.TRAINER, "/demand/{own.numbers[interest_id]}/training", {"training": "{own.training.id}"}),
    (Role.CHECK_IN_HELPER, "/sessions/{own.training.id}/kiosk", {}),
    (Role.TRAINER, _HELPERS, {**_GUEST, "role": "check_in_helper"}),
    (Role.TRAINER, _HELPERS + "/{own.numbers[helper_id]}/withdrawal", {}),
    (Role.PROGRAMME_MANAGER, _LINES + "/{own.numbers[line_id]}", {"name": "Line 9", "kind": "line"}),
    (Role.PROGRAMME_MANAGER, _DOOR, {**_GUEST, "role": "group_viewer", "place": "group:{own.factory.group_id}"}),
    (Role.PROGRAMME_MANAGER, _DOOR, {**_GUEST, "role": "factory_ambassador", "place": "factory:{own.factory.id}"}),
    (Role.PROGRAMME_MANAGER, "/sessions/new", PLAN),
    (Role.PROGRAMME_MANAGER, "/sessions/new", {**PLAN, "factories": "{other.factory.id}"}),
    (Role.PERSON, "/attempts/{own.numbers[attempt_id]}/submission", {}),
)
"""The same forms without a lie: they are taken, so that it is the lie which is refused above."""

Sent = tuple[Role | None, str, dict[str, str]]


@pytest.fixture
def visitors(shared_app: Flask, worlds: Worlds) -> Mapping[Role | None, Visitor]:
    return {role: visitor(role, worlds[OWN], Browse(shared_app)) for role in (*Role, None)}


def test_forged_numbers_are_refused_and_change_nothing(
    worlds: Worlds, visitors: Mapping[Role | None, Visitor]
) -> None:
    faults, before = [], contents()
    for sent in _filled(FORGED, worlds):
        with undone():
            status = _send(visitors, sent)
            if status not in {404, 422} or contents() != before:
                faults.append(f"{sent} -> {status}")
    assert not faults, "\n".join(faults)


def test_honest_numbers_are_taken(worlds: Worlds, visitors: Mapping[Role | None, Visitor]) -> None:
    faults = []
    for sent in _filled(HONEST, worlds):
        with undone():
            if (status := _send(visitors, sent)) != 303:
                faults.append(f"{sent} -> {status}")
    assert not faults, "\n".join(faults)


def _filled(forms: tuple[Sent, ...], worlds: Worlds) -> list[Sent]:
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


def _send(visitors: Mapping[Role | None, Visitor], sent: Sent) -> int:
    role, address, data = sent
    return ask(Case(visitors[role], "POST", address, OWN, "", leads=False), data).status_code


ORDER = (Role.FOCAL_POINT, Role.TRAINER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR, Role.PERSON, Role.PARTNER)
"""Who is asked to send a form: the first of these who may."""
FEW = 8
"""So many forms of each of them are sent at least."""


@dataclass
class Posting:
    """A form as its page offers it, or an empty one where none does. Of its own fields nothing is forged."""

    visitor: Visitor
    address: str
    data: MultiDict[str, Any]


@pytest.mark.parametrize("role", ORDER)
def test_forged_fields_change_nothing(shared_app: Flask, worlds: Worlds, role: Role) -> None:
    """Each form as it is, then with fields that only the server fills; where the outcomes differ, again as it is: what
    was the same both times is so with the lie, too. Usually of so many forms one, always the same.
    """
    forged, faults, taken = _forged(worlds), [], 0
    for posting in _postings(shared_app, worlds, visitor(role, worlds[OWN], Browse(shared_app))):
        added = MultiDict(posting.data)
        added.update({name: value for name, value in forged.items() if name not in posting.data})
        once, lied = (_outcome(posting, data) for data in (posting.data, added))
        taken += once[0] in {200, 204, 303}
        if once != lied and (differing := _differing(once, _outcome(posting, posting.data), lied)):
            faults.append(f"{posting.address}: {differing}")
    assert not faults, "\n".join(faults)
    assert taken  # what is refused anyhow, shows nothing


def test_every_form_is_sent_by_somebody(shared_app: Flask) -> None:
    """All but those that open for nobody here: FOR_FEW says where they are asked."""
    asked = [rule for rule in _posts(shared_app) if FOR_FEW.get(ABOUT[rule.endpoint]) != set()]
    assert [rule.endpoint for rule in asked if not _senders(shared_app, rule)] == []


def _forged(worlds: Worlds) -> dict[str, str]:
    far = worlds[PROGRAMME]
    return {
        "role": "administrator", "roles": "administrator", "grants": "administrator", "is_system": "1",
        "factory": far.factory.code, "factory_id": str(far.factory.id), "programme_id": str(far.programme.id),
        "programme": far.programme.code, "training_id": str(far.training.id), "person_id": str(far.person.id),
        "account": str(far.focal_point.id), "account_id": str(far.focal_point.id), "id": "1", "state": "closed",
        "passed": "1", "score": "100", "created_at": "2001-01-01", "at": "2001-01-01", "evidence": "provider_report",
        "disabled_at": "", "password_hash": "x", "is_kiosk": "1", "valid_until": "2099-01-01",
    }


def _posts(app: Flask) -> list[Rule]:
    return [rule for rule in routes(app) if "POST" in (rule.methods or ())]


def _senders(app: Flask, rule: Rule) -> list[Role]:
    about, permission = ABOUT[rule.endpoint], app.view_functions[rule.endpoint].may
    return [role for role in ORDER if Visitor(role, None).reaches(about, OWN, permission)]


def _postings(app: Flask, worlds: Worlds, one: Visitor) -> Iterator[Posting]:
    first = [rule for rule in _posts(app) if _senders(app, rule)[:1] == [one.role]]
    own = sampled(first, f"forms of {one.role}", max(FEW, len(first) // (2 * SHARE)))
    forms = dict.fromkeys((address_of(app, rule, worlds[OWN]) for rule in own), MultiDict[str, Any]())
    for address, data in (forms | _forms_of(app, worlds, one, set(forms))).items():
        yield Posting(one, address, data)


def _forms_of(app: Flask, worlds: Worlds, one: Visitor, wanted: set[str]) -> dict[str, MultiDict[str, Any]]:
    """The forms for these addresses on the visitor's own pages."""
    found: dict[str, MultiDict[str, Any]] = {}
    for rule in routes(app):
        if wanted <= set(found):
            break
        if "GET" not in (rule.methods or ()):
            continue
        about, permission = ABOUT[rule.endpoint], app.view_functions[rule.endpoint].may
        if not one.reaches(about, OWN, permission):
            continue
        with undone():
            answer = ask(Case(one, "GET", address_of(app, rule, worlds[OWN]), OWN, about, leads=True))
        if answer.mimetype == "text/html" and _actions(answer.text) & wanted - set(found):
            page = html5lib.parse(answer.text, namespaceHTMLElements=False)
            for form in page.iter("form"):
                if form.get("method") == "post" and _path(form.get("action")) in wanted:
                    found.setdefault(_path(form.get("action")), _whole(form))
    return found


def _actions(page: str) -> set[str]:
    return {_path(unescape(action)) for action in re.findall(r'\baction="([^"]*)"', page)}


def _path(action: str | None) -> str:
    return urlsplit(action or "").path


def _whole(form: Any) -> MultiDict[str, Any]:
    """What the form sends, and the names of what it would send if more was filled in."""
    data = sent_by(form)
    for field in form.iter():
        name = field.get("name")
        if name and name not in data and field.get("type") not in {"checkbox", "radio", "file"}:
            data.add(name, "")
    return data


Outcome = tuple[int, Rows]


def _outcome(posting: Posting, data: MultiDict[str, Any]) -> Outcome:
    """The status, and the tables that were written to as they are now."""
    with undone():
        with noting_writes() as written:
            status = ask(Case(posting.visitor, "POST", posting.address, OWN, "", leads=True), data).status_code
        return status, contents(written)


_REFUSED = {404, 409, 422}
"""What was refused for one reason may be refused for another; the rows still must not differ."""


def _same(one: object, other: object) -> bool:
    """Moments at which something was written differ by the time between two requests."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs(one - other) < timedelta(minutes=1)
    return one == other


def _differing(once: Outcome, twice: Outcome, lied: Outcome) -> list[str]:
    """Where the outcome of the lie differs from the first in what the first two have in common."""
    if once[0] != lied[0] and not {once[0], lied[0]} <= _REFUSED:
        return [f"{once[0]} became {lied[0]}"]
    found: dict[str, list[object]] = defaultdict(list)
    if set(once[1]) != set(lied[1]):
        return [f"{sorted(set(once[1]) ^ set(lied[1]))}: written to by one alone"]
    for table, rows in once[1].items():
        others, lies = twice[1].get(table, rows), lied[1][table]
        if len(rows) != len(lies):
            found[table].append(f"{len(rows)} rows became {len(lies)}")
        for row, other, lie in zip(rows, others, lies, strict=False):
            found[table] += [(a, c) for a, b, c in zip(row, other, lie, strict=True) if a == b and not _same(a, c)]
    return [f"{table}: {cells}" for table, cells in found.items() if cells]
