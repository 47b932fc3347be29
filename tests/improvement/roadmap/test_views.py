"""The pages of roadmaps."""

import pytest

from app.access.roles import Role
from app.factories.models import Factory
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.rules import ActionState
from app.platform.clock import today
from app.platform.db import db
from tests.browse import Browse, fill
from tests.make import accounts, courses, factories, findings, roadmap, structure
from tests.make.statements import counted


def _as(browse: Browse, role: Role, factory: Factory) -> Browse:
    place = {"factory": factory} if role is Role.FOCAL_POINT else {"programme": factory.programme}
    return browse.as_account(accounts.account(role, **place))


def _only() -> RoadmapAction:
    return db.session.query(RoadmapAction).one()


def test_from_an_open_finding_to_a_closed_action(browse: Browse) -> None:
    factory = factories.factory("ONE")
    courses.version("fire-refresher")
    factories.person(factory)
    findings.finding(factory, "OS-08-Q01")
    browser = _as(browse, Role.ADVISOR, factory)
    page = browser.get("/factories/ONE/roadmap")
    assert "No actions here" in page.text and "Add an action about OS-08-Q01" in page.text
    action, data = fill(page, "/roadmap/findings/")
    added = browser.post(action, data).location
    assert browser.post(action, data).location == added, "twice is once"
    page = browser.get(added)
    for words in ("Planned", "0 of 1 trained", "Hold an evacuation drill", "To be done", "still to be trained"):
        assert words in page.text, words
    action, data = fill(page, "/step")
    browser.post(action, data)
    assert _only().step_done_on is not None
    assert browser.post(f"{added}/closing").status == 409
    _only().state = ActionState.TRAINED
    action, data = fill(browser.get(added), "/closing")
    assert browser.post(action, data).location == added
    page = browser.get(added)
    assert "Done" in page.text and "Plan it anew" not in page.text and "Closed" in page.text
    assert "No actions here" in browser.get("/factories/ONE/roadmap").text
    assert "Hold an evacuation drill" in browser.get("/factories/ONE/roadmap?state=done").text


def test_an_action_is_written_and_planned_anew(browse: Browse) -> None:
    factory = factories.factory("ONE")
    version = courses.version("sst")
    browser = _as(browse, Role.FOCAL_POINT, factory)
    page = browser.get("/factories/ONE/roadmap/new")
    action, data = fill(page, "/roadmap", about="CH-04", course=str(version.course_id), people="12", audience=["supervisor"])
    added = browser.post(action, data).location
    assert (_only().point, _only().people, _only().roles) == ("CH-04", 12, ["supervisor"])
    page = browser.get(added)
    assert "Your advisor closes the action" in page.text and not [each for each in page.all("form") if "/closing" in (each.get("action") or "")]
    action, data = fill(browser.get(f"{added}/plan"), "/plan", people="5")
    assert browser.post(action, data).location == added and _only().people == 5
    for wrong in ({"people": "many"}, {"due_on": ""}, {"due_on": "2020-01-01"}, {"about": "XX"}, {"people": "0"}):
        assert browser.post(action, {**data, **wrong}).status == 422, wrong
        assert browser.post("/factories/ONE/roadmap", {**data, **wrong}).status == 422, wrong
    assert db.session.query(RoadmapAction).count() == 1


def test_what_is_overdue_stands_first_and_the_address_filters(browse: Browse) -> None:
    factory = factories.factory("ONE")
    late, soon = roadmap.action(factory), roadmap.action(factory, point="OS-01", due_on=today("Asia/Phnom_Penh"))
    roadmap.action(factory, theme="WT", point="WT-02")
    late.due_on = late.due_on.replace(year=2020)
    db.session.flush()
    browser = _as(browse, Role.ADVISOR, factory)
    page = browser.get("/factories/ONE/roadmap")
    links = [each.get("href") for each in page.all("a")]
    places = [links.index(f"/factories/ONE/roadmap/{each.id}") for each in (late, soon)]
    assert places == sorted(places) and page.text.count("Overdue") == 1
    only = browser.get("/factories/ONE/roadmap?theme=WT")
    assert f"/factories/ONE/roadmap/{late.id}" not in [each.get("href") for each in only.all("a")]
    assert browser.get("/factories/ONE/roadmap?cycle=2001-01-01").text.count("No actions here") == 1
    table = browser.get("/factories/ONE/roadmap/table.csv?theme=WT").text
    assert "Overtime" in table and "Safety officer" in table and "Emergency" not in table


def test_a_group_is_planned_across_its_factories(browse: Browse) -> None:
    one, two = factories.factory("ONE"), factories.factory("TWO")
    structure.group("GR", one, name="Great Group")
    for factory in (one, two):
        roadmap.action(factory)
    browser = _as(browse, Role.ADVISOR, one)
    page = browser.get("/roadmap?group=GR").text
    assert one.name in page and two.name not in page and "Great Group" in page
    assert two.name in browser.get("/roadmap").text
    assert browser.get("/roadmap/table.csv?group=GR").text.count("Safety officer") == 1


def test_a_head_office_sees_numbers_and_no_more(browse: Browse) -> None:
    one, two = factories.factory("ONE"), factories.factory("TWO")
    group = structure.group("GR", one, name="Great Group")
    roadmap.action(one).due_on = today("Asia/Phnom_Penh").replace(year=2020)
    roadmap.action(two)
    browser = browse.as_account(accounts.account(Role.GROUP_VIEWER, group=group))
    page = browser.get("/group/roadmap").text
    assert one.name in page and two.name not in page and "evacuation" not in page
    for address in ("/roadmap", "/factories/ONE/roadmap", f"/factories/ONE/roadmap/{db.session.query(RoadmapAction).first().id}"):
        assert browser.get(address).status in {403, 404}, address


def test_another_factory_does_not_exist(browse: Browse) -> None:
    one, two = factories.factory("ONE"), factories.factory("TWO")
    action, found = roadmap.action(two), findings.finding(two)
    browser = _as(browse, Role.FOCAL_POINT, one)
    for address in ("/factories/TWO/roadmap", f"/factories/TWO/roadmap/{action.id}", f"/factories/ONE/roadmap/{action.id}",
                    f"/factories/ONE/roadmap/{action.id}/plan", "/factories/TWO/roadmap/table.csv", "/factories/TWO/roadmap/new"):
        assert browser.get(address).status == 404, address
    for address in (f"/factories/ONE/roadmap/{action.id}/step", f"/factories/ONE/roadmap/findings/{found.id}"):
        assert browser.post(address).status == 404, address
    assert two.name not in browser.get("/roadmap").text


@pytest.mark.parametrize("address", ["/factories/ONE/roadmap", "/roadmap", "/factories/ONE/roadmap/table.csv"])
def test_lists_have_a_fixed_number_of_statements(browse: Browse, address: str) -> None:
    factory = factories.factory("ONE")
    version = courses.version("fire-refresher")
    browser = _as(browse, Role.ADVISOR, factory)
    numbers = []
    for _ in range(2):
        for point in ("OS-01", "OS-02", "OS-08"):
            roadmap.action(factory, version, point=point)
            roadmap.action(factories.factory())
        db.session.expire_all()
        with counted() as statements:
            browser.get(address)
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
