"""How other systems name people: who is meant, when nobody knows who, and never beyond what a token reaches."""

import hashlib
import re
from datetime import date, timedelta

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.api.xapi.models import Document, Numbering, OtherName, Statement
from app.api.xapi.people import operations, queries
from app.api.xapi.people.rules import Name
from app.api.xapi.person_data import PERSON_DATA
from app.factories.models import Employment, Factory, Person
from app.factories.rules import EndReason, JobRole
from app.platform.audit.models import AuditEntry
from app.platform.clock import today
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, external
from tests.make import factories as make
from tests.make.speakers import BOTH, Speaker, speaker, statement

HR = "https://personnel.example.org"
MAIL = {"mbox": "mailto:Dara@example.org"}


@pytest.fixture
def factory(app: Flask) -> Factory:
    return make.factory()


@pytest.fixture
def school(app: Flask, factory: Factory) -> Speaker:
    """A token of the whole programme."""
    return speaker(app, accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))


def _account(name: str, home_page: str = HR) -> dict[str, object]:
    return {"account": {"homePage": home_page, "name": name}}


def _worker(factory: Factory, number: str) -> Person:
    person = make.person()
    make.employ(person, factory, JobRole.OPERATOR, number=number)
    return person


def _left(person: Person, days_ago: int, reason: EndReason = EndReason.LEFT) -> date:
    job, day = db.session.query(Employment).filter_by(person_id=person.id).one(), today("Asia/Phnom_Penh") - timedelta(days=days_ago)
    job.ended_on, job.end_reason = day, reason
    db.session.flush()
    return day


def _about(said: dict[str, object]) -> tuple[int | None, int | None]:
    """Person and factory of a statement that is stored."""
    row = db.session.query(Statement).filter_by(uuid=said["id"]).one()
    return row.person_id, row.factory_id


def _said(writer: Speaker, actor: dict[str, object], **values: object) -> tuple[int | None, int | None]:
    said = statement(actor=actor, **values)
    answer = writer.say(said)
    assert answer.status_code == 200, answer.data
    return _about(said)


def test_a_name_that_staff_wrote_down_means_the_person(school: Speaker, factory: Factory) -> None:
    person = make.person(factory)
    assert _said(school, MAIL)[0] is None
    row = external.other_name(person, "dara@example.org")
    external.other_name(person, "e\u0301-7", HR)
    here = person.id, factory.id
    assert _said(school, MAIL) == here == _said(school, _account("\u00e9-7"))  # any case, any encoding
    assert _said(school, _account("dara@example.org"))[0] is None
    assert _said(school, {**MAIL, "objectType": "Group"})[0] is None
    operations.end_name(SYSTEM, person.id, row.id)
    assert _said(school, MAIL)[0] is None


def test_a_hash_of_such_an_address_means_the_person(school: Speaker, app: Flask, factory: Factory) -> None:
    known = make.person(factory, email="rina@example.org")
    of = {address: {"mbox_sha1sum": hashlib.sha1(f"mailto:{address}".encode()).hexdigest()} for address in ("dara@example.org", "rina@example.org")}
    name = external.other_name(known, "Dara@example.org")
    hashed = of["dara@example.org"]
    upper = {"mbox_sha1sum": hashed["mbox_sha1sum"].upper()}
    here = known.id, factory.id
    assert _said(school, hashed) == here == _said(school, upper)
    assert _said(school, of["rina@example.org"])[0] is None  # known of her, but nobody wrote it down as a name
    assert _said(school, {"openid": "https://dara.example.org"})[0] is None
    assert _said(school, {**hashed, "objectType": "Group"})[0] is None
    stranger = speaker(app, accounts.account(Role.FOCAL_POINT, factory=make.factory()))
    assert _said(stranger, hashed)[0] is None
    operations.end_name(SYSTEM, known.id, name.id)
    assert _said(school, hashed)[0] is None
    assert "sha1sum" not in PERSON_DATA.export(known.id)["xapi_name"][0]


def test_employee_numbers_are_names_where_the_factory_said_so(school: Speaker, factory: Factory) -> None:
    person = _worker(factory, "E-0042")
    row = external.numbering(factory, HR)
    assert _said(school, _account("e 0042")) == (person.id, factory.id)
    assert _said(school, _account("43"))[0] is None
    assert _said(school, _account("E-0042", "https://other.example"))[0] is None
    operations.end_numbering(SYSTEM, factory.code, row.id)
    assert _said(school, _account("E-0042"))[0] is None


