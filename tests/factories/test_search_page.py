"""The page that finds a person: enough letters, own factories only, every script."""

from collections.abc import Iterable

import pytest

from app.access.roles import Role
from app.factories.models import Factory
from app.factories.rules import is_enough_to_search
from app.platform.db import db
from tests.browse import Browse, Reply
from tests.factories.test_views import counted
from tests.make import accounts, factories


def names(reply: Reply) -> list[str]:
    assert reply.status == 200
    return ["".join(link.itertext()).strip() for cell in reply.all("th") for link in cell.iter("a")]


def hrefs(reply: Reply) -> set[str]:
    return {link.get("href") or "" for link in reply.all("a")}


def focal(browse: Browse, factory: Factory) -> Browse:
    return browse.as_account(accounts.account(Role.FOCAL_POINT, programme=factory.programme, factory=factory))


@pytest.mark.any_engine
@pytest.mark.parametrize(("words", "enough"), [
    ("", False), ("a", False), ("an", False), ("ann", True), ("a n n", False), ("an bob", True), ("...", False), ("  ", False),
    ("ស", False), ("សុ", True), ("ሀበ", True), ("ሀ", False), ("王", True), ("12", False), ("123", True), ("ab", False), ("Ng", False),
    ("كر", False), ("كري", True), ("%%%", False), ("\u200b\u200b\u200b", False), ("(a+)+$", False), ("রি", True),
])
def test_how_many_letters_are_enough(words: str, enough: bool) -> None:
    assert is_enough_to_search(words) is enough


def test_people_are_found_in_every_script_and_by_number(browse: Browse) -> None:
    factory = factories.factory(name="Golden Needle")
    dara = factories.person(factory, name="Chan Sreymom", local_name="ចាន់ស្រីមុំ")
    factories.person(factory, name="Nguyễn Thị Lan", local_name=None)
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme))
    assert names(advisor.get("/people?q=ស្រី")) == ["Chan Sreymom"], "inside a phrase without spaces"
    for written in ("nguyen", "Nguyễn", "Nguye\u0302\u0303n", "LAN nguy"):
        assert names(advisor.get("/people", query_string={"q": written})) == ["Nguyễn Thị Lan"], written
    number = factories.employ(dara, factories.factory(name="Second"), "manager", number="KH-00777").employee_number
    for written in (number, "kh 00777", "KH007"):
        assert names(advisor.get("/people", query_string={"q": written})) == ["Chan Sreymom"], written
    assert names(advisor.get("/people?q=777")) == []
    page = advisor.get("/people", query_string={"q": "sreymom"})
    assert "Second" in page.text and number in page.text
    assert "Golden Needle" in advisor.get(f"/people?q=sreymom&factory={factory.code}").text


def test_a_joined_entry_leads_to_the_person(browse: Browse) -> None:
    factory = factories.factory()
    one, other = factories.person(factory, name="Rina Begum"), factories.person(factory, name="Reena Khatun")
    other.merged_into_id = one.id
    db.session.flush()
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))
    assert names(manager.get("/people?q=khatun")) == ["Rina Begum"]


def test_nobody_outside_the_scope_is_found(browse: Browse) -> None:
    """Neither by name, number, former name nor the code of another factory."""
    own, twin = factories.factory(), factories.factory()
    mine, theirs = factories.person(own, name="Twin Person"), factories.person(twin, name="Twin Person")
    moved = factories.person(twin, name="Twin Mover")
    factories.employ(moved, own, "operator", number="4711")
    factories.employ(theirs, twin, "operator", number="4712")
    browser = focal(browse, own)
    found = browser.get("/people?q=twin")
    assert names(found) == ["Twin Mover", "Twin Person"] and f"/people/{mine.id}" in hrefs(found)
    assert f"/people/{theirs.id}" not in hrefs(found) and twin.name not in found.text and twin.code not in found.text
    assert names(browser.get("/people?q=4712")) == [] and names(browser.get("/people?q=4711")) == ["Twin Mover"]
    assert browser.get(f"/people?q=twin&factory={twin.code}").status == 404
    assert browser.get(f"/people/{theirs.id}").status == 404


def test_one_letter_lists_nobody(browse: Browse) -> None:
    factory = factories.factory()
    factories.person(factory, name="Ann Bee")
    browser = focal(browse, factory)
    for asked in ("", "q=", "q=a", "q=an", "q=%25", "q=_", "q=.*", "q=%E2%80%8B%E2%80%8B%E2%80%8B", "q=a&page=2"):
        assert names(browser.get(f"/people?{asked}")) == [], asked
    assert names(browser.get("/people?q=ann")) == ["Ann Bee"]


def test_a_page_holds_fifty_and_says_that_there_are_more(browse: Browse) -> None:
    factory = factories.factory()
    factories.person(factory, name="Ann Only")
    for number in range(60):
        factories.person(factory, name=f"Sok Dara {number:02d}", local_name=None)
    browser = focal(browse, factory)
    first = browser.get("/people?q=dara")
    assert len(names(first)) == 50 and "/people?q=dara&page=2" in hrefs(first)
    assert len(names(browser.get("/people?q=dara&page=2"))) == 10
    with counted() as many:
        browser.get("/people?q=dara")
    with counted() as few:
        assert len(names(browser.get("/people?q=only"))) == 1
    assert len(many) == len(few), "statements do not grow"


def test_who_may_read_factories_finds_the_page(browse: Browse) -> None:
    factory = factories.factory()
    assert any(link.get("href") == "/people" for link in focal(browse, factory).get("/").all("a"))
    assert browse.get("/people?q=abc").location.startswith("/sign-in")


@pytest.mark.parametrize("asked", ["a" * 100_000, "%" * 5_000, "ស" * 5_000, " a" * 5_000, "1" * 5_000, "\u0301" * 5_000, "(" * 5_000 + "a+" * 999])
def test_long_searches_are_cheap(browse: Browse, asked: Iterable[str]) -> None:
    factory = factories.factory()
    factories.person(factory, name="Ann Bee")
    reply = focal(browse, factory).get("/people", query_string={"q": asked})
    assert reply.status == 200 and names(reply) == []
