"""The roll call at a real phone: big keys, several helpers at once, and what is seen of each other."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from app.attendance.models import CurrentMark
from app.platform.db import db
from tests import story
from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LATER = 15_000
"""Milliseconds after which a page that asks for itself has asked again."""
_SMALL = """() => [...document.querySelectorAll('main :is(button, summary, label.choice, input:not([type=hidden], [type=radio]), select, a.button, .tabs a)')]
  .filter((one) => one.checkVisibility())
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 47.9 || box.height < 47.9)
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`)"""


@dataclass(frozen=True)
class Told:
    """A training session of today, its trainer and the planner, who may mark as well."""

    address: str
    trainer: str
    planner: str
    people: tuple[int, ...]


def tell() -> Told:
    told = story.begin()
    training_id = story.schedule(told, first=0)
    story.nominate(told, training_id)
    story.confirm(told, training_id)
    return Told(f"/sessions/{training_id}/meetings/1/marks", told.email(told.trainer), told.email(told.manager), told.leaders)


@pytest.fixture(scope="module")
def told(site: Site) -> Told:
    return site.build(tell)


def _at_roll_call(told: Told, visit: Visit, email: str, width: int = 360, **how: object) -> Visitor:
    visitor = visit(width, **how)
    visitor.sign_in(email)
    visitor.go(told.address)
    return visitor


def _said(person: int) -> str:
    return f"#said-{person}"


@pytest.mark.sampled
@pytest.mark.parametrize(("language", "width"), [("en", 360), ("ar", 320), ("en", 1280)])
def test_every_key_is_big_enough_for_a_thumb(told: Told, visit: Visit, language: str, width: int) -> None:
    visitor = visit(width, language=language)
    visitor.choose_language(language)
    visitor.sign_in(told.trainer)
    for address in (told.address, f"{told.address}?show=waiting", f"{told.address}/{told.people[0]}"):
        page = visitor.go(address)
        assert page.evaluate(_SMALL) == []
    visitor.go(told.address)
    menu = visitor.page.locator(f"{_said(told.people[0])} summary")
    visitor.touch(menu)
    assert visitor.page.evaluate(_SMALL) == []
    visitor.check()


def test_helpers_see_what_others_mark_without_losing_focus_or_menu(site: Site, told: Told, visit: Visit) -> None:
    one, other = _at_roll_call(told, visit, told.trainer), _at_roll_call(told, visit, told.planner)
    one.page.clock.install()
    one.go(told.address)
    first, second = told.people[:2]
    one.touch(one.page.locator(f"{_said(first)} summary"))
    for person in (first, second):
        other.touch(other.page.locator(f"{_said(person)} [value=absent]"))
        other.page.locator(f"{_said(person)} [value=absent][aria-pressed=true]").wait_for()
    one.page.clock.fast_forward(LATER)
    one.page.locator(f"{_said(second)} [value=absent][aria-pressed=true]").wait_for()
    assert one.page.locator(f"{_said(first)} details[open]").count() == 1, "an open menu stays open"
    tally = one.page.locator("#tally").inner_text()
    assert tally == other.page.locator("#tally").inner_text()
    one.page.keyboard.press("Escape")
    one.page.locator(f"{_said(second)} [value=late]").focus()
    other.touch(other.page.locator(f"{_said(second)} [value=present]"))
    other.page.locator(f"{_said(second)} [value=present][aria-pressed=true]").wait_for()
    one.page.clock.fast_forward(LATER)
    one.page.locator(f"{_said(second)} [value=present][aria-pressed=true]").wait_for()
    assert one.page.locator(f"{_said(second)} [value=late]:focus").count() == 1, "the focus stays where it is"
    one.check()
    one.touch(one.page.locator(f"{_said(second)} [value=late]"))
    one.page.locator(f"{_said(second)} [value=late][aria-pressed=true]").wait_for()
    assert not _disputed(site), "what was seen is replaced, not disputed"


def _disputed(site: Site) -> list[int]:
    wrong = sa.select(CurrentMark.person_id).where(CurrentMark.is_disputed)
    return site.look(lambda: list(db.session.scalars(wrong)))


def test_a_phone_that_was_away_gives_a_dispute_that_one_tap_resolves(site: Site, told: Told, visit: Visit) -> None:
    person = told.people[3]
    one, other = _at_roll_call(told, visit, told.trainer), _at_roll_call(told, visit, told.planner)
    one.page.route("**/marks/live*", lambda route: route.abort())
    other.touch(other.page.locator(f"{_said(person)} [value=absent]"))
    other.page.locator(f"{_said(person)} [value=absent][aria-pressed=true]").wait_for()
    one.touch(one.page.locator(f"{_said(person)} [value=present]"))
    one.page.locator(f"{_said(person)} .notice").wait_for()
    one.complaints.clear()  # the network that was cut
    assert _disputed(site) == [person]
    one.check()
    one.touch(one.page.locator(f"{_said(person)} [value=late]"))
    one.page.locator(f"{_said(person)} [value=late][aria-pressed=true]").wait_for()
    assert _disputed(site) == []
    assert one.page.locator(f"{_said(person)} .notice").count() == 0


def test_without_a_script_it_marks_and_closes_as_well(site: Site, told: Told, visit: Visit) -> None:
    person = told.people[4]
    visitor = _at_roll_call(told, visit, told.trainer, has_script=False)
    visitor.follow(f"{_said(person)} [value=late]")
    assert visitor.page.locator(f"{_said(person)} [value=late][aria-pressed=true]").count() == 1
    visitor.go(f"{told.address}?show=waiting")
    before = visitor.page.locator(".roll > li").count()
    visitor.follow(visitor.page.locator(".arrived").first)
    assert visitor.page.locator(".roll > li").count() == before - 1
