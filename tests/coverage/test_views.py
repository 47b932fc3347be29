"""The advisor's table, the people behind its numbers, the panel, the commands."""

import csv
import io
import json
from datetime import timedelta

import pytest
from flask import Flask

from app.access.roles import Role
from app.completions.events import CourseCompleted
from app.coverage.subscribers import on_completed
from app.factories.models import Factory
from app.factories.rules import Sex
from app.platform import clock
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, completions, courses, coverage, factories
from tests.make.statements import counted


class World:
    """Two factories of one programme and one abroad; one woman of two is covered here, nobody in the twin."""

    def __init__(self) -> None:
        self.programme = factories.programme()
        self.version = courses.version("sst")
        coverage.require(self.programme, self.version)
        self.here = factories.factory(name="Lotus Lane")
        self.twin = factories.factory(name="Twin Mill")
        self.abroad = factories.factory(name="Abroad Ltd", programme_id=factories.programme("VN", zone="Asia/Ho_Chi_Minh").id)
        self.covered = factories.person(self.here, sex=Sex.F, name="Covered Woman")
        factories.person(self.here, sex=Sex.F, name="Open Woman")
        factories.person(self.here, sex=Sex.M, name="Open Man")
        factories.person(self.twin, sex=Sex.M, name="Twin Man")
        self.complete(self.covered, self.here)

    def complete(self, person: object, factory: Factory) -> None:
        at = clock.now() - timedelta(days=2)
        on_completed(CourseCompleted(completions.completion(person, self.version, factory, at=at).id))


def test_every_number_leads_to_its_people(browse: Browse) -> None:
    world = World()
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=world.programme))
    address = f"/coverage/{world.here.code}/people?requirement=sst"
    shown = {
        "covered": ["Covered Woman"], "uncovered": ["Open Man", "Open Woman"], "lost": [],
    }
    everybody = {name for names in shown.values() for name in names}
    for group, names in shown.items():
        page = advisor.get(f"{address}&show={group}")
        assert {name for name in everybody if name in page.text} == set(names), group
    assert "Open Woman" not in advisor.get(f"{address}&show=uncovered&sex=M").text
    assert "Nobody here" in advisor.get(f"{address}&show=lost").text


def test_who_sees_which_factory(browse: Browse) -> None:
    world = World()
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.here))
    assert "Twin Mill" not in focal.get("/coverage").text
    assert [focal.get(f"/coverage/{each.code}").status for each in (world.here, world.twin, world.abroad)] == [200, 404, 404]
    assert browse.as_person(world.covered.id).get("/coverage").status == 404
    assert browse.get("/coverage").status == 303


def test_nothing_required_says_so(browse: Browse) -> None:
    factory = factories.factory()
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    for address in ("/coverage", f"/coverage/{factory.code}", f"/factories/{factory.code}/coverage"):
        assert "No course is required yet" in focal.get(address).text


def test_the_panel_of_a_factory(browse: Browse) -> None:
    world = World()
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.here))
    page = focal.get(f"/factories/{world.here.code}/coverage")
    assert "33% 1 of 3" in page.text
    assert f"/coverage/{world.here.code}/people?requirement=sst" in [a.get("href") for a in page.all("a")]


@pytest.mark.parametrize("language", ["vi", "km", "ar"])
def test_in_the_reader_s_language(browse: Browse, language: str) -> None:
    world = World()
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=world.programme, language=language))
    for address in ("/coverage", f"/coverage/{world.here.code}", f"/factories/{world.here.code}/coverage"):
        assert advisor.get(address).status == 200


def test_statements_do_not_grow_with_factories_and_people(browse: Browse) -> None:
    world = World()
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=world.programme))
    costs: list[list[int]] = []
    for number in (5, 45):
        for _ in range(number):
            factories.person(factories.factory(), sex=Sex.F)
            world.complete(factories.person(world.here, sex=Sex.M), world.here)
        db.session.expire_all()
        cost = []
        for address in ("/coverage", f"/coverage/{world.here.code}", f"/coverage/{world.here.code}/people?requirement=sst&show=covered"):
            with counted() as statements:
                assert advisor.get(address).status == 200
            cost.append(len(statements))
        costs.append(cost)
    assert costs[0] == costs[1]


def test_show_and_rebuild_on_the_command_line(app: Flask) -> None:
    world = World()
    db.session.commit()
    run = app.test_cli_runner()
    shown = run.invoke(args=["coverage", "show", "--factory", world.here.code, "--json"])
    rows = json.loads(shown.output)
    women = next(row for row in rows if row["sex"] == "F")
    day = clock.today(world.programme.zone).isoformat()
    assert women == {
        "requirement": "sst", "role": "supervisor", "sex": "F", "active": 2, "valid": 1, "ever": 1, "lost": 0,
        "due_soon": 0, "uncovered": 1, "denominator": "roster", "denominator_date": day,
        "due_soon_90": 0,
    }
    coverage.open_anew()
    db.session.commit()
    table = run.invoke(args=["coverage", "show", "--factory", world.here.code, "--at", "2021-01-01", "--csv"])
    first = next(csv.DictReader(io.StringIO(table.stdout_bytes.decode("utf-8-sig"))))
    assert (first["valid"], first["active"], first["denominator_date"]) == ("0", "2", "2021-01-01")
    assert run.invoke(args=["coverage", "show", "--factory", "nowhere"]).exit_code != 0
    assert run.invoke(args=["coverage", "rebuild"]).output.startswith("4 people, 0 movements added, ")


def test_the_people_of_a_day_that_nobody_knows_are_those_of_today(browse: Browse) -> None:
    """A day to come, or one without an end, is no day to count at: neither in the table nor behind its numbers."""
    world = World()
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=world.programme))
    for day in ("9999-12-31", (clock.now() + timedelta(days=1000)).date().isoformat()):
        page = advisor.get(f"/coverage/{world.here.code}/people?requirement=sst&on={day}&show=covered")
        assert page.status == 200
        assert "Covered Woman" in page.text, "she is covered today, and not in a thousand days"
