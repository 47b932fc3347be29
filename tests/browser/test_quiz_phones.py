"""One quiz on two phones and in two tabs."""

import pytest

from app.quizzes.rules import AttemptState
from tests.browser.conftest import Visit
from tests.browser.quiz import Door, Phone, attempt_of, begin, open_door, saved
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]


@pytest.fixture
def door(site: Site) -> Door:
    return site.build(lambda: open_door("en"))


def answer(phone: Phone, times: int) -> None:
    for number in range(times):
        before = phone.question
        phone.choose(number % 3)
        phone.press()
        phone.on_to(before)


def test_a_phone_that_dies_in_question_seven_and_another_that_goes_on(site: Site, visit: Visit, door: Door) -> None:
    first: Phone = visit(kind=Phone)
    begin(first, door, "en")
    answer(first, 6)
    before = saved(site, door, "en")
    deadline = attempt_of(site, door).deadline_at
    seventh = first.question
    first.choose(1)
    first.page.close()
    second: Phone = visit(320, kind=Phone)
    begin(second, door, "en")
    assert (second.question, saved(site, door, "en")) == (seventh, before)
    assert attempt_of(site, door).deadline_at == deadline
    answer(second, 6)
    second.follow("form[data-hand-in] button")
    second.page.locator("#handed-in").wait_for()
    assert len(saved(site, door, "en")) == 12
    assert attempt_of(site, door).state is AttemptState.GRADED


def test_a_stale_tab_changes_nothing_and_is_told_why(site: Site, visit: Visit, door: Door) -> None:
    phone: Phone = visit(kind=Phone)
    begin(phone, door, "en")
    answer(phone, 2)
    third = phone.question
    other = phone.context.new_page()
    other.goto(phone.page.url)
    newer = other.locator("label.choice").nth(1)
    words = newer.inner_text().strip()
    newer.tap()
    other.locator("form[data-answer] [type=submit]").tap()
    phone.on_to(third, other)
    phone.choose(2)
    phone.press()
    phone.page.locator(".notice", has_text="another window meanwhile").wait_for()
    phone.check()
    assert phone.page.locator("label.choice:has(:checked)").inner_text().strip() == words
    assert saved(site, door, "en")[third] == words
    phone.choose(2)  # having seen what is saved, one may change it
    phone.press()
    phone.on_to(third)
    assert saved(site, door, "en")[third] != words
