"""The Back and Reload buttons of the browser in the middle of a quiz."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.learner import answer, come_in, in_digits, question_id
from tests.browser.site import Site
from tests.browser.test_quiz_no_script import open_door, saved
from tests.browser.visitor import Visitor
from tests.make import quizzes

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
LANGUAGE = "km"


def at_the_third_question(site: Site, phone: Visitor) -> int:
    """Two of three questions are answered. Who takes the quiz."""
    door = site.build(lambda: open_door(LANGUAGE))
    come_in(phone, door.code, door.person_id, in_digits(quizzes.PIN, LANGUAGE))
    phone.follow("form[action='/attempts'] button")
    for _ in range(2):
        answer(phone, site, LANGUAGE)
    return door.person_id


def test_back_and_reload_lose_nothing(site: Site, visit: Visit) -> None:
    phone = visit(language=LANGUAGE)
    person_id = at_the_third_question(site, phone)
    page = phone.page
    third = question_id(phone)
    page.reload()
    phone.check()
    assert question_id(phone) == third
    page.go_back()
    page.locator("input:checked").wait_for(state="attached")
    phone.check()
    answer(phone, site, LANGUAGE, right=False)
    assert question_id(phone) == third
    assert saved(site, person_id) == 2


def test_back_without_script(site: Site, visit: Visit) -> None:
    phone = visit(language=LANGUAGE, has_script=False)
    at_the_third_question(site, phone)
    answer(phone, site, LANGUAGE)
    phone.page.go_back()
    phone.check()
