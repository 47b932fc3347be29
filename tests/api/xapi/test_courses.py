"""Courses of others: what another system says becomes an entry of the learning record, once, and only where staff said so."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.api.tokens.rules import TokenScope
from app.api.xapi.courses import operations as courses
from app.api.xapi.facts.rules import VERBS
from app.api.xapi.models import ExternalCourse
from app.factories.models import Factory
from app.learning_record.models import EntryKind, RecordEntry
from app.learning_record.rules import EvidenceLevel
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, external
from tests.make import factories as make
from tests.make.speakers import Speaker, account_of, speaker, statement, voiding

IRI = "https://courses.example.org/first-aid"
DONE = {"verb": {"id": VERBS["passed"]}, "object": {"id": IRI}}


@pytest.fixture
def factory(app: Flask) -> Factory:
    made = make.factory()
    courses.register_course(SYSTEM, made.programme.code, IRI, "First aid")
    return made


@pytest.fixture
def school(app: Flask, factory: Factory) -> Speaker:
    return speaker(app, accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))


def _entries(factory: Factory) -> list[RecordEntry]:
    return list(db.session.scalars(sa.select(RecordEntry).where(RecordEntry.factory_id == factory.id).order_by(RecordEntry.id)))


def test_who_passed_has_an_entry_of_the_lowest_level(school: Speaker, factory: Factory) -> None:
    person = make.person(factory)
    actor = account_of(person)
    assert school.say(statement(actor=actor, **DONE), statement(actor=actor, **{**DONE, "verb": {"id": VERBS["completed"]}})).status_code == 200
    [entry] = _entries(factory)
    assert (entry.kind, entry.person_id, entry.level, entry.details) == (EntryKind.EXTERNAL_COURSE, person.id, EvidenceLevel.C, {"title": "First aid"})


@pytest.mark.parametrize("change", [{"verb": {"id": VERBS["failed"]}}, {"object": {"id": IRI + "/other"}}, {"result": {"success": False}}, {"result": {"completion": False}}])
def test_nothing_else_counts(school: Speaker, factory: Factory, change: dict[str, object]) -> None:
    assert school.say(statement(actor=account_of(make.person(factory)), **{**DONE, **change})).status_code == 200
    assert school.say(statement(**DONE)).status_code == 200  # about nobody of ours
    assert _entries(factory) == []


@pytest.mark.parametrize("comes_first", [False, True])
def test_what_is_taken_back_counts_no_more(school: Speaker, factory: Factory, comes_first: bool) -> None:
    said = statement(actor=account_of(make.person(factory)), **DONE)
    for each in (voiding(said["id"]), said) if comes_first else (said, voiding(said["id"])):
        assert school.say(each).status_code == 200
    kinds = [entry.kind for entry in _entries(factory)]
    assert kinds == ([] if comes_first else [EntryKind.EXTERNAL_COURSE, EntryKind.EXTERNAL_COURSE_WITHDRAWN])


def test_nobody_else_takes_it_back(app: Flask, school: Speaker, factory: Factory) -> None:
    said = statement(actor=account_of(make.person(factory)), **DONE)
    school.say(said)
    speaker(app, accounts.account(Role.FOCAL_POINT, factory=factory)).say(voiding(said["id"]))
    assert len(_entries(factory)) == 1


def test_a_token_for_another_factory_takes_no_entry_back(app: Flask, factory: Factory) -> None:
    owner, other = accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme), make.factory(programme=factory.programme)
    said = statement(actor=account_of(make.person(factory)), **DONE)
    both = (TokenScope.STATEMENTS_READ, TokenScope.STATEMENTS_WRITE)
    assert speaker(app, owner).say(said).status_code == 200
    assert speaker(app, owner, *both, factories=[other.code]).say(voiding(said["id"])).status_code == 200
    assert len(_entries(factory)) == 1


def test_nothing_was_passed_before_calendars_agree(school: Speaker, factory: Factory) -> None:
    school.say(statement(actor=account_of(make.person(factory)), timestamp="0001-01-01T00:00:00Z", **DONE))
    [entry] = _entries(factory)
    assert entry.at.year == 1970


def test_an_ended_course_counts_no_more(school: Speaker, factory: Factory) -> None:
    courses.end_course(SYSTEM, factory.programme.code, IRI)
    school.say(statement(actor=account_of(make.person(factory)), **DONE))
    assert _entries(factory) == []


def test_commands(app: Flask, factory: Factory) -> None:
    make.person(factory)
    run, code, factory_code = app.test_cli_runner().invoke, factory.programme.code, factory.code
    db.session.commit()
    assert run(args=["xapi", "course", code, IRI, "--title", "First aid for all"]).exit_code == 0
    assert run(args=["xapi", "course", code, IRI, "--end"]).exit_code == 0
    assert run(args=["xapi", "course", code, IRI, "--end"]).exit_code == 2
    assert run(args=["xapi", "course", code, "no iri", "--title", "x"]).exit_code == 2
    assert run(args=["xapi", "course", "??", IRI, "--title", "x"]).exit_code == 2
    first = run(args=["xapi", "names", factory_code]).output
    assert first == run(args=["xapi", "names", factory_code]).output and first.splitlines()[0].endswith("homePage,name")
    assert run(args=["xapi", "names", "??"]).exit_code == 2


def test_staff_let_a_course_count_and_end_it_in_the_browser(app: Flask, browse: Browse) -> None:
    programme = make.programme()
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=programme))
    address = f"/programmes/{programme.code}/external-courses"
    assert "No course of anybody else counts here yet" in manager.get(address).text
    assert manager.post(address, data={"title": "Fire", "iri": "no address"}).status == 422
    assert manager.post(address, data={"title": " ", "iri": IRI}).status == 422
    for title in ("Fire", "Fire", "Fire safety"):  # sent twice it is one; another title is another name
        assert manager.post(address, data={"title": title, "iri": f" {IRI} "}).status == 303
    [course] = db.session.query(ExternalCourse)
    assert (course.iri, course.title, course.ended_at) == (IRI, "Fire safety", None)
    for _again in range(2):
        assert manager.post(f"{address}/{course.id}/end").status == 303
    assert "Let it count again" in manager.get(address).text
    assert manager.post(address, data={"title": course.title, "iri": IRI}).status == 303
    assert db.session.get_one(ExternalCourse, course.id).ended_at is None
    acts = [row.action for row in db.session.query(AuditEntry).order_by(AuditEntry.id) if row.action.startswith("xapi.")]
    assert acts == ["xapi.register_course", "xapi.register_course", "xapi.end_course", "xapi.register_course"]


def test_a_course_of_another_programme_is_not_there(browse: Browse) -> None:
    programme = make.programme()
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=programme))
    foreign = external.course(make.programme("BD"))
    for address in (f"/programmes/BD/external-courses/{foreign.id}", f"/programmes/{programme.code}/external-courses/{foreign.id}"):
        assert manager.get(address).status == 404
        assert manager.post(f"{address}/end").status == 404
    assert foreign.ended_at is None


def test_what_was_passed_elsewhere_shows_to_the_person_the_staff_and_the_factory(app: Flask, browse: Browse, school: Speaker, factory: Factory) -> None:
    person = make.person(factory, name="Sok Dara", language="en")
    said = statement(actor=account_of(person), **DONE)
    assert school.say(said).status_code == 200
    course = db.session.query(ExternalCourse).one()
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))
    focal = Browse(app).as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    own = Browse(app).as_person(person.id)
    listed, one = f"/programmes/{factory.programme.code}/external-courses", f"/programmes/{factory.programme.code}/external-courses/{course.id}"
    assert "Sok Dara" in manager.get(one).text and "Passed elsewhere" in manager.get(one).text
    assert focal.get(listed).status == 404
    for page in (focal.get(f"/people/{person.id}"), focal.get(f"/people/{person.id}/transcript"), own.get("/transcript")):
        assert "Passed elsewhere, as other systems say" in page.text and "First aid" in page.text
    assert "As another system says" in focal.get(f"/factories/{factory.code}/record").text
    assert school.say(voiding(said["id"])).status_code == 200
    assert "Passed elsewhere" not in own.get("/transcript").text
    assert "Taken back by the other system" in manager.get(one).text
