"""Signing out, and whoever takes the phone next (TRAPS O8, 1.4, OFF-7, T46, T47)."""

import json

import pytest
import sqlalchemy as sa
from playwright.sync_api import Error

from app.accounts.models import Account
from app.attendance.kit.models import KitDevice
from app.platform.clock import now
from app.platform.db import db
from tests.browser.kit.conftest import Take
from tests.browser.kit.phone import Phone
from tests.browser.kit.stage import NAMES, Stage, counted, half_day
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]


def readable(phone: Phone) -> list[str]:
    """Names, numbers of people and words of this phone's list that can be read anywhere in the browser."""
    kept = phone.page.evaluate("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.body.innerText, document.cookie])")
    text = json.dumps([phone.stored(), phone.cached()], ensure_ascii=False) + kept
    return [word for word in (*NAMES, "E0000", "Supervisory Skills", "Meeting room of the factory") if word in text]


def marked_without_network(site: Site, phone: Phone, marks: int = 3) -> Stage:
    stage = site.build(half_day)
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    for person in stage.people[:marks]:
        phone.mark(person)
    phone.waits(marks)
    return stage


def leave(phone: Phone) -> None:
    """By the button of the kit."""
    phone.go_to("#outbox")
    phone.touch(phone.page.locator("[data-do=leave] button"))


def test_the_list_itself_is_locked_in_the_browser(site: Site, take: Take) -> None:
    """Even signed in nothing lies there in the clear: its key is a cookie that goes with the sign-in."""
    phone = take()
    marked_without_network(site, phone)
    phone.page.evaluate("document.querySelector('#screen').remove()")
    assert readable(phone) == []
    stored = phone.stored()
    assert len(stored["outbox"]) == 3
    assert {*stored["outbox"][0]} == {"place", "device", "key", "kid", "n", "sealed", "check", "kind", "at"}, "no person, no mark"
    assert {*stored["said"][0]} == {"place", "iv", "locked", "check"}


def test_sign_out_with_records_that_wait(site: Site, take: Take) -> None:
    phone = take()
    stage = marked_without_network(site, phone)
    phone.page.route("**/kit/records", lambda route: route.abort())
    phone.context.route("**/kit/records", lambda route: route.abort())
    leave(phone)
    words = phone.page.locator("#confirm-text").inner_text()
    assert "3 records are not at the server yet" in words
    phone.yes()
    phone.page.get_by_role("heading", name="You are signed out").wait_for()
    assert "3 records wait sealed" in phone.page.locator("#screen").inner_text()
    assert readable(phone) == []
    assert len(phone.stored()["outbox"]) == 3
    phone.context.unroute_all()
    phone.page.unroute_all()
    phone.join()
    phone.page.wait_for_url("**/sign-in*")
    assert counted(site, stage.meeting) == dict.fromkeys(stage.people[:3], "present")
    assert phone.page.evaluate("indexedDB.databases()") == []
    assert readable(phone) == []


def test_sign_out_without_network_is_made_good_with_the_next(site: Site, take: Take) -> None:
    phone = take()
    stage = marked_without_network(site, phone)
    leave(phone)
    phone.yes()
    phone.page.get_by_role("heading", name="You are signed out").wait_for()
    phone.page.reload()
    phone.page.locator("#screen h1").wait_for()
    assert readable(phone) == []
    phone.join()
    phone.page.wait_for_url("**/sign-in*")
    assert len(counted(site, stage.meeting)) == 3
    phone.page.goto(f"{phone.address}/sessions")
    assert phone.path.startswith("/sign-in")


def test_sign_out_on_another_page_of_the_site(site: Site, take: Take) -> None:
    """No script of the kit runs there: the answer of the sign-out itself takes the key, and spares what is sealed."""
    phone = take(1280)
    stage = marked_without_network(site, phone)
    phone.context.route("**/kit/records", lambda route: route.abort())
    phone.join()
    answer = phone.context.request.post(f"{phone.address}/sign-out", headers={"Sec-Fetch-Site": "same-origin"}, max_redirects=0)
    assert "clear-site-data" not in answer.headers
    assert answer.headers["location"].endswith("/kit/#left")
    assert not [cookie for cookie in phone.context.cookies() if cookie["name"] == "kit_key"]
    phone.page.evaluate("dispatchEvent(new Event('focus'))")
    phone.page.get_by_role("heading", name="Offline kit").wait_for()
    assert readable(phone) == []
    phone.context.unroute_all()
    phone.page.goto(f"{phone.address}/kit/#left")
    phone.page.wait_for_url("**/sign-in*")
    assert len(counted(site, stage.meeting)) == 3


