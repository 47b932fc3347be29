"""The page of a factory: what stands there, that every number leads to as many people, and who may see whom."""

import re
from datetime import timedelta

import pytest

from app.access.roles import Role
from app.completions.events import CourseCompleted
from app.coverage.subscribers import on_completed
from app.factories.models import Employment, Line, Person
from app.factories.rules import JobRole, Sex
from app.platform import clock
from app.platform.db import db
from tests.browse import Browse, Reply
from tests.make import accounts, completions, courses, coverage, factories
from tests.make.statements import counted

SUPERVISORS = (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR)


class World:
    """A factory with two lines: women and men, covered, uncovered, new, ending soon and gone."""

    def __init__(self) -> None:
        self.programme = factories.programme()
        self.version = courses.version("sst")
        coverage.require(self.programme, self.version, SUPERVISORS)
        self.here = factories.factory(name="Lotus Lane")
        self.lines = [Line(factory_id=self.here.id, name=f"Line {number}") for number in (1, 2)]
        db.session.add_all(self.lines)
        db.session.flush()
        plan = [
            ("Dara", Sex.F, JobRole.SUPERVISOR, 0, 30), ("Sok", Sex.M, JobRole.INDIRECT_SUPERVISOR, 0, 30),
            ("Maly", Sex.F, JobRole.SUPERVISOR, 1, None), ("Vanna", Sex.F, JobRole.SUPERVISOR, None, 700),
            ("Rith", Sex.M, JobRole.SUPERVISOR, None, None), ("Gone", Sex.M, JobRole.SUPERVISOR, None, 30),
        ]  # fmt: skip
        for name, sex, role, line, ago in plan:
            person = factories.person(self.here, role, sex=sex, name=f"{name} Person")
            if line is not None:
                self.job(person).line_id = self.lines[line].id
            if ago is not None:
                self.complete(person, ago)
            if name == "Rith":
                self.job(person).started_on = clock.today(self.programme.zone) - timedelta(days=40)
            if name == "Gone":
                self.job(person).ended_on = (clock.now() - timedelta(days=5)).date()
        coverage.settle()

    def job(self, person: Person) -> Employment:
        return db.session.query(Employment).filter_by(person_id=person.id).one()

    def complete(self, person: Person, ago: int) -> None:
        at = clock.now() - timedelta(days=ago)
        on_completed(CourseCompleted(completions.completion(person, self.version, self.here, at=at).id))


def _advisor(browse: Browse, world: World) -> Browse:
    return browse.as_account(accounts.account(Role.ADVISOR, programme=world.programme))


def _names(page: Reply) -> list[str]:
    return [next(cell.iter("bdi")).text or "" for cell in page.all("th") if cell.get("scope") == "row"]


def test_what_stands_on_the_page(browse: Browse) -> None:
    world = World()
    page = _advisor(browse, world).get(f"/coverage/{world.here.code}")
    assert page.status == 200
    for words in (
        "60% 3 of 5", "Women 2 / 3", "Men 1 / 2", "1 new in the role, the first 40 days ago", "1 of 2 lines",
        "1 of 1 sections", "Women are 2 of 3 covered, and 3 of 5 in the role", "of 4 ever certified here",
        "Ask for a run for these people", "never sent", "never declared", "If nobody new is trained",
    ):  # fmt: skip
        assert words in page.text, words


def test_every_number_leads_to_as_many_people(browse: Browse) -> None:
    world = World()
    advisor = _advisor(browse, world)
    page, walked = advisor.get(f"/coverage/{world.here.code}"), 0
    for link in page.all("a"):
        address = link.get("href") or ""
        if f"/coverage/{world.here.code}/people" in address:
            people = advisor.get(address)
            assert people.status == 200
            assert len(_names(people)) == int(link.text or ""), address
            walked += 1
        elif f"/coverage/{world.here.code}/lines" in address and "lines" in (link.text or ""):
            met, whole = map(int, re.findall(r"\d+", link.text or ""))
            rows = [row.get("data-met") for row in advisor.get(address).all("tr")]
            assert (rows.count("yes"), rows.count("yes") + rows.count("no")) == (met, whole)
            walked += 1
    assert walked >= 11


