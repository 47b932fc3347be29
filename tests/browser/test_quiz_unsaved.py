"""An answer that cannot be saved: the page says so, keeps it, and sends it when the network is back."""

from contextlib import suppress

import pytest
import sqlalchemy as sa
from playwright.sync_api import Dialog
from playwright.sync_api import Error as BrowserError

from app.platform.db import db
from app.quizzes.models import Answer
from app.quizzes.rules import AttemptState
from tests.browser.conftest import Visit
from tests.browser.quiz import Door, Phone, attempt_of, begin, open_door, saved
from tests.browser.site import Site
from tests.make import quizzes

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
OFFLINE = "Not saved yet: no network. Keep this page open; it is sent as soon as the network is back."
_STORED = """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  'caches' in window ? (await caches.keys()).length : 0]"""


@pytest.fixture
def door(site: Site) -> Door:
    return site.build(lambda: open_door("en", count=3))


@pytest.fixture
def phone(visit: Visit, door: Door) -> Phone:
    phone: Phone = visit(kind=Phone)
    begin(phone, door, "en")
    return phone


def say(phone: Phone, words: str) -> None:
    """Wait until the banner says this."""
    phone.page.locator("#unsaved", has_text=words).wait_for()


def test_offline_is_said_the_answer_stays_and_is_sent_once_when_the_network_is_back(
    site: Site, phone: Phone, door: Door
) -> None:
    first = phone.question
    phone.context.set_offline(True)
    words = phone.choose(1)
    phone.press()
    say(phone, OFFLINE)
    phone.check()
    assert phone.page.locator("#unsaved[role=status]").count() == 1
    assert phone.page.locator("label.choice:has(:checked)").inner_text().strip() == words
    assert phone.claim is None
    assert saved(site, door, "en") == {}
    assert phone.page.evaluate(_STORED) == [0, 0, 0, 0]
    phone.context.set_offline(False)
    phone.on_to(first)
    phone.check()
    phone.claims(first)
    assert saved(site, door, "en") == {first: words}
    assert site.look(lambda: db.session.scalars(sa.select(Answer.revision)).all())[-1] == 1
    assert phone.banner == ""


def test_a_reply_that_never_comes_is_called_unsaved_after_three_seconds(site: Site, phone: Phone, door: Door) -> None:
    phone.page.clock.install()
    held = []
    phone.page.route("**/answers/*", lambda route: held.append(route))
    phone.choose(0)
    phone.press()
    phone.page.clock.run_for(2900)
    assert phone.banner == ""
    phone.page.clock.run_for(200)
    assert "Not saved yet: the network is slow." in phone.banner
    first = phone.question
    held[0].continue_()  # it was only slow
    phone.on_to(first)
    assert list(saved(site, door, "en")) == [first]


def test_a_system_that_fails_is_asked_again(site: Site, phone: Phone, door: Door) -> None:
    first = phone.question
    replies = [500, 503, 429]
    phone.page.route("**/answers/*", lambda route: route.fulfill(status=replies.pop(), body="no") if replies else route.continue_())
    words = phone.choose(2)
    phone.press()
    say(phone, "Not saved yet: the system does not answer.")
    assert saved(site, door, "en") == {}
    phone.on_to(first)
    assert saved(site, door, "en") == {first: words}
    phone.complaints.clear()


