"""The menu: few doors on the line, the others one step further, and none that the reader may not open."""

import pytest
from flask import Flask, url_for

from app.access.roles import Role
from app.wiring.doors import MENU, MENU_SECTIONS
from tests.browse import Browse, Reply
from tests.make import accounts, factories


def _line(page: Reply) -> list[str]:
    """What stands on the line: doors, and the names of sections."""
    nav = next(each for each in page.all("nav") if each.get("aria-label") == "Main menu")
    items = nav.findall("ul/li")
    return ["".join((item.find("a") if item.find("a") is not None else item.find("details/summary")).itertext()).strip() for item in items]


def _below(page: Reply) -> dict[str, list[str]]:
    return {
        "".join(each.find("summary").itertext()).strip(): [link.get("href") or "" for link in each.iter("a")]
        for each in page.all("details") if each.get("name") == "site-section"
    }  # fmt: skip


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.ADVISOR, Role.TRAINER, Role.FOCAL_POINT])
def test_the_line_is_short(browse: Browse, role: Role) -> None:
    factory = factories.factory()
    place = {"factory": factory} if role is Role.FOCAL_POINT else {"programme": factory.programme}
    page = browse.as_account(accounts.account(role, **place)).get("/sessions")
    assert _line(page)[:3] == ["Sessions", "Factories", "People"] and len(_line(page)) <= 9
    assert all(len(doors) > 1 for doors in _below(page).values()), "a section of one door is that door"
    nav = next(each for each in page.all("nav") if each.get("aria-label") == "Main menu")
    assert [link.get("href") for link in nav.iter("a") if link.get("aria-current")] == ["/sessions"]


def test_a_section_says_that_the_page_lies_in_it(browse: Browse) -> None:
    page = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme())).get("/findings")
    assert _below(page)["Improvement"] == ["/findings", "/roadmap", "/ambassadors"]
    assert ["".join(each.itertext()).strip() for each in page.all("summary") if each.get("aria-current")] == ["Improvement"]


def test_every_door_that_lies_in_a_section_is_one_of_the_menu(app: Flask) -> None:
    known = {endpoint for _label, endpoint, _permission in MENU}
    below = [endpoint for _label, endpoints in MENU_SECTIONS for endpoint in endpoints]
    assert set(below) <= known and len(below) == len(set(below))
    with app.test_request_context():
        assert all(url_for(endpoint) for endpoint in known)
