"""The pages: write a requirement of each kind, look at what it would do, publish it; exempt somebody."""

from datetime import timedelta

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.coverage.models import Requirement
from app.coverage.requirements import documents, operations
from app.coverage.requirements.models import RequirementDraft, RequirementWaiver
from app.coverage.requirements.queries import loading
from app.coverage.requirements.rules import Kind
from app.platform.clock import today
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, completions, courses, factories, requirements, statements

ZONE = "Asia/Phnom_Penh"
ALL = "/programmes/KH/requirements"
SOURCE = {"name_en": "Safety for all", "code": "safety-for-all", "source_kind": "law", "source": "Law 7, article 3"}
ASKED = {
    Kind.ROLE: {"roles": ["supervisor"], "within_days": "182"},
    Kind.QUOTA: {"roles": ["operator", "helper"], "percent": "18"},
    Kind.UNIT: {"roles": ["supervisor"], "per_unit": "1", "per_shift": "y"},
    Kind.BODY: {"committees": ["safety"]},
    Kind.CADENCE: {"happening": "seminar", "needed": "3", "months": "12"},
    Kind.FINDING: {"points": ["OS-02"], "roles": ["supervisor"], "within_days": "60"},
    Kind.PATHWAY: {"needed": "1", "months": "12"},
    Kind.LAW: {"roles": ["manager"], "hours": "16", "months": "24", "proof": "certificate"},
}


class Site:
    """A programme with two factories, and somebody who manages it."""

    def __init__(self, browse: Browse) -> None:
        self.version = courses.version("skills", titles={"en": "Supervisory Skills"})
        self.course = self.version.course_id
        self.factory = factories.factory("BIG", name="Big Mill")
        self.people = [factories.person(self.factory, line="Line 1") for _ in range(3)]
        factories.person(factories.factory("SMALL", name="Small Mill"))
        completions.completion(self.people[0], self.version, self.factory)
        self.browse = browse
        self.manager = self.as_(Role.PROGRAMME_MANAGER)

    def as_(self, role: Role) -> Browse:
        return self.browse.as_account(accounts.account(role, programme=self.factory.programme))

    def sent(self, kind: Kind, **more: object) -> dict[str, object]:
        chosen = {} if kind is Kind.CADENCE else {"courses": [str(self.course)]}
        starts = (today(ZONE) + timedelta(days=5)).isoformat()
        return {**SOURCE, **chosen, **ASKED[kind], "starts_on": starts, **more}


@pytest.fixture
def site(browse: Browse) -> Site:
    return Site(browse)


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_written_looked_at_and_published(site: Site, kind: Kind) -> None:
    assert site.manager.get(f"{ALL}/new/{kind}").status == 200
    made = site.manager.post(f"{ALL}/new/{kind}", site.sent(kind))
    assert made.status == 303, made.text
    page = site.manager.get(made.location)
    assert "What it would do" in page.text and "Not legal advice." in page.text
    draft = db.session.query(RequirementDraft).one()
    published = site.manager.post(f"{made.location}/publication")
    assert published.status == 303
    assert site.manager.post(f"{made.location}/publication").location == published.location
    found = db.session.query(Requirement).one()
    [version] = loading.versions(found.id)
    rule = documents.rule(version.rule)
    assert rule.kind is kind and rule == documents.rule(draft.rule) and version.source == "Law 7, article 3"
    shown = site.manager.get(published.location)
    assert "begins on" in shown.text and "Safety for all" in site.manager.get(ALL).text


def test_before_it_is_published_everybody_sees_whom_it_reaches(site: Site) -> None:
    made = site.manager.post(f"{ALL}/new/role", site.sent(Kind.ROLE))
    page = site.manager.get(made.location)
    assert "This would make 3 people due in 2 factories." in page.text
    named = site.manager.get(f"{made.location}?factory=BIG")
    assert site.people[1].name in named.text and site.people[0].name not in named.text
    assert site.manager.get(f"{made.location}?factory=NONE").status == 404
    assert site.as_(Role.ADVISOR).get(made.location).status == 404


