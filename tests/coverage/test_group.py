"""What a head office sees: the factories of its group, in numbers that give nobody away."""

import re
from datetime import timedelta

from app.access.roles import Role
from app.completions.events import CourseCompleted
from app.courses.models import CourseVersion
from app.coverage.subscribers import on_completed
from app.factories.models import Factory, Group
from app.factories.rules import JobRole
from app.platform import clock
from tests.browse import Browse
from tests.make import accounts, completions, courses, coverage, factories, structure
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
