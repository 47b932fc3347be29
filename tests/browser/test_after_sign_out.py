"""What stays in a browser after signing out: no page, no name, nothing stored (TRAPS T11, T46, T47)."""

import pytest
from playwright.sync_api import Error, Page

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.make import factories
from tests.story import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.any_engine]
SECRET = "Zqxname Person"
KEPT = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage),
  caches: 'caches' in window ? await caches.keys() : [],
  databases: (await indexedDB.databases()).map((each) => each.name),
  workers: (await navigator.serviceWorker.getRegistrations()).map((each) => each.scope),
})"""
NOTHING = {"local": [], "session": [], "caches": [], "databases": [], "workers": []}


def office(code: str) -> str:
    """A focal point of a factory with one person; answers the address to sign in with."""
    factory = factories.factory(code)
    factories.person(factory, name=SECRET, local_name=None)
    email = f"desk@{code.lower()}.example"
    grants = [Grant(Role.FOCAL_POINT, factory_id=factory.id)]
    accounts.create_account(SYSTEM, email=email, name="Desk", language="en", password=PASSWORD, grants=grants)
    return email


def read_and_leave(desk: Visitor, email: str, code: str) -> Page:
    """Look at the people of the factory, then sign out in the same tab."""
    page = desk.sign_in_at_the_door(email)
    if page.url.endswith("/notice"):
        desk.follow("form[action='/notice'] button")
    desk.go(f"/factories/{code}/people")
    assert SECRET in page.content()
    desk.follow(page.get_by_role("link", name=SECRET, exact=True))
    page.locator("summary", has_text="Desk").click()
    desk.follow("form[action='/sign-out'] button")
    return page


def test_back_shows_nothing_and_nothing_is_stored(site: Site, visit: Visit) -> None:
    desk = visit(1280)
    page = read_and_leave(desk, site.build(lambda: office("BACK-1")), "BACK-1")
    assert page.evaluate(KEPT) == NOTHING
    for _step in range(3):
        page.go_back()
        page.wait_for_load_state()
        assert SECRET not in page.content()
        assert desk.path.startswith("/sign-in")
        assert page.evaluate(KEPT) == NOTHING


def test_without_network_nothing_comes_back(site: Site, visit: Visit) -> None:
    desk = visit(1280)
    page = read_and_leave(desk, site.build(lambda: office("BACK-2")), "BACK-2")
    desk.context.set_offline(True)
    for address in ("/factories/BACK-2/people", "/"):
        with pytest.raises(Error, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
            page.goto(site.address + address)
    desk.context.set_offline(False)
    desk.complaints.clear()
    assert desk.go("/sign-in").evaluate(KEPT) == NOTHING


def test_no_page_is_stored_while_it_is_read(site: Site, visit: Visit) -> None:
    email = site.build(lambda: office("BACK-3"))
    desk = visit(1280)
    desk.sign_in_at_the_door(email)
    if desk.page.url.endswith("/notice"):
        desk.follow("form[action='/notice'] button")
    for path in ("/", "/factories/BACK-3/people", "/account"):
        assert desk.go(path).evaluate(KEPT) == NOTHING