def test_what_is_wrong_stands_at_its_field_and_nothing_is_kept(site: Site) -> None:
    for kind, more, words in (
        (Kind.QUOTA, {"percent": "0"}, "from 1 to 100"), (Kind.PATHWAY, {"needed": "5"}, "More courses are asked for"),
        (Kind.ROLE, {"courses": []}, "Choose at least one course."), (Kind.ROLE, {"code": "Bad Code"}, "small letters"),
        (Kind.ROLE, {"smallest": "9", "largest": "3"}, "fewer than the fewest"),
        (Kind.LAW, {"hours": "many"}, "Write a number"), (Kind.ROLE, {"name_en": ""}, "in English"),
    ):  # fmt: skip
        answer = site.manager.post(f"{ALL}/new/{kind}", site.sent(kind, **more))
        assert answer.status == 422 and words in answer.text, (kind, more, answer.text)
    assert site.manager.post(f"{ALL}/new/none", site.sent(Kind.ROLE)).status == 404
    assert db.session.query(RequirementDraft).count() == 0
    requirements.requirement(site.factory.programme, site.course, "safety-for-all")
    assert "has a requirement with this code" in site.manager.post(f"{ALL}/new/role", site.sent(Kind.ROLE)).text


def test_a_requirement_that_reaches_nobody_is_explained(site: Site) -> None:
    made = site.manager.post(f"{ALL}/new/law", site.sent(Kind.LAW, roles=[]))
    page = site.manager.get(made.location)
    assert "No role is chosen, so this asks nobody." in page.text and "It asks nobody." in page.text
    assert site.manager.post(f"{made.location}/publication").status == 303


def test_the_next_version_shows_before_and_after(site: Site) -> None:
    found = requirements.requirement(site.factory.programme, site.course)
    begun = site.manager.post(f"{ALL}/{found.id}/next")
    assert "Small letters" not in site.manager.get(begun.location).text
    draft = begun.location.removesuffix("/edit")
    sent = site.sent(Kind.ROLE, roles=["supervisor", "operator"], source="Rule 9")
    assert site.manager.post(begun.location, sent).location == draft
    assert "by the version before: 3" in site.manager.get(draft).text
    assert site.manager.post(f"{draft}/publication").status == 303
    page = site.manager.get(f"{ALL}/{found.id}")
    assert "Version 2" in page.text and "Rule 9" in page.text and "the next version is there" in site.manager.get(ALL).text
    assert db.session.get_one(Requirement, found.id).code == "skills"


def test_a_draft_can_be_thrown_away(site: Site) -> None:
    draft = f"{ALL}/drafts/{requirements.draft(site.factory.programme, site.course).id}"
    assert "Drafts that wait" in site.manager.get(ALL).text
    assert site.manager.post(f"{draft}/discard").status == 303
    assert site.manager.get(draft).status == 404


def test_an_end_is_looked_at_first(site: Site) -> None:
    found = requirements.requirement(site.factory.programme, site.course)
    page = site.manager.get(f"{ALL}/{found.id}/end")
    assert "Today 3 people are due by it." in page.text
    late = site.manager.post(f"{ALL}/{found.id}/end", {"day": "2020-01-01"})
    assert late.status == 422 and "past" in late.text
    day = today(ZONE)
    assert site.manager.post(f"{ALL}/{found.id}/end", {"day": day.isoformat()}).status == 303
    assert loading.versions(found.id)[0].ends_on == day
    assert "ended on" in site.manager.get(ALL).text


def test_a_review_that_is_over_stands_out(site: Site) -> None:
    over = today(ZONE) - timedelta(days=1)
    requirements.requirement(site.factory.programme, site.course, review_on=over)
    assert "to be looked at since" in site.as_(Role.TRAINER).get(ALL).text


