"""The log of changes: searched by its address, seen only within one's scope, walked by its key."""

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts import logbook
from app.accounts.logbook import LogFilter
from app.accounts.models import Account, RoleGrant
from app.platform import audit
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, factories, twins
from tests.make.statements import counted


@pytest.fixture
def doers(app: Flask) -> tuple[Account, Account]:
    """A focal point of a factory in Cambodia and one in Viet Nam, each with one entry in the log."""
    kh, vn = factories.programme("KH"), factories.programme("VN")
    made = []
    for programme, action in ((kh, "sessions.nominate"), (vn, "factories.apply")):
        factory = factories.factory(programme_id=programme.id)
        account = accounts.account(Role.FOCAL_POINT, factory=factory, name=f"Doer of {programme.code}")
        audit.record(accounts.actor(account), action, f"factory:{factory.id}", people=[1, 2])
        made.append(account)
    return made[0], made[1]


@pytest.fixture
def manager(app: Flask) -> Account:
    return accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme("KH"))


def subjects(reader: Account, **asked: object) -> list[str]:
    """What the entries are about that this account finds."""
    return [row.subject for row in logbook.entries(accounts.actor(reader), LogFilter(**asked), "UTC").rows]


def test_the_administrator_finds_everything_by_filter(browse: Browse, doers: tuple[Account, Account]) -> None:
    reader = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    everything = reader.get("/log").text
    assert "Doer of KH" in everything
    assert "people: [1, 2]" in everything
    of_kh = db.session.query(AuditEntry).filter_by(account_id=doers[0].id, action="sessions.nominate").one()
    for address, there, not_there in (
        ("/log?action=sessions.", "Doer of KH", "Doer of VN"),
        (f"/log?account={doers[1].email}", "Doer of VN", "Doer of KH"),
        ("/log?account=doer of k", "Doer of KH", "Doer of VN"),
        (f"/log?subject={of_kh.subject}", "Doer of KH", "Doer of VN"),
        ("/log?since=2020-01-01&until=2999-01-01", "Doer of KH", "No entry fits"),
        ("/log?until=2020-01-01", "No entry fits", "Doer of KH"),
        ("/log?action=%25&subject=%27;drop", "No entry fits", "Doer of KH"),
        ("/log?since=yesterday&before=x", "Doer of KH", "No entry fits"),
        ("/log?before=99999999999999999999", "Doer of KH", "No entry fits"),
    ):
        text = reader.get(address).text
        assert there in text, address
        assert not_there not in text, address


def test_what_a_person_did_is_found_by_the_person(app: Flask, manager: Account) -> None:
    person = factories.person(factories.factory(programme_id=factories.programme("KH").id))
    Browse(app).as_person(person.id)
    [signed_in] = logbook.entries(accounts.actor(manager), LogFilter(account=f"person:{person.id}"), "UTC").rows
    assert (signed_in.action, signed_in.subject, signed_in.device) == ("accounts.sign_in", f"person:{person.id}", "test")
    assert subjects(manager, account="person:0") == []


def test_a_manager_sees_the_log_of_the_own_programme_only(browse: Browse, doers: tuple[Account, Account], manager: Account) -> None:
    text = browse.as_account(manager).get("/log").text
    assert "Doer of KH" in text
    assert "Doer of VN" not in text


def test_no_entry_about_anything_of_another_programme_is_seen(app: Flask) -> None:
    own, other, far = twins.twins()
    managers = [accounts.account(Role.PROGRAMME_MANAGER, programme=each.programme) for each in (own, far)]
    (ours, theirs), everything = map(found_by, managers), found_by(accounts.account(Role.ADMINISTRATOR))
    assert not ours & theirs
    for mine, of in ((ours, own), (theirs, far)):
        kinds = {subject.partition(":")[0] for subject in mine}
        assert kinds >= {"certificate", "factory", "person", "training"}
        assert {f"training:{of.training.id}", f"person:{of.person.id}"} <= mine | {f"person:{of.person.id}"}
    left = {subject.partition(":")[0] for subject in everything - ours - theirs}
    assert left <= {"version", "kind", "group", "account", "draft", "pathway"}  # nobody's programme
    assert f"training:{other.training.id}" in ours


def found_by(reader: Account) -> set[str]:
    found: set[str] = set()
    before = None
    while True:
        part = logbook.entries(accounts.actor(reader), LogFilter(before=before), "UTC")
        found |= {row.subject for row in part.rows}
        if (before := part.older) is None:
            return found


def test_of_an_account_in_two_programmes_each_sees_its_own_grants_only(app: Flask, manager: Account) -> None:
    shared = accounts.account(Role.TRAINER, programme=factories.programme("KH"))
    here = f"account:{shared.id}"
    audit.record(SYSTEM, "accounts.describe", here)
    assert subjects(manager, subject=here) == [here]
    vn = factories.programme("VN")
    db.session.add(RoleGrant(account_id=shared.id, role=Role.TRAINER, programme_id=vn.id))
    db.session.flush()
    audit.record(SYSTEM, "accounts.grant", here, role="trainer", programme=vn.id, factory=None)
    audit.record(SYSTEM, "accounts.grant", here, role="trainer", programme=factories.programme("KH").id, factory=None)
    found = logbook.entries(accounts.actor(manager), LogFilter(subject=here), "UTC").rows
    assert [row.details["programme"] for row in found] == [factories.programme("KH").id]


def test_the_log_is_walked_by_its_key_in_one_statement(app: Flask) -> None:
    reader = accounts.account(Role.ADMINISTRATOR)
    for number in range(logbook.SIZE * 2 + 1):
        audit.record(SYSTEM, "tests.walk", f"thing:{number}")
    db.session.flush()
    seen, before, statements = [], None, []
    for _part in range(3):
        with counted() as ran:
            part = logbook.entries(accounts.actor(reader), LogFilter(action="tests.walk", before=before), "UTC")
        statements.append(len([each for each in ran if "audit_entry" in each]))
        seen += [row.subject for row in part.rows]
        audit.record(SYSTEM, "tests.walk", "thing:late")  # what comes meanwhile moves nothing
        db.session.flush()
        before = part.older
    assert seen == [f"thing:{number}" for number in reversed(range(logbook.SIZE * 2 + 1))]
    assert before is None
    assert statements == [1, 1, 1]


def test_the_pages_of_the_log_keep_the_search(browse: Browse) -> None:
    for number in range(logbook.SIZE + 1):
        audit.record(SYSTEM, "tests.walk", f"thing:{number}")
    reader = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    first = reader.get("/log?action=tests.")
    [older] = [link.get("href") or "" for link in first.all("a") if link.get("rel") == "next"]
    assert "action=tests." in older
    last = reader.get(older)
    assert "thing:0" in last.text
    assert "Newest" in last.text
    assert not [link for link in last.all("a") if link.get("rel") == "next"]


def test_everybody_else_finds_nothing(browse: Browse, doers: tuple[Account, Account]) -> None:
    assert browse.as_account(doers[0]).get("/log").status == 404
    assert browse.get("/log").status == 303