def test_back_and_reload_after_the_sign_out(site: Site, take: Take) -> None:
    phone = take()
    stage = site.build(half_day)
    phone.begin(stage)
    phone.go_to(stage.roll)
    assert NAMES[0] in phone.page.locator("#screen").inner_text()
    leave(phone)
    phone.yes()
    phone.page.wait_for_url("**/sign-in*")
    for _step in range(3):
        phone.page.go_back()
        phone.page.wait_for_load_state()
        phone.page.wait_for_timeout(100)
        if not phone.page.url.startswith(phone.address):
            break
        assert readable(phone) == []
    phone.cut()
    phone.page.goto(f"{phone.address}/kit/en{stage.roll}")
    phone.page.get_by_role("heading", name="Offline kit").wait_for()
    assert readable(phone) == []
    with pytest.raises(Error, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        phone.page.goto(f"{phone.address}/sessions/{stage.training}")


def test_a_second_person_on_the_same_phone(site: Site, take: Take) -> None:
    """Sees nothing of the first, cannot send as himself what the first sealed, and delivers it as the first's all the same."""
    phone = take()
    stage = marked_without_network(site, phone)
    second = site.build(half_day)
    for path in ("**/kit/records", "**/kit/day?*"):  # a slow phone that is still sending might fetch the second's list
        phone.context.route(path, lambda route: route.abort())
    phone.join()
    phone.sign_in(second.email)
    phone.cut()
    phone.page.reload()
    phone.page.get_by_role("heading", name="Offline kit").wait_for()
    assert readable(phone) == []
    phone.context.unroute_all()
    phone.join()
    phone.page.locator(".kit-days > li").wait_for()
    phone.go_to(second.roll)
    phone.mark(second.people[0], "l")
    phone.waits(0)
    assert counted(site, stage.meeting) == dict.fromkeys(stage.people[:3], "present")
    assert counted(site, second.meeting) == {second.people[0]: "late"}
    devices = {row["device"]: row for row in phone.stored()["devices"]}
    assert len(devices) == 2


def test_a_sign_in_that_ran_out(site: Site, take: Take) -> None:
    """Marks are delivered without it; the list stays until somebody signs in again."""
    phone = take()
    stage = marked_without_network(site, phone)
    for cookie in phone.context.cookies():
        if cookie["name"] == "seamwise":
            phone.context.clear_cookies(name="seamwise")
    phone.join()
    phone.confirmed(3)
    assert len(counted(site, stage.meeting)) == 3
    phone.go_to("#home")
    phone.touch(phone.page.locator("[data-do=fetch]"))
    phone.notice("Sign in again to fetch the newest list")
    assert phone.page.locator(".kit-days > li").count() == 1


def test_twelve_hours_without_contact(site: Site, take: Take) -> None:
    phone = take(script="{ const real = Date.now; Date.now = () => real() + (globalThis.later ?? 0); }")
    marked_without_network(site, phone)
    phone.page.evaluate("globalThis.later = 12 * 3600000 + 60000")
    phone.send()
    phone.page.get_by_role("heading", name="Offline kit").wait_for()
    assert readable(phone) == []
    phone.waits(3)


def test_thirty_days_later(site: Site, take: Take) -> None:
    """The list is gone, the records are not, and the phone says since when they have waited."""
    phone = take(script="if (globalThis.name === 'later') { const real = Date.now; Date.now = () => real() + 30 * 86400000; }")
    stage = marked_without_network(site, phone)
    phone.page.evaluate("globalThis.name = 'later'")
    phone.page.reload()
    phone.page.get_by_role("heading", name="Offline kit").wait_for()
    phone.waits(3)
    phone.notice("Records have waited on this phone since")
    assert readable(phone) == []
    phone.join()
    phone.waits(0)
    assert len(counted(site, stage.meeting)) == 3


def test_a_device_that_was_revoked_keeps_everything(site: Site, take: Take) -> None:
    phone = take()
    stage = marked_without_network(site, phone)
    site.build(lambda: _revoke(stage.email))
    phone.context.clear_cookies(name="seamwise")
    phone.join()
    phone.page.wait_for_timeout(300)
    phone.go_to("#outbox")
    phone.page.get_by_text("This phone was shut out.").wait_for()
    phone.waits(3)
    assert counted(site, stage.meeting) == {}
    assert len(phone.stored()["outbox"]) == 3


def _revoke(email: str) -> None:
    account = db.session.scalars(sa.select(Account).where(Account.email == email)).one()
    for device_id in db.session.scalars(sa.select(KitDevice.id).where(KitDevice.account_id == account.id)):
        db.session.get_one(KitDevice, device_id).revoked_at = now()
