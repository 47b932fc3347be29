"""Answers of calendars are looked at on a phone and at a desk, from left to right and from right to left."""

import os
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts.operations import create_account
from app.platform.db import db
from app.sessions.models import Invitation, Meeting
from app.sessions.replies.operations import note_visit, receive
from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.make.replies import POINT, TRAINER, answer, entry, invited
from tests.sessions.replies.letters import OTHER, mail
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
EMAIL = "office@story.example"
DAY = date.today() + timedelta(days=20)


@dataclass(frozen=True)
class Laid:
    training: int
    forged: int
    proposal: int


def lay_out() -> Laid:
    """A trainer who says no, a person who proposes another time, and mails that nobody can file by themselves."""
    create_account(SYSTEM, email=EMAIL, name="Noor", language="en", password=PASSWORD, grants=[Grant(Role.ADMINISTRATOR)])
    training = invited()[0]
    receive(answer(entry(training, TRAINER), "DECLINED", more=["COMMENT:I am ill that week\\, sorry."]))
    receive(answer(entry(training, POINT), "ACCEPTED"))
    counter = {"starts": f"DTSTART:{DAY:%Y%m%d}T010000Z", "ends": f"DTEND:{DAY:%Y%m%d}T040000Z"}
    receive(answer(entry(training), "TENTATIVE", method="COUNTER", more=["COMMENT:ដឹកជញ្ជូនថ្ងៃនោះ"], **counter))
    forged = receive(answer(entry(training), "DECLINED", sender=OTHER))
    receive(mail("لا نستطيع الحضور يوم الخميس", kind="text/plain; charset=utf-8", sender="averyveryverylongaddressofsomebody@averyveryverylongdomain.example", subject="=?utf-8?b?2YTYpyDZhtiz2KrYt9mK2Lk=?="))
    receive(mail("x" * 400, kind="text/plain", sender=OTHER, subject="W" * 120))
    note_visit("imap:training@mail.example/INBOX", "TimeoutError: timed out")
    return Laid(training.id, forged.id, entry(training).id)


@pytest.fixture(scope="module")
def laid(site: Site) -> Laid:
    return site.build(lay_out)


@pytest.mark.sampled
@pytest.mark.parametrize(("language", "light"), [("en", "light"), ("ar", "dark")])
def test_every_page_narrow_and_wide(laid: Laid, visit: Visit, language: str, light: str) -> None:
    visitor: Visitor = visit(1280, language=language, light=light)
    visitor.choose_language(language)
    visitor.sign_in(EMAIL)
    for number, address in enumerate((f"/sessions/{laid.training}", "/mail/incoming", "/mail/incoming?show=all", f"/mail/incoming/{laid.forged}", "/outbox")):
        for width in visitor.screens(address):
            if folder := os.environ.get("SEAMWISE_PICTURES"):
                visitor.page.screenshot(path=f"{folder}/answers-{language}-{width}-{number:02}.png", full_page=True)


def test_a_half_day_moves_to_the_time_that_was_proposed_on_a_phone_without_script(laid: Laid, site: Site, visit: Visit) -> None:
    phone: Visitor = visit(360, has_script=False)
    phone.sign_in(EMAIL)
    page = phone.go(f"/sessions/{laid.training}")
    phone.follow(page.locator("#answers a", has_text="Move to this time"))
    assert phone.page.locator("[name=day]").input_value() == f"{DAY:%Y-%m-%d}"
    phone.follow("form[action$='/time'] button")
    moved = site.look(lambda: db.session.query(Meeting).filter_by(training_id=laid.training, number=1).one().starts)
    assert moved.isoformat() == f"{DAY:%Y-%m-%d}T08:00:00"
    assert phone.page.locator("#answers a", has_text="Move to this time").count() == 0
    page = phone.go("/mail/incoming")
    phone.follow(page.locator("main form[action$='/seen'] button").first)
    assert phone.path == "/mail/incoming"
    assert site.look(lambda: db.session.get_one(Invitation, laid.proposal).sequence) == 1
