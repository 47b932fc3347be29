"""What a head office sees: the factories of its group, in numbers that give nobody away."""

import re
from datetime import timedelta

import sqlalchemy as sa

from app.access.roles import Role
from app.completions.events import CourseCompleted
from app.courses.models import CourseVersion
from app.coverage import queries
from app.coverage.requirements.rules import Kind
from app.coverage.subscribers import on_completed
from app.factories.models import Employment, Factory, Group, Person
from app.factories.rules import JobRole
from app.platform import clock
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, completions, courses, coverage, factories, requirements, structure
from tests.make.statements import counted

ROLES = (JobRole.SUPERVISOR, JobRole.MANAGER)


def _staffed(factory: Factory, version: CourseVersion, role: JobRole, active: int, covered: int) -> None:
    for number in range(active):
        person = factories.person(factory, role, name=f"Hidden Name {number}")
        if number < covered:
            at = clock.now() - timedelta(days=2)
            on_completed(CourseCompleted(completions.completion(person, version, factory, at=at).id))


def _group() -> tuple[Group, CourseVersion]:
    """Lotus One: 7 of 12 supervisors are covered, 1 of 3 managers. Lotus Two: 11 of 12, and 1 of 6."""
    programme, version = factories.programme(), courses.version("sst")
    coverage.require(programme, version, ROLES)
    one, two, stranger = (factories.factory(name=name) for name in ("Lotus One", "Lotus Two", "Stranger Mill"))
    _staffed(one, version, JobRole.SUPERVISOR, 12, 7)
    _staffed(one, version, JobRole.MANAGER, 3, 1)
    _staffed(two, version, JobRole.SUPERVISOR, 12, 11)
    _staffed(two, version, JobRole.MANAGER, 6, 1)
    _staffed(stranger, version, JobRole.SUPERVISOR, 9, 9)
    return structure.group("LOTUS", one, two), version


def test_numbers_without_names_and_nothing_about_a_few(browse: Browse) -> None:
    group, _version = _group()
    office = browse.as_account(accounts.account(Role.GROUP_VIEWER, group=group))
    for address in ("/group", "/"):
        page = office.get(address)
        assert page.status == 200
        for words in (
            "58% 7 of 12", "fewer than 5 people", "fewer than 5 of 12 are not covered",
            "too few people to show numbers",
        ):
            assert words in page.text, words
        for secret in ("Hidden Name", "Stranger Mill", "11", "92%", "3 of", "1 of"):
            assert not re.search(rf"(?<!\d){re.escape(secret)}(?!\d)", page.text.replace("of 12", "")), secret
        assert page.text.index("Lotus One") < page.text.index("Lotus Two")


def test_no_page_about_people_opens(browse: Browse) -> None:
    group, _version = _group()
    office = browse.as_account(accounts.account(Role.GROUP_VIEWER, group=group))
    factory = factories.factory(name="Third", group_id=group.id)
    person = factories.person(factory)
    for address in (
        "/coverage", f"/coverage/{factory.code}", "/factories", f"/factories/{factory.code}",
        f"/factories/{factory.code}/people", f"/factories/{factory.code}/people/{person.id}", "/sessions", "/accounts",
    ):
        assert office.get(address).status == 404, address
    assert office.post(f"/factories/{factory.code}/certificates.zip").status == 404
    menu = [link.text for link in office.get("/group").all("a")]
    assert "Your group" in menu and "Factories" not in menu


def test_a_group_over_programmes_and_one_without_factories(browse: Browse) -> None:
    group, _version = _group()
    abroad = factories.programme("VN", zone="Asia/Ho_Chi_Minh")
    factories.factory(name="Lotus Abroad", programme_id=abroad.id, group_id=group.id)
    page = browse.as_account(accounts.account(Role.GROUP_VIEWER, group=group)).get("/group").text
    assert "Lotus Abroad" in page and "No course is required here." in page
    empty = structure.group("EMPTY", name="Empty Group")
    page = browse.as_account(accounts.account(Role.GROUP_VIEWER, group=empty)).get("/group")
    assert page.status == 404, "a group without factories gives no role"


def test_neither_findings_nor_who_is_exempt_can_be_read_out_of_it(browse: Browse) -> None:
    group, version = _group()
    factory = db.session.scalars(sa.select(Factory).where(Factory.name == "Lotus One")).one()
    programme = factory.programme
    rule = requirements.rules(version.course_id)[Kind.FINDING]
    requirements.requirement(programme, version.course_id, "answer", title={"en": "Answer to findings"}, rule=rule)
    twice = requirements.requirement(programme, version.course_id, "twice", title={"en": "The same again"})
    office = browse.as_account(accounts.account(Role.GROUP_VIEWER, group=group))
    coverage.settle()
    before = office.get("/group").text
    assert "The same again" in before and "Answer to findings" not in before
    staff = sa.select(Person).join(Employment).where(Employment.factory_id == factory.id)
    for name in ("Hidden Name 11", "Hidden Name 4"):  # not covered, and covered
        requirements.waiver(factory, twice, db.session.scalars(staff.where(Person.name == name)).one())
    coverage.settle()
    assert queries.measures(factory)[-1].whole.waived == 2
    assert office.get("/group").text == before
    assert office.get("/").text.count("58% 7 of 12") == 2, "the start page says the same"


def test_factories_stand_side_by_side_for_each_course(browse: Browse) -> None:
    group, version = _group()
    other = courses.version("fire", titles={"en": "Fire refresher"})
    coverage.require(factories.programme(), other, (JobRole.OPERATOR,))
    third = factories.factory(name="Lotus Three", group_id=group.id)
    _staffed(third, version, JobRole.SUPERVISOR, 20, 14)
    page = browse.as_account(accounts.account(Role.GROUP_VIEWER, group=group)).get("/group")
    tables = page.all("table")
    heads = [["".join(cell.itertext()).strip() for cell in each.iter("th") if cell.get("scope") == "col"] for each in tables]
    assert sorted(len(each) for each in heads) == [2, 3], "a column for each role that is asked"
    named = [[next(cell.iter("bdi")).text for cell in each.iter("th") if cell.get("scope") == "row"] for each in tables]
    assert named == [["Lotus One", "Lotus Three", "Lotus Two"]] * 2, "by name: an order by numbers would tell of those not shown"
    assert "70% 14 of 20" in page.text and "58% 7 of 12" in page.text
    assert not re.search(r"(?<!\d)(21 of 32|32|44)(?!\d)", page.text), "nothing is added up over factories"


def test_nobody_else_has_the_page_and_it_takes_as_many_statements_however_large(browse: Browse) -> None:
    group, _version = _group()
    for role in (Role.ADMINISTRATOR, Role.ADVISOR):
        programme = None if role is Role.ADMINISTRATOR else factories.programme()
        assert browse.as_account(accounts.account(role, programme=programme)).get("/group").status == 404
    office = browse.as_account(accounts.account(Role.GROUP_VIEWER, group=group))
    with counted() as few:
        office.get("/group")
    for _number in range(5):
        factories.person(factories.factory(group_id=group.id))
    with counted() as many:
        office.get("/group")
    assert len(many) == len(few)
