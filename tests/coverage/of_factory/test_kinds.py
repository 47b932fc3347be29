"""Every kind of requirement on the page of a factory, and what is told of a committee to whom."""

import json

import pytest
from flask import Flask

from app.access.roles import Role
from app.coverage.requirements.rules import Kind
from app.factories.models import Factory
from app.factories.rules import CommitteeKind, JobRole, Side
from tests.browse import Browse
from tests.make import accounts, courses, coverage, factories, requirements, structure

pytestmark = pytest.mark.slow


def _world() -> Factory:
    programme, version = factories.programme(), courses.version("sst")
    here = factories.factory(name="Lotus Lane")
    for kind, rule in requirements.rules(version.course_id).items():
        requirements.requirement(programme, version.course_id, f"of-{kind.value}", rule=rule)
    body = structure.committee(here, CommitteeKind.SAFETY)
    for name, side in (("Chair Person", Side.MANAGEMENT), ("Worker One", Side.WORKER), ("Worker Two", Side.WORKER)):
        structure.member(body, factories.person(here, JobRole.OPERATOR, name=name), side)
    factories.person(here, JobRole.SUPERVISOR, name="Line Leader")
    coverage.settle()
    return here


def test_every_kind_has_a_row_and_its_people_add_up(browse: Browse) -> None:
    here = _world()
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=here.programme))
    page = advisor.get(f"/coverage/{here.code}")
    assert page.status == 200
    links = [a for a in page.all("a") if f"/coverage/{here.code}/people" in (a.get("href") or "")]
    assert any(f"of-{Kind.BODY.value}" in (a.get("href") or "") for a in links)
    for link in links:
        people = advisor.get(link.get("href") or "")
        names = [cell for cell in people.all("th") if cell.get("scope") == "row"]
        assert len(names) == int(link.text or ""), link.get("href")
    assert advisor.get("/coverage").status == 200


def test_of_events_nobody_is_uncovered_or_lost(app: Flask, browse: Browse) -> None:
    here = _world()
    page = browse.as_account(accounts.account(Role.ADVISOR, programme=here.programme)).get(f"/coverage/{here.code}")
    rows = [" ".join("".join(tr.itertext()).split()) for tr in page.all("tr") if tr.get("class") == "requirement"]
    assert [each.count("counts events, not people") for each in rows if "not often enough" in each] == [3]
    assert sum(each.count("counts events, not people") for each in rows) == 3
    shown = json.loads(app.test_cli_runner().invoke(args=["coverage", "show", "--factory", here.code, "--json"]).stdout)
    of_events = [row for row in shown if row["requirement"] == "of-cadence"]
    assert [(row["active"], row["valid"], row["uncovered"], row["lost"]) for row in of_events] == [(1, 0, None, None)]
    others = [row for row in shown if row not in of_events]
    assert others and all(isinstance(row[name], int) for row in others for name in ("uncovered", "lost"))


def test_a_requirement_that_follows_findings_is_for_those_who_see_them(browse: Browse) -> None:
    here = _world()
    name, code = "Answer to findings", "answer"
    rule = requirements.rules(courses.version("fire").course_id)[Kind.FINDING]
    requirements.requirement(here.programme, rule.courses[0], code, title={"en": name}, rule=rule)
    pages = (
        f"/coverage/{here.code}", "/coverage", "/coverage/countries", f"/coverage/countries/{here.programme.code}",
        f"/factories/{here.code}/coverage",
    )  # fmt: skip
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=here.programme))
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=here.programme))
    for page in pages:
        assert name in advisor.get(page).text, page
        assert name not in trainer.get(page).text, page
    for page in ("people", "lines"):
        address = f"/coverage/{here.code}/{page}?requirement={code}"
        assert (advisor.get(address).status, trainer.get(address).status) == (200, 404)
    table = trainer.post("/coverage/table", {"ending": "csv"}).response.data.decode("utf-8-sig")
    assert "Skills" in table and name not in table
    assert name not in trainer.get("/coverage/proposals").text
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=here))
    assert name in focal.get(pages[0]).text and name in focal.get("/coverage").text


def test_who_learns_what_of_a_committee(browse: Browse) -> None:
    here = _world()
    address = f"/coverage/{here.code}/people?requirement=of-body&show=uncovered"
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=here.programme))
    page = advisor.get(f"{address}&role=worker")
    assert "Worker One" in page.text and "Chair Person" not in page.text
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=here))
    page = focal.get(f"{address}&role=worker")
    assert "Chair Person" in page.text, "who may not see sides cannot ask for one"
    assert "Management" not in page.text and "Workers" not in page.text
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=here.programme))
    assert trainer.get(address).status == 404
    letter = trainer.get(f"/coverage/{here.code}/letter").text
    assert "Line Leader" in letter
    ways = [a.get("href") or "" for a in trainer.get(f"/coverage/{here.code}").all("a")]
    assert not [way for way in ways if "/people" in way and "of-body" in way]
