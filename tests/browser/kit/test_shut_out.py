"""A phone that was shut out, and one that the site asks to wait: everything is kept, and arrives later."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import Route

from app.accounts.models import Account
from app.attendance.kit.limits import OF_AN_ACCOUNT, PHOTOS_A_DAY
from app.attendance.kit.models import KitDevice
from app.platform.clock import now
from app.platform.db import db
from app.platform.web.throttle import RateCounter
from tests.browser.kit.conftest import Take
from tests.browser.kit.phone import Phone
from tests.browser.kit.stage import Stage, counted, half_day, photos
from tests.browser.site import Site
from tests.make.lessons import photo

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]


def account(stage: Stage) -> int:
    return db.session.scalars(sa.select(Account.id).where(Account.email == stage.email)).one()


def use_up(stage: Stage) -> None:
    """As if the phones of the account had delivered as often as they may."""
    limits = {f"kit-account:{account(stage)}": OF_AN_ACCOUNT, f"kit-photos:{account(stage)}": PHOTOS_A_DAY}
    for key, tries in limits.items():
        db.session.add(RateCounter(key=key, tries=tries, window_ends_at=now() + timedelta(minutes=30)))


def forgive() -> None:
    db.session.execute(sa.delete(RateCounter))


def device(stage: Stage) -> int:
    return db.session.scalars(sa.select(KitDevice.id).where(KitDevice.account_id == account(stage))).one()


def test_a_phone_that_is_asked_to_wait_loses_nothing(site: Site, take: Take) -> None:
    """429 means later: marks and photos stay, the phone says so, and they arrive once it may again."""
    stage, phone = site.build(half_day), take(has_worker=False)
    phone.begin(stage, has_worker=False)
    phone.go_to(f"#photo/{stage.meeting}")
    site.build(lambda: use_up(stage))
    sent: list[str] = []
    phone.page.on("response", lambda answer: sent.append(f"{answer.url.rpartition('/')[2]} {answer.status}"))
    phone.cut()
    phone.go_to(stage.roll)
    for person in stage.people[:3]:
        phone.mark(person)
    photographed(phone, stage)
    phone.join()
    with phone.page.expect_response("**/kit/photos") as answered:
        phone.send()
    assert (answered.value.status, 1_700 < int(answered.value.headers["retry-after"]) <= 1_800) == (429, True)
    phone.waits(5)
    phone.go_to("#outbox")
    phone.page.get_by_text("The server is busy. It is tried again by itself.").wait_for()
    assert sent.count("photos 429") == sent.count("records 429"), "no photo is sent in vain after the first"
    assert counted(site, stage.meeting) == {}
    site.build(forgive)
    phone.send()
    phone.confirmed(5)
    assert counted(site, stage.meeting) == dict.fromkeys(stage.people[:3], "present")
    assert site.look(lambda: photos(stage.meeting)) == 2


def photographed(phone: Phone, stage: Stage) -> None:
    """Two photos of the sheet."""
    for number in range(2):
        phone.go_to(f"#photo/{stage.meeting}")
        phone.page.locator("#picture").set_input_files({"name": "sheet.jpg", "mimeType": "image/jpeg", "buffer": photo()})
        phone.page.locator("canvas.kit-preview").wait_for()
        phone.touch(phone.page.locator("[data-slot=save] button"))
        phone.waits(4 + number)
        phone.go_to(stage.roll)


def test_a_phone_that_was_shut_out_keeps_what_it_holds_and_shows_nobody(site: Site, take: Take) -> None:
    """Somebody signs in on another device and shuts it out; let in again, it delivers."""
    stage, phone, office = site.build(half_day), take(), take(1200)
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    phone.mark(stage.people[0])
    office.sign_in(stage.email)
    office.page.goto(f"{office.address}/account/phones")
    office.page.get_by_role("link", name="Shut out").click()
    office.page.get_by_text("stay on it, sealed").wait_for()
    office.page.get_by_role("button", name="Shut out this phone").click()
    office.page.get_by_text("The phone is shut out and signed out.").wait_for()
    phone.join()
    phone.page.wait_for_function("() => !document.querySelector('.roll')")
    phone.waits(1)
    phone.go_to("#outbox")
    phone.page.get_by_text("This phone was shut out.").wait_for()
    assert "Sok Dara" not in str(phone.stored())
    assert counted(site, stage.meeting) == {}
    office.page.get_by_role("button", name="Let it in again").click()
    office.page.get_by_text("can deliver again").wait_for()
    phone.send()
    phone.confirmed(1)
    assert counted(site, stage.meeting) == {stage.people[0]: "present"}


def test_what_a_shut_out_phone_holds_keeps_nothing_else_back(site: Site, take: Take) -> None:
    """Signed in again the phone has another name: its new marks and photos arrive beside what waits under the old one."""
    stage, phone = site.build(half_day), take()
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    phone.mark(stage.people[0])
    site.build(lambda: shut_out(stage))
    phone.join()
    phone.send()
    phone.page.wait_for_function("async () => (await indexedDB.databases()).length > 0")
    phone.row(stage.people[1]).wait_for()
    phone.mark(stage.people[1])
    phone.send()
    phone.says("confirmed", "(1)")
    phone.waits(1)
    assert counted(site, stage.meeting) == {stage.people[1]: "present"}


def shut_out(stage: Stage) -> None:
    """With the sign-in left as it is, as when somebody signs in again."""
    db.session.get_one(KitDevice, device(stage)).revoked_at = now()


def test_a_server_in_trouble_with_marks_still_gets_the_photos(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take(has_worker=False)
    phone.begin(stage, has_worker=False)
    phone.go_to(f"#photo/{stage.meeting}")

    def trouble(route: Route) -> None:
        route.fulfill(status=503, headers={"Retry-After": "1"}, body="")

    phone.page.route("**/kit/records", trouble)
    phone.cut()
    phone.go_to(stage.roll)
    for person in stage.people[:3]:
        phone.mark(person)
    photographed(phone, stage)
    phone.join()
    phone.send()
    phone.waits(3)
    assert site.look(lambda: photos(stage.meeting)) == 2
    phone.page.unroute_all()
    phone.send()
    phone.confirmed(5)