def test_who_is_meant_must_be_one_person(school: Speaker, app: Flask, factory: Factory) -> None:
    other = make.factory(programme=factory.programme)
    one, two = _worker(factory, "7"), _worker(other, "7")
    for each in (factory, other):
        external.numbering(each, HR)
    refused = school.say(statement(), statement(actor=_account("7")))
    assert refused.status_code == 400 and "several people" in refused.get_json(force=True)["detail"]
    assert school.found() == []
    owner = accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme)
    narrow = [speaker(app, owner, *BOTH, factories=[each.code]) for each in (factory, other)]
    assert [_said(each, _account("7"))[0] for each in narrow] == [one.id, two.id]


def test_a_number_that_was_given_again_means_who_had_it_then(school: Speaker, factory: Factory) -> None:
    old = _worker(factory, "9")
    day = _left(old, 30)
    new = _worker(factory, "9")
    db.session.query(Employment).filter_by(person_id=new.id).one().started_on = day
    external.numbering(factory, HR)
    assert _said(school, _account("9"))[0] == new.id
    assert _said(school, _account("9"), timestamp="2024-05-01T10:00:00Z")[0] == old.id


def test_the_token_of_a_factory_writes_into_nobody_elses_people(app: Flask, factory: Factory) -> None:
    other = make.factory(programme=factory.programme)
    stranger = _worker(other, "77")
    external.other_name(stranger, "dara@example.org")
    external.numbering(other, HR)
    writer = speaker(app, accounts.account(Role.FOCAL_POINT, factory=factory))
    for actor in (MAIL, _account("77")):
        assert _said(writer, actor) == (None, factory.id)
    reader = speaker(app, accounts.account(Role.FOCAL_POINT, factory=other))
    assert reader.found() == [] == reader.found(agent=MAIL)


def test_facts_stay_where_somebody_worked_then(app: Flask, school: Speaker, factory: Factory) -> None:
    other = make.factory(programme=factory.programme)
    person = make.person(factory)
    external.other_name(person, "dara@example.org")
    day = _left(person, 30, EndReason.MOVED_FACTORY)
    make.employ(person, other, JobRole.SUPERVISOR, number="N1").started_on = day
    assert _said(school, MAIL) == (person.id, other.id)
    assert _said(school, MAIL, timestamp="2024-05-01T10:00:00Z") == (person.id, factory.id)
    for at in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"):
        assert _said(school, MAIL, timestamp=at)[0] == person.id


def test_documents_of_such_a_name_are_the_persons(school: Speaker, factory: Factory) -> None:
    from_mail = {"activityId": "https://e.org/a", "agent": '{"mbox": "mailto:dara@example.org"}', "stateId": "place"}
    person = make.person(factory)
    external.other_name(person, "dara@example.org")
    assert school.ask("PUT", "activities/state", {"page": 3}, query_string=from_mail).status_code == 204
    assert db.session.query(Document).one().person_id == person.id


def test_staff_add_and_end_names_in_the_browser(browse: Browse, factory: Factory) -> None:
    person, twin = make.person(factory, name="Sok Dara"), make.person(factory, name="Chan Thida")
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))
    page = f"/people/{person.id}/names"
    for wrong in ({"name": ""}, {"name": "7"}, {"name": "7", "home_page": "no address"}, {"name": "7", "home_page": "http://localhost"}):
        assert manager.post(page, data=wrong).status == 422
    for _again in range(2):
        assert manager.post(page, data={"name": " mailto:Dara@example.org "}).status == 303
    [row] = db.session.query(OtherName)
    refused = manager.post(f"/people/{twin.id}/names", data={"name": "dara@EXAMPLE.org"})
    assert refused.status == 422 and "This name stands for Sok Dara already" in refused.text
    assert "Dara@example.org" in manager.get(f"/people/{person.id}").text
    assert "Dara@example.org" in manager.get(f"/factories/{factory.code}/names").text
    assert manager.post(f"/people/{twin.id}/names/{row.id}/end").status == 404
    for _again in range(2):
        assert manager.post(f"{page}/{row.id}/end").status == 303
    assert manager.post(f"/people/{twin.id}/names", data={"name": "dara@example.org"}).status == 303
    assert [each.action for each in db.session.query(AuditEntry).order_by(AuditEntry.id) if each.action.startswith("xapi")] == ["xapi.add_name", "xapi.end_name", "xapi.add_name"]


