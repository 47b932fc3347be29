"""Ambassadors in a browser: the list, one of them, the own page, appointing, deciding on tasks."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.access.roles import Role
from app.factories.models import Factory
from app.improvement.ambassadors.models import Ambassador, TaskVerdict
from app.platform.db import db
from tests.browse import Browse, fill
from tests.make import accounts, ambassadors, completions, factories, lessons
from tests.make.statements import counted


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("F-1", name="Golden Needle")


@pytest.fixture
def way(app: Flask) -> Any:
    return ambassadors.way("factory-ambassador", titles={"en": "Factory Ambassador"})


@pytest.fixture
def advisor(factory: Factory, browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.ADVISOR, programme=factories.programme()))


def test_an_advisor_appoints_and_ends(factory: Factory, way: Any, advisor: Browse) -> None:
    person = factories.person(factory, name="Maly Newcomer")
    assert "Look for the person first." in advisor.get("/factories/F-1/ambassadors/new").text
    assert "Maly Newcomer" not in advisor.get("/factories/F-1/ambassadors/new?q=maly").text, "no name in an address"
    page = advisor.post("/factories/F-1/ambassadors/new", data={"q": "maly", "search": "1"})
    data = {"q": "maly", "person": str(person.id), "kind": "ambassador", "pathway": "factory-ambassador", "starts_on": "2026-01-12", "ends_on": ""}
    assert "Maly Newcomer" in page.text
    assert "The last day lies before the first." in advisor.post("/factories/F-1/ambassadors/new", {**data, "ends_on": "2026-01-11"}).text
    reply = advisor.post("/factories/F-1/ambassadors/new", data)
    assert reply.status == 303
    page = advisor.get(reply.location)
    assert "0 of 4" in page.text
    assert advisor.post(*fill(page, "/term", ends_on="2026-06-30")).status == 303
    assert db.session.query(Ambassador).one().ends_on == date(2026, 6, 30)
    assert "Term is over" in advisor.get(reply.location).text
    assert "The last day lies before" in advisor.post(f"{reply.location}/term", {"ends_on": "2025-01-01"}).text


def test_the_list_is_filtered_by_its_address_and_taken_along(factory: Factory, way: Any, advisor: Browse) -> None:
    done, late = (ambassadors.ambassador(factory, factories.person(factory, name=name), way[0]) for name in ("Dara Done", "Lina Late"))
    for version in way[1]:
        completions.completion(done.person, version, factory)
    late.ends_on = date(2026, 10, 31)
    other = factories.factory("F-2", name="Silver Thread")
    ambassadors.ambassador(other, factories.person(other, name="Otto Other"), way[0])
    names = ("Dara Done", "Lina Late", "Otto Other")
    for query, seen in (("", set(names)), ("?pace=done", {"Dara Done"}), ("?pace=behind&factory=F-1", {"Lina Late"}),
                        ("?state=ended", {"Lina Late"}), ("?factory=F-2", {"Otto Other"}), ("?programme=BD", set()), ("?pace=x", set(names))):
        assert {name for name in names if name in advisor.get(f"/ambassadors{query}").text} == seen, query
        reply = advisor.post(f"/ambassadors/table{query}", {"ending": "csv"})
        table = reply.response.get_data().decode("utf-8-sig")
        assert {name for name in names if name in table} == seen, query
    assert advisor.post("/ambassadors/table", {"ending": "xlsx"}).response.data[:2] == b"PK"
    assert advisor.post("/ambassadors/table", {"ending": "exe"}).status == 409


def test_tasks_are_read_and_confirmed_by_who_may(factory: Factory, way: Any, advisor: Browse, browse: Browse) -> None:
    person = factories.person(factory)
    row = ambassadors.ambassador(factory, person, way[0])
    log = lessons.log(person, way[1][0], factory, text="I walked line 3.")
    stranger = lessons.log(factories.person(factory), way[1][0], factory)
    page = advisor.get(f"/ambassadors/{row.id}")
    assert "I walked line 3." in page.text
    address = f"/ambassadors/{row.id}/logs/{log.id}/verdict"
    assert advisor.post(address, {"verdict": "confirmed"}).status == 303
    assert "Confirmed" in advisor.get(f"/ambassadors/{row.id}").text
    assert advisor.post(f"/ambassadors/{row.id}/logs/{stranger.id}/verdict", {"verdict": "confirmed"}).status == 404
    assert advisor.post(address, {"verdict": "great"}).status == 409
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    page = focal.get(f"/ambassadors/{row.id}")
    assert page.status == 200
    assert "I walked line 3." not in page.text, "the office of the factory does not read it"
    assert focal.post(address, {"verdict": "confirmed"}).status == 404
    assert db.session.query(TaskVerdict).count() == 1


def test_the_own_page_leads_to_courses_and_tasks(factory: Factory, way: Any, browse: Browse) -> None:
    person = factories.person(factory)
    row = ambassadors.ambassador(factory, person, way[0])
    me = browse.as_person(person.id)
    page = me.get("/ambassadors/own")
    links = [link.get("href") for link in page.all("a")]
    code = way[1][0].course.code
    assert {f"/learn/{code}", f"/learn/{code}/90-practice"} <= set(links)
    assert me.get(f"/learn/{code}").status == 200
    assert "/ambassadors/own" in [link.get("href") for link in me.get("/").all("a")]
    assert me.get(f"/ambassadors/own/{row.id}").status == 200
    again = factories.factory("F-2", name="Silver Thread")
    factories.employ(person, again, factories.JobRole.OFFICE, number="N-2")
    other = ambassadors.ambassador(again, person, way[0], starts_on=date(2026, 2, 1))
    both = me.get("/ambassadors/own")
    assert f"/ambassadors/own/{other.id}" in [link.get("href") for link in both.all("a")]


def test_pages_take_as_many_statements_however_many_there_are(factory: Factory, way: Any, advisor: Browse) -> None:
    seen = []
    for _ in range(3):
        for _more in range(2):
            ambassadors.ambassador(factory, factories.person(factory), way[0])
        for address in ("/ambassadors", "/factories/F-1/ambassadors"):
            advisor.get(address)
        with counted() as statements:
            advisor.get("/ambassadors")
            advisor.get("/factories/F-1/ambassadors")
        seen.append(len(statements))
    assert len(set(seen)) == 1