def test_an_advisor_exempts_somebody_and_ends_it(site: Site) -> None:
    found = requirements.requirement(site.factory.programme, site.course)
    advisor, person = site.as_(Role.ADVISOR), site.people[1]
    new = "/factories/BIG/waivers/new"
    assert "The whole factory" in advisor.get(new).text
    words = {"q": person.name.split()[-1]}
    assert person.name not in advisor.get(f"{new}?q={words['q']}").text, "no name stands in an address"
    assert person.name in advisor.post("/factories/BIG/waivers/people", words).text
    assert site.as_(Role.TRAINER).post("/factories/BIG/waivers/people", words).status == 404
    day = today(ZONE)
    sent = {
        "q": person.name, "person": str(person.id), "requirement": str(found.id), "reason": "on_leave",
        "note": "Back in spring", "starts_on": day.isoformat(), "ends_on": (day + timedelta(days=50)).isoformat(),
    }
    too_long = {**sent, "ends_on": (day + timedelta(days=500)).isoformat()}
    assert "from one day to a year" in advisor.post(new, too_long).text
    assert advisor.post(new, {**sent, "note": f"For {person.name}"}).status == 422
    assert advisor.post(new, sent).status == 303
    [waiver] = db.session.query(RequirementWaiver).all()
    for address in ("/factories/BIG/waivers", f"{ALL}/{found.id}/waivers", "/factories/BIG/waivers/new"):
        assert advisor.get(address).status == 200
    assert "ends soon" in advisor.get("/factories/BIG/waivers").text
    assert "Away for a long time" in advisor.get("/factories/BIG/exemptions").text
    end = f"/factories/BIG/waivers/{waiver.id}/end"
    assert advisor.post(end, {"day": "2020-01-01"}).status == 422
    assert advisor.post(end, {"day": day.isoformat()}).status == 303
    assert "never held" in advisor.get("/factories/BIG/waivers").text
    assert site.as_(Role.TRAINER).get(new).status == 404


def test_a_factory_sees_its_exemptions_and_makes_none(site: Site) -> None:
    found = requirements.requirement(site.factory.programme, site.course)
    requirements.waiver(site.factory, found)
    own = site.browse.as_account(accounts.account(Role.FOCAL_POINT, factory=site.factory))
    page = own.get("/factories/BIG/waivers")
    assert "The whole factory" in page.text and "End it earlier" not in page.text
    assert own.get("/factories/SMALL/waivers").status == 404 and own.get(ALL).status == 404


def test_who_is_exempt_on_a_committee_is_for_those_who_may_see_it(site: Site) -> None:
    rule = requirements.rules(site.course)[Kind.BODY]
    body = requirements.requirement(site.factory.programme, site.course, "body", rule=rule)
    skills = requirements.requirement(site.factory.programme, site.course)
    requirements.waiver(site.factory, body, site.people[0])
    requirements.waiver(site.factory, body)
    requirements.waiver(site.factory, skills, site.people[1])
    member, other = site.people[0].name, site.people[1].name
    pages = ("/factories/BIG/waivers", "/factories/BIG/exemptions", f"{ALL}/{body.id}/waivers")
    for role, may in ((Role.TRAINER, False), (Role.ADVISOR, True)):
        reader = site.as_(role)
        for page in pages:
            text = reader.get(page).text
            assert (member in text) is may, (role, page)
            assert "The whole factory" in text, (role, page)
        assert all(other in reader.get(page).text for page in pages[:2])
        assert ("2 exemptions hold" if may else "1 exemption holds") in reader.get(f"{ALL}/{body.id}").text


def test_lists_cost_the_same_however_long_they_are(app: Flask, site: Site) -> None:
    requirements.requirement(site.factory.programme, site.course)
    addresses = (ALL, "/requirements", "/factories/BIG/waivers")
    few = [_cost(site, address) for address in addresses]
    for number in range(4):
        made = requirements.requirement(site.factory.programme, site.course, f"more-{number}")
        requirements.waiver(site.factory, made, site.people[0])
        operations.begin_next(SYSTEM, made.id)
    assert [_cost(site, address) for address in addresses] == few


def _cost(site: Site, address: str) -> int:
    site.manager.get(address)
    with statements.counted() as seen:
        assert site.manager.get(address).status == 200
    return len(seen)