def test_a_factory_says_where_its_numbers_are_names(browse: Browse, factory: Factory) -> None:
    person = _worker(factory, "42")
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))
    page = f"/factories/{factory.code}/names"
    assert manager.post(page, data={"home_page": "x"}).status == 422
    assert manager.post(page, data={"home_page": "http://localhost"}).status == 422
    for _again in range(2):
        assert manager.post(page, data={"home_page": HR}).status == 303
    row = db.session.query(Numbering).one()
    assert HR in manager.get(page).text
    listed = manager.post(f"{page}/list").text
    assert listed.splitlines()[1].startswith("42,http://localhost,")
    assert listed == manager.post(f"{page}/list").text
    assert "Name that Seamwise gives" in manager.get(f"/people/{person.id}/names").text
    for _again in range(2):
        assert manager.post(f"{page}/{row.id}/end").status == 303
    assert HR not in manager.get(page).text


def test_all_names_of_a_factory_are_shown_each_once(browse: Browse, factory: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "SIZE", 2)
    names = [f"{number}@example.org" for number in range(5)]
    person = make.person(factory)
    make.employ(person, factory, JobRole.OPERATOR, number="N2")  # a second one that goes on
    for name in names:
        external.other_name(person, name)
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))
    page, shown = f"/factories/{factory.code}/names", []
    for number in (1, 2, 3):
        text = manager.get(f"{page}?page={number}").text
        shown += re.findall(r"\d@example\.org", text)
        assert (f"Page {number} Next" in text) == (number < 3)
    assert shown == names


def test_another_programme_is_not_asked(browse: Browse, factory: Factory) -> None:
    stranger = make.person(make.factory(programme=make.programme("BD")))
    external.other_name(stranger, "dara@example.org")
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))
    assert manager.get(f"/people/{stranger.id}/names").status == 404
    own = make.person(factory)
    operations.add_name(SYSTEM, own.id, Name(HR, "1"))
    assert manager.post(f"/people/{own.id}/names", data={"name": "dara@example.org"}).status == 303
    writer = speaker(browse.app, accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))
    assert _said(writer, MAIL)[0] == own.id


@pytest.mark.parametrize("is_mail", [False, True])
def test_who_is_erased_takes_nothing_along_of_who_has_the_name_now(school: Speaker, factory: Factory, is_mail: bool) -> None:
    name = MAIL if is_mail else _account("9")
    old = _worker(factory, "9")
    external.numbering(factory, HR)
    own_name = external.other_name(old, "Dara@example.org")
    before = statement(actor=name)
    assert school.say(before).status_code == 200
    _left(old, 0)
    operations.end_name(SYSTEM, old.id, own_name.id)
    new = _worker(factory, "9")
    external.other_name(new, "Dara@example.org")
    after, taught = statement(actor=name), statement(actor=_account("1"), context={"instructor": name})
    assert school.say(after, taught).status_code == 200
    assert (_about(before)[0], _about(after)[0]) == (old.id, new.id)
    PERSON_DATA.erase([old.id])
    assert set(school.found()) == {after["id"], taught["id"]} == set(school.found(agent=name, related_agents="true"))
    PERSON_DATA.erase([new.id])
    assert school.found() == []


@pytest.mark.parametrize("place", ["instructor", "object"])
def test_who_is_known_by_a_number_alone_is_found_wherever_it_stands(school: Speaker, factory: Factory, place: str) -> None:
    teacher, learner = _worker(factory, "E-0042"), _worker(factory, "7")
    operations.end_numbering(SYSTEM, factory.code, external.numbering(factory, HR).id)
    external.other_name(learner, "Dara@example.org")
    for number in ("E-0042", "e0042"):
        named = {**_account(number), "objectType": "Agent"}
        assert _said(school, MAIL, **({"object": named} if place == "object" else {"context": {"instructor": named}}))[0] == learner.id
    stays = statement(actor=MAIL)
    assert school.say(stays).status_code == 200
    PERSON_DATA.erase([teacher.id])
    assert school.found() == [stays["id"]]