def test_people_are_told_apart_by_group_sex_role_and_line(browse: Browse) -> None:
    world = World()
    advisor = _advisor(browse, world)
    address = f"/coverage/{world.here.code}/people?requirement=sst"
    for asked, names in {
        "show=uncovered": ["Maly Person", "Rith Person"], "show=uncovered&sex=M": ["Rith Person"],
        "show=new": ["Rith Person"], "show=due": ["Vanna Person"], "show=lost": ["Gone Person"],
        "show=covered&role=indirect_supervisor": ["Sok Person"],
        f"show=active&line={world.lines[0].id}": ["Dara Person", "Sok Person"],
        "show=covered&sex=M&role=supervisor": [], "show=nonsense&sex=X&line=99999999999&page=-3": ["Maly Person", "Rith Person"],
    }.items():  # fmt: skip
        assert _names(advisor.get(f"{address}&{asked}")) == names, asked
    assert "no seat yet" in advisor.get(address).text, "the uncovered are listed, nominated or not"


def test_as_printed_then_with_later_corrections(browse: Browse) -> None:
    world = World()
    advisor = _advisor(browse, world)
    coverage.open_anew()
    then = (clock.now() - timedelta(days=10)).date()
    address = f"/coverage/{world.here.code}?on={then}"
    before = advisor.get(address)
    assert "67% 4 of 6" in before.text and "later correction" not in before.text
    late = db.session.query(Person).filter_by(name="Maly Person").one()
    world.complete(late, 20)
    after = advisor.get(address)
    assert "67% 4 of 6" in after.text
    assert "1 later correction" in after.text and "A completion was entered – Maly Person" in after.text
    assert "covered +1 · Ever certified here +1" in after.text
    ways = [a.get("href") or "" for a in after.all("a")]
    assert all(f"on={then}" in way for way in ways if "show=" in way)


def test_statements_do_not_grow_with_people(browse: Browse) -> None:
    world = World()
    advisor = _advisor(browse, world)
    costs = []
    for number in (0, 12):
        for _ in range(number):
            world.complete(factories.person(world.here, sex=Sex.M), 30)
        coverage.settle()
        db.session.expire_all()
        with counted() as statements:
            assert advisor.get(f"/coverage/{world.here.code}").status == 200
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 55, costs


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.FOCAL_POINT, Role.TRAINER])
def test_nothing_of_another_factory(browse: Browse, role: Role) -> None:
    world = World()
    elsewhere = factories.programme("VN", zone="Asia/Ho_Chi_Minh")
    other = factories.factory(name="Other Mill", programme_id=elsewhere.id)
    place = {"factory": other} if role is Role.FOCAL_POINT else {"programme": elsewhere}
    stranger = browse.as_account(accounts.account(role, **place))
    for page in ("", "/people?requirement=sst", "/lines?requirement=sst"):
        assert stranger.get(f"/coverage/{world.here.code}{page}").status == 404


def test_one_click_to_a_proposal(browse: Browse) -> None:
    world = World()
    planner = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme))
    [way] = [a.get("href") for a in planner.get(f"/coverage/{world.here.code}").all("a") if a.text == "Propose a run for these people"]
    reply = planner.get(way or "")
    assert reply.status == 303
    page = planner.get(reply.location)
    assert page.status == 200 and "Lotus Lane" in page.text




def test_a_letter_in_the_language_of_the_factory(browse: Browse) -> None:
    world = World()
    advisor = _advisor(browse, world)
    page = advisor.get(f"/coverage/{world.here.code}/letter")
    assert page.status == 200
    assert "Maly Person" in page.text and "Vanna Person" in page.text and "Dara Person" not in page.text
    [article] = page.all("article")
    assert (article.get("lang"), article.get("dir")) == (world.here.language, "ltr")
    paper = advisor.get(f"/coverage/{world.here.code}/letter/paper")
    assert (paper.status, paper.response.mimetype) == (200, "application/pdf")
    assert paper.response.data.startswith(b"%PDF")
    assert "Nobody is due here" in advisor.get(f"/coverage/{factories.factory().code}/letter").text
