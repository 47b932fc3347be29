"""A quiz of twelve questions at the end of the village: a slow line, of which one asking in twenty breaks, and nothing but a
keyboard. Every answer that the page calls saved is in the database, and at the end all of them are.
"""

import pytest
from playwright.sync_api import Error as BrowserError

from app.quizzes.rules import AttemptState
from tests.browser.conftest import Visit
from tests.browser.edge import edge_line
from tests.browser.keyboard import Keyboard
from tests.browser.quiz import QUESTIONS, Door, Phone, attempt_of, begin, open_door, saved
from tests.browser.site import Site, wait_until
from tests.counts import IS_LONG

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
SPEED = 1.0 if IS_LONG else 12.0
SEED = 20_268


@pytest.mark.sampled
@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("language", ["en", "km", "ar"])
def test_twelve_questions(site: Site, visit: Visit, language: str, has_script: bool) -> None:
    door = site.build(lambda: open_door(language))
    with edge_line(site.address, SEED, SPEED) as line:
        phone: Phone = visit(320, language=language, has_script=has_script, kind=Phone)
        phone.judged = set() if IS_LONG else phone.judged
        begin(phone, door, language)
        phone.address = line.address
        start = f"/attempts/{attempt_of(site, door).id}"
        resume(phone, start)
        line.cuts = True
        chosen = take(site, door, phone, language, start)
        hand_in(phone, start)
        assert line.broken >= 1, f"nothing of {line.asked} broke"
    assert saved(site, door, language) == chosen
    assert len(chosen) == QUESTIONS
    assert attempt_of(site, door).state is AttemptState.GRADED


def take(site: Site, door: Door, phone: Phone, language: str, start: str) -> dict[int, str]:
    """Question by question, by keyboard; what was chosen last."""
    keys, chosen = Keyboard(phone), {}
    while not phone.page.locator("form[action$='/submission']").count():
        question = phone.question
        assert question is not None
        keys.tab_to("[name=choice]")
        keys.press("Space")
        keys.press("ArrowDown")
        keys.tab_to("form[data-answer] [type=submit]")  # the end of the form: on a slow line it comes last
        chosen[question] = phone.page.locator("label.choice:has(:checked)").inner_text().strip()
        keys.press("Enter")
        wait_until(lambda q=question: has_moved(phone, q, start), "the next page")
        phone.check()
        if (claim := phone.claim) is not None:
            assert saved(site, door, language).get(claim) == chosen.get(claim), "the page calls saved what is not"
    return chosen


def has_moved(phone: Phone, question: int | None, start: str) -> bool:
    """Whether something else is asked now. A page that did not come at all is asked for again, as anybody would."""
    try:
        if not phone.page.locator("#card").count():
            resume(phone, start)
            return True
        return phone.question != question and phone.page.locator("h1").count() == 1
    except BrowserError:  # between two pages
        return False


def resume(phone: Phone, start: str) -> None:
    def came() -> bool:
        try:
            phone.page.goto(phone.address + start)
        except BrowserError:
            return False
        return phone.page.locator("#card").count() == 1

    wait_until(came, "the quiz")


def hand_in(phone: Phone, start: str) -> None:
    """Twice at once, as somebody does whom nothing answers."""
    button = "form[action$='/submission'] button"
    keys = Keyboard(phone)
    keys.tab_to(button)
    keys.press("Enter")
    keys.press("Enter")

    def is_in() -> bool:
        try:
            if phone.page.locator("#handed-in").count():
                return True
            if not phone.page.locator("#card").count():
                resume(phone, start)
                if phone.page.locator(button).count():
                    phone.page.locator(button).press("Enter", no_wait_after=True)
        except BrowserError:
            pass
        return False

    wait_until(is_in, "the result")
    phone.check()
