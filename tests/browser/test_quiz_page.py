"""The page of a question: where the focus goes, the languages, the time that is left, what cannot be said with a code."""

import re

import pytest

from app.courses.models import Unit
from app.platform.db import db
from tests.browser.conftest import Visit
from tests.browser.quiz import Door, Phone, begin, open_door, saved
from tests.browser.site import Site
from tests.make import quizzes

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
TYPED = "::free:: [plain] What will you change? {}\n\n::pairs:: [plain] What belongs together? { =red -> stop =blue -> wait }"


def limited(language: str) -> Door:
    door = open_door(language, count=3)
    db.session.get_one(Unit, door.unit_id).rules = {"limit_minutes": 8}
    return door


def typed() -> Door:
    room = quizzes.room(source=TYPED)
    return Door(room.training.code, room.person.id, room.training.id, room.unit_id, "")


def test_the_focus_goes_to_the_next_question_and_what_is_saved_is_said(site: Site, visit: Visit) -> None:
    door = site.build(lambda: open_door("en", count=3))
    phone: Phone = visit(kind=Phone)
    begin(phone, door, "en")
    first = phone.question
    phone.choose(0)
    phone.press()
    phone.on_to(first)
    assert phone.page.locator("h1:focus").inner_text() == "Question 2 of 3"
    phone.claims(first)
    assert phone.page.locator("#saved[role=status]").inner_text().strip() == "Your last answer is saved."
    assert phone.page.evaluate("scrollY") == 0
    assert phone.page.title().startswith("Question 2 of 3")


def test_another_language_keeps_what_was_chosen(site: Site, visit: Visit) -> None:
    door = site.build(lambda: open_door("en", count=3))
    phone: Phone = visit(kind=Phone)
    begin(phone, door, "en")
    first = phone.question
    phone.choose(2)
    phone.touch(phone.page.locator(".language summary"))
    phone.direction = "rtl"
    phone.touch(phone.page.locator(".language button[value=ar]"))
    phone.page.locator("html[lang=ar]").wait_for()
    phone.check()
    assert phone.question == first
    assert phone.page.locator(".choice:has(:checked)").count() == 1
    assert list(saved(site, door, "en")) == [first]


@pytest.mark.sampled
@pytest.mark.parametrize(("language", "minutes"), [("en", ("8", "7")), ("ar", ("٨", "٧"))])
def test_the_time_left_is_counted_down_and_said_at_five_minutes_and_at_one(
    site: Site, visit: Visit, language: str, minutes: tuple[str, str]
) -> None:
    door = site.build(lambda: limited(language))
    phone: Phone = visit(320, language=language, kind=Phone)
    phone.page.clock.install()
    begin(phone, door, language)
    timer, said = phone.page.locator("[role=timer]"), phone.page.locator("#time-said")
    assert re.search(rf"\b{minutes[0]}\b", timer.inner_text())
    assert said.text_content() == ""
    phone.page.clock.fast_forward(61_000)
    assert re.search(rf"\b{minutes[1]}\b", timer.inner_text())
    phone.check()
    for forward, word in ((120_000, "5|٥"), (240_000, "1 min|دقيقة")):
        phone.page.clock.fast_forward(forward)
        assert re.search(word, said.text_content() or "")
    phone.page.clock.fast_forward(70_000)
    if language == "en":
        assert timer.inner_text() == said.text_content() == "Time is over. What you have saved counts."
    phone.check()


def test_without_script_the_time_is_said_by_the_clock(site: Site, visit: Visit) -> None:
    door = site.build(lambda: limited("en"))
    phone: Phone = visit(has_script=False, kind=Phone)
    begin(phone, door, "en")
    assert re.search(r"Until \d+:\d\d", phone.page.locator(".time-left").inner_text())


def test_a_text_that_is_too_long_stays_in_the_page_until_it_is_shorter(site: Site, visit: Visit) -> None:
    door = site.build(typed)
    phone: Phone = visit(kind=Phone)
    begin(phone, door, "en")
    first, field = phone.question, phone.page.locator("textarea")
    field.evaluate("(field) => field.removeAttribute('maxlength')")
    field.fill("x" * 10_001)
    phone.press()
    phone.page.locator("#unsaved", has_text="Not saved: this text is too long.").wait_for()
    assert phone.page.locator("[data-show-code]").is_hidden()
    assert len(field.input_value()) == 10_001
    field.fill("More light.")
    phone.press()
    phone.on_to(first)
    phone.claims(first)


def test_a_typed_text_and_pairs_are_shown_with_the_code_of_their_question(site: Site, visit: Visit) -> None:
    door = site.build(typed)
    phone: Phone = visit(kind=Phone)
    begin(phone, door, "en")
    first, dialog = phone.question, phone.page.locator("#last-code")
    phone.context.set_offline(True)
    phone.page.locator("textarea").fill("More light.")
    phone.press()
    phone.touch(phone.page.locator("[data-show-code]"))
    assert "More light." in dialog.inner_text()
    assert "Show this code and what stands below it to your trainer" in dialog.inner_text()
    assert len(dialog.locator("[data-code]").inner_text()) == 6
    phone.touch(dialog.locator("button"))
    phone.context.set_offline(False)
    phone.on_to(first)
    for number in (0, 1):
        phone.page.locator("select").nth(number).select_option(index=number + 1)
    phone.context.set_offline(True)
    phone.press()
    phone.touch(phone.page.locator("[data-show-code]"))
    assert dialog.locator("[data-shown]").inner_text() == "1 2"
    phone.touch(dialog.locator("button"))
    phone.context.set_offline(False)


def test_what_is_too_long_to_type_waits_in_the_page(site: Site, visit: Visit) -> None:
    door = site.build(typed)
    phone: Phone = visit(kind=Phone)
    begin(phone, door, "en")
    phone.context.set_offline(True)
    phone.page.locator("textarea").fill("More light. " * 40)
    phone.press()
    phone.touch(phone.page.locator("[data-show-code]"))
    assert "Your text is long. Keep this page open" in phone.page.locator("#last-code").inner_text()


def test_somebody_else_on_the_phone_cannot_send_the_answer_as_his_own(site: Site, visit: Visit) -> None:
    door = site.build(lambda: open_door("en", count=3))
    other = site.build(lambda: open_door("en", count=3))
    phone: Phone = visit(kind=Phone)
    begin(phone, door, "en")
    cookies = phone.context.cookies()
    stranger: Phone = visit(kind=Phone)
    begin(stranger, other, "en")
    phone.context.clear_cookies()
    phone.context.add_cookies(stranger.context.cookies())
    first = phone.question
    words = phone.choose(0)
    phone.press()
    phone.page.locator("#unsaved", has_text="somebody else is signed in").wait_for()
    assert (saved(site, door, "en"), saved(site, other, "en")) == ({}, {})
    phone.context.clear_cookies()
    phone.context.add_cookies(cookies)
    phone.on_to(first)
    assert saved(site, door, "en") == {first: words}