def test_a_page_of_the_network_is_no_receipt(site: Site, phone: Phone, door: Door) -> None:
    """A hotspot that answers everything with its own page has saved nothing."""
    first = phone.question
    phone.page.route("**/answers/*", lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Welcome</h1>"))
    phone.choose(0)
    phone.press()
    say(phone, OFFLINE)
    assert (phone.question, saved(site, door, "en")) == (first, {})
    phone.page.unroute("**/answers/*")
    phone.press()
    phone.on_to(first)
    assert list(saved(site, door, "en")) == [first]


def test_a_saved_answer_whose_reply_was_lost_is_saved_once(site: Site, phone: Phone, door: Door) -> None:
    first = phone.question
    lost = []

    def lose(route) -> None:
        if not lost:
            route.fetch()
        lost.append(1)
        route.abort() if len(lost) < 3 else route.continue_()

    phone.page.route("**/answers/*", lose)
    words = phone.choose(1)
    phone.press()
    phone.on_to(first)
    assert len(lost) == 3
    assert saved(site, door, "en") == {first: words}
    assert site.look(lambda: db.session.scalars(sa.select(Answer.revision).order_by(Answer.id.desc())).first()) == 1


def test_a_server_that_was_killed_and_started_again(site: Site, phone: Phone, door: Door) -> None:
    first = phone.question
    site.server.kill()
    words = phone.choose(1)
    phone.press()
    say(phone, OFFLINE)
    assert saved(site, door, "en") == {}
    site.server.start()
    phone.on_to(first)
    assert saved(site, door, "en") == {first: words}


def test_leaving_while_unsaved_is_held_back_kindly(phone: Phone, site: Site, door: Door) -> None:
    first = phone.question
    phone.choose(0)
    phone.press()
    phone.on_to(first)
    second = phone.question
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    phone.page.on("dialog", stay)
    phone.context.set_offline(True)
    phone.choose(0)
    phone.press()
    say(phone, OFFLINE)
    phone.touch(phone.page.locator("a[href$='/review']"))
    phone.touch(phone.page.locator(".language summary"))
    phone.touch(phone.page.locator(".language button").nth(1))
    phone.page.go_back()
    assert (phone.question, phone.path.endswith("/questions/2"), asked) == (second, True, [])
    with suppress(BrowserError):
        phone.page.reload(timeout=2000)
    assert asked == ["beforeunload"]
    phone.context.set_offline(False)
    phone.on_to(second)
    assert list(saved(site, door, "en")) == [first, second]


def test_what_was_chosen_is_saved_before_another_page_opens(phone: Phone, site: Site, door: Door) -> None:
    first = phone.question
    words = phone.choose(2)
    phone.follow("a[href$='/review']")
    phone.page.locator("form[data-hand-in]").wait_for()
    assert saved(site, door, "en") == {first: words}


def test_whoever_was_signed_out_keeps_the_answer_and_sends_it_afterwards(site: Site, phone: Phone, door: Door) -> None:
    first = phone.question
    phone.context.clear_cookies()
    words = phone.choose(1)
    phone.press()
    say(phone, "Not saved yet: you were signed out.")
    phone.check()
    assert saved(site, door, "en") == {}
    with phone.context.expect_page() as opened:
        phone.touch(phone.page.locator("[data-sign-in] a"))
    other = opened.value
    other.locator(f".people a[href*='person={door.person_id}']").click()
    other.locator("[name=pin]").fill(quizzes.PIN)
    other.locator("form[action^='/join/'] button").click()
    other.wait_for_url("**/attempts")
    other.close()
    phone.on_to(first)
    assert saved(site, door, "en") == {first: words}


def test_handing_in_waits_for_the_network_too(site: Site, phone: Phone, door: Door) -> None:
    for _ in range(3):
        before = phone.question
        phone.choose(0)
        phone.press()
        phone.on_to(before)
    phone.context.set_offline(True)
    phone.touch(phone.page.locator("form[data-hand-in] button"))
    say(phone, "Not handed in yet: no network. Your answers are saved.")
    phone.check()
    assert attempt_of(site, door).state is AttemptState.IN_PROGRESS
    phone.context.set_offline(False)
    phone.page.locator("#handed-in").wait_for()
    phone.check()
    assert attempt_of(site, door).state is AttemptState.GRADED
    phone.page.go_back()
    phone.page.locator("#handed-in").wait_for()
    phone.page.reload()
    phone.check()
    assert phone.page.locator("#handed-in").count() == 1
    assert attempt_of(site, door).number == 1


def test_a_code_for_the_trainer_saves_an_answer_that_no_network_carries(
    site: Site, phone: Phone, door: Door, visit: Visit
) -> None:
    first = phone.question
    phone.context.set_offline(True)
    words = phone.choose(1)
    phone.press()
    say(phone, OFFLINE)
    phone.touch(phone.page.locator("[data-show-code]"))
    dialog = phone.page.locator("#last-code")
    assert "Question 1 of 3" in dialog.inner_text()
    code = dialog.locator("[data-code]").inner_text()
    phone.check()
    trainer = visit(1280)
    trainer.sign_in(door.trainer)
    trainer.go(f"/sessions/{door.training_id}/quizzes/{door.unit_id}")
    trainer.follow("a[href$='/codes']")
    trainer.page.locator("[name=person]").select_option(str(door.person_id))
    trainer.page.locator("[name=codes]").fill(code.lower())
    trainer.follow("form[action$='/codes'] button")
    assert "Question 1 is saved." in trainer.page.locator("#notices").inner_text()
    assert saved(site, door, "en") == {first: words}
    phone.touch(dialog.locator("button"))
    phone.context.set_offline(False)
    phone.on_to(first)
    phone.claims(first)
    assert saved(site, door, "en") == {first: words}
