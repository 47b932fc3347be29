"""The page of marks that need attention, in a real browser."""

import hashlib

import pytest
from playwright.sync_api import expect

from app.accounts.models import Account
from app.attendance.kit.letters import data_of
from app.attendance.kit.opening import Box, open_boxes
from app.attendance.kit.operations import deliver, know
from app.attendance.kit.sealing import site_key
from app.platform.db import db
from tests.attendance.kit.phone import Phone
from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.browser.test_check_in import Hall, hall
from tests.make import accounts

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]


def _brought(language: str, secret: str) -> Hall:
    """A half-day of which a phone brought three marks, a guest and something unreadable, without its list."""
    made, phone, key = hall(language), Phone(), site_key(secret)
    phone.kid, phone.site = key.kid, key.public
    account = db.session.query(Account).filter_by(email=made.trainer).one()
    device = know(accounts.actor(account), phone.device, hashlib.sha256(data_of(phone.word)).hexdigest())
    assert device
    written = [phone.mark(made.meeting, person) for person in made.people]
    written.append(phone.write(phone.parts("g", made.meeting, phone.bits(16), "l", None, {"name": "ស្រីមុំ ចាន់"})))
    box = Box(phone.key, phone.kid, [each.sent for each in written])
    [items] = open_boxes({key.kid: key}, phone.device, [box], 1)
    deliver(device, items)
    return made


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "ar"])
def test_marks_that_need_attention_fit_every_screen_and_are_decided(site: Site, visit: Visit, language: str) -> None:
    made = site.build(lambda: _brought(language, site.app.config["SECRET_KEY"]))
    visitor = visit(1280, language=language)
    visitor.sign_in(made.trainer)
    page = visitor.page
    for _width in visitor.screens(f"/sessions/{made.training}/held", (1280, 360, 320)):
        pass
    visitor.resize(1280)
    page.locator("main details summary").first.click()
    page.locator("[name=reason]").first.fill("Twice on paper")
    visitor.follow("main details[open] button")
    expect(page.get_by_text("Twice on paper")).to_be_visible()
    visitor.follow("form[action$='/taking'] button >> nth=0")
    visitor.check()
