"""Every way of taking down, in both directions, by keyboard and by thumb; what it costs on the wire."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Error

from app.accounts.operations.cards import issue_missing
from app.attendance.guests.models import Guest
from app.attendance.models import CurrentMark, MarkEntry
from app.platform.db import db
from tests.browser.keyboard import Keyboard
from tests.browser.kit.conftest import Take
from tests.browser.kit.phone import Phone
from tests.browser.kit.stage import Stage, card_of, counted, entries, half_day, photos, scores, with_test
from tests.browser.site import Site
from tests.browser.test_weight import Meter
from tests.counts import sampled

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
SMALL = """() => [...document.querySelectorAll('a[href], button, summary, input, select')].map((one) => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width && !one.matches('.skip, [type=radio], [type=checkbox]') && (box.height < 47.5 || box.width < 47.5))
  .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${Math.round(box.width)} x ${Math.round(box.height)}`)"""


def ready(site: Site, phone: Phone, screen: str, **values: Any) -> Stage:
    """The phone is without network, at one of its screens."""
    stage = site.build(lambda: half_day(**values))
    phone.begin(stage)
    phone.cut()
    phone.go_to(f"#{screen}/{stage.meeting}")
    return stage


def test_somebody_without_a_seat(site: Site, take: Take) -> None:
    phone = take()
    stage = ready(site, phone, "guest")
    page = phone.page
    phone.touch(page.locator("[data-do=guest] [value=p]"))
    assert page.locator("#name-error").inner_text() == "Write the name."
    page.locator("#name").fill("Prak Sokha")
    page.locator("#number").fill("G-17")
    page.locator("#factory").select_option(label="Golden Needle Garment")
    phone.touch(page.locator("[data-do=guest] [value=l]"))
    phone.notice("Saved on this phone: Prak Sokha, Late.")
    phone.go_to(stage.roll)
    assert "Prak Sokha" in page.locator("#screen").inner_text()
    phone.join()
    phone.confirmed(1)
    [found] = site.look(lambda: db.session.scalars(sa.select(Guest).where(Guest.training_id == stage.training)).all())
    assert (found.name, found.number) == ("Prak Sokha", "G-17")


def test_whoever_is_typed_may_have_a_seat(site: Site, take: Take) -> None:
    phone = take()
    stage = ready(site, phone, "guest")
    phone.page.locator("#name").fill("heng sreymom")
    phone.touch(phone.page.locator("[data-do=known]"))
    phone.waits(1)
    phone.join()
    phone.confirmed(1)
    assert counted(site, stage.meeting) == {stage.people[2]: "present"}


def test_cards(site: Site, take: Take) -> None:
    """One that is on the list, typed as its address; one that nobody knows is kept, explained and exportable."""
    phone = take()
    stage = site.build(half_day)
    site.build(lambda: issue_missing(list(stage.people)))
    token = site.look(lambda: card_of(stage.people[1]))
    phone.begin(stage)
    phone.cut()
    phone.go_to(f"#card/{stage.meeting}")
    assert phone.page.get_by_text("This browser reads no codes by camera.").is_visible()
    for text, said in ((f"https://seamwise.example/card/{token}", "Chan Bopha"), ("nobody-has-this", "belongs to nobody on this list")):
        phone.page.locator("#card").fill(text)
        phone.touch(phone.page.locator("[data-do=card] button"))
        phone.notice(said)
    phone.go_to(stage.roll)
    phone.row(stage.people[1]).locator("[data-mark=p][aria-pressed=true]").wait_for()
    phone.join()
    phone.says("held", "(1)")
    assert counted(site, stage.meeting) == {stage.people[1]: "present"}
    assert site.look(lambda: db.session.scalar(sa.select(CurrentMark.evidence).where(CurrentMark.meeting_id == stage.meeting))) == "card"
    phone.go_to("#outbox")
    assert "Nobody has this card, or not any more." in phone.page.locator("[data-slot=held]").inner_text()


def test_points_of_a_paper_test(site: Site, take: Take) -> None:
    stage, phone = site.build(with_test), take()
    phone.begin(stage)
    phone.cut()
    phone.go_to(f"#score/{stage.meeting}")
    row = phone.page.locator(".kit-scores > li").first
    for typed, said in (("99", "Write points from 0 to"), ("-1", "Write points"), ("2,5", "2.5 of")):
        row.locator("input").fill(typed)
        phone.touch(row.locator("button"))
        phone.page.get_by_text(said).first.wait_for()
    phone.waits(1)
    phone.join()
    phone.waits(0)
    assert len(site.look(lambda: scores(stage.training))) == 1


def test_the_photo_of_a_sheet_is_made_small_and_sealed(site: Site, take: Take) -> None:
    phone = take()
    stage = ready(site, phone, "photo")
    page = phone.page
    page.locator("#picture").set_input_files({"name": "no.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"})
    phone.notice("This file is not a picture")
    size = page.evaluate("""async () => {
      const canvas = new OffscreenCanvas(2400, 1600), pen = canvas.getContext('2d');
      for (let at = 0; at < 4000; at += 1) { pen.fillStyle = `hsl(${at * 77 % 360} 80% ${at % 90}%)`; pen.fillRect(at * 97 % 2400, at * 53 % 1600, 60, 40); }
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 }), taken = new DataTransfer();
      taken.items.add(new File([blob], 'sheet.jpg', { type: 'image/jpeg' }));
      const field = document.querySelector('#picture');
      field.files = taken.files;
      field.dispatchEvent(new Event('change'));
      return blob.size;
    }""")
    assert size > 300_000
    page.locator("canvas.kit-preview").wait_for()
    phone.touch(page.locator("[data-slot=save] button"))
    phone.notice("The photo is saved on this phone")
    [row] = phone.stored()["outbox"]
    assert row["kind"] == "p"
    assert 10_000 < int(row["sealed"].split()[1].rstrip(":")) <= 205_000
    phone.join()
    phone.confirmed(1)
    assert site.look(lambda: photos(stage.meeting)) == 1


def test_a_file_that_another_phone_delivers(site: Site, take: Take) -> None:
    phone, other = take(), take(1280)
    stage = ready(site, phone, "roll")
    for person in stage.people[:5]:
        phone.mark(person)
    phone.go_to("#outbox")
    with phone.page.expect_download() as saved:
        phone.touch(phone.page.locator("[data-do=file]"))
    body = saved.value.path().read_text()
    assert "pass" not in json.loads(body), "the file lets in these records and no others"
    other.open("#outbox")
    other.page.locator("#parcel").set_input_files({"name": "other.json", "mimeType": "application/json", "buffer": b"{}"})
    other.notice("This file holds nothing")
    with other.page.expect_response("**/kit/records"):
        other.page.locator("#parcel").set_input_files({"name": "seamwise.json", "mimeType": "application/json", "buffer": body.encode()})
    other.notice("Taken over from the other phone.")
    assert len(counted(site, stage.meeting)) == 5
    phone.waits(5)
    phone.join()
    phone.confirmed(5)
    assert entries(site, stage.meeting) == 5


def test_qr_codes_that_another_phone_opens(site: Site, take: Take) -> None:
    phone, other = take(), take()
    stage = ready(site, phone, "roll", people=20)
    phone.touch(phone.page.locator(".kit-tools [data-do=all]"))
    phone.yes()
    phone.waits(20)
    phone.go_to("#codes")
    phone.page.get_by_text("Code 1 of").wait_for()
    addresses = phone.page.evaluate(f"import('{script(phone, 'kit-export')}').then((made) => made.addresses())")
    assert len(addresses) >= 3
    assert max(map(len, addresses)) <= 1_150
    assert phone.page.get_by_text(f"Code 1 of {len(addresses)}").is_visible()
    for address in addresses:
        with other.page.expect_response("**/kit/records"):
            other.page.goto(address)
        other.page.goto("about:blank")
    assert len(counted(site, stage.meeting)) == 20
    phone.join()
    phone.confirmed(20)
    assert entries(site, stage.meeting) == 20


def script(phone: Phone, name: str) -> str:
    """Address of a script that the page has loaded."""
    found: str = phone.page.evaluate(f"performance.getEntriesByType('resource').map((each) => each.name).find((each) => each.includes('/{name}.'))")
    return found


def test_sixty_people_take_at_most_seventy_taps_and_little_on_the_wire(site: Site, take: Take) -> None:
    phone = take(has_worker=False)
    stage = site.build(lambda: half_day(60))
    meter = Meter(phone.context.new_cdp_session(phone.page))
    phone.sign_in(stage.email)
    phone.open()
    phone.page.locator(".kit-days > li").wait_for()
    day = meter.of("/kit/day")
    shell = meter.bytes - day - meter.of("/kit/devices")
    assert 10_000 < shell <= 45_000, "the page of the kit with all that it fetches"
    assert 1_000 < day <= 12_000, "the list of sixty people"
    phone.cut()
    phone.page.evaluate("globalThis.taps = 0; addEventListener('click', (event) => { taps += event.isTrusted ? 1 : 0; }, true)")
    phone.touch(phone.page.locator("a[href^='#roll']"))
    phone.touch(phone.page.locator(".kit-tools [data-do=all]"))
    phone.yes()
    phone.waits(60)
    for person in stage.people[:6]:
        phone.mark(person, "l")
    phone.waits(66)
    assert phone.page.evaluate("taps") <= 70
    sent: list[int] = []
    phone.page.on("request", lambda request: sent.append(len(request.post_data_buffer or b"")) if request.url.endswith("/kit/records") else None)
    phone.join()
    phone.confirmed(66)
    assert len(counted(site, stage.meeting)) == 60
    assert 0 < sent[0] * 60 / 66 <= 8_000, sent


def test_search_and_places(site: Site, take: Take) -> None:
    phone = take()
    stage = ready(site, phone, "roll")
    search = phone.page.locator("#q")
    for words, shown in (("បុប្ផា", 1), ("chan", 1), ("E00", 8), ("zzz", 0)):
        search.fill(words)
        assert phone.page.locator(".roll > li:visible").count() == shown, words
    assert phone.page.get_by_text("Nobody fits.").is_visible()
    search.fill("")
    phone.touch(phone.page.locator("[data-slot=groups] section:last-child [data-do=all]"))
    phone.yes()
    phone.waits(2)
    phone.join()
    phone.confirmed(2)
    assert [*counted(site, stage.meeting)] == [stage.people[3], stage.people[7]]


def test_by_keyboard_alone(site: Site, take: Take) -> None:
    phone = take(1280)
    stage = site.build(half_day)
    phone.begin(stage)
    phone.cut()
    keys = Keyboard(phone)
    keys.tab_to("a[href^='#roll']")
    keys.press("Enter")
    phone.page.locator("#q").wait_for()
    assert phone.page.evaluate("document.activeElement.tagName") == "H1"
    keys.tab_to("[data-mark=l]")
    keys.press("Space")
    phone.waits(1)
    keys.see_focus()
    keys.tab_to("summary")
    keys.press("Enter")
    keys.tab_to("[data-mark=e]")
    keys.press("Enter")
    phone.waits(2)
    assert phone.page.evaluate("document.activeElement.tagName") == "SUMMARY"
    phone.join()
    phone.confirmed(2)
    assert [*counted(site, stage.meeting).values()] == ["excused"]


@pytest.mark.sampled
@pytest.mark.parametrize(("language", "light"), [("en", "light"), ("ar", "dark")])
def test_every_screen_for_every_reader(site: Site, take: Take, language: str, light: str) -> None:
    """Nothing that axe finds, no sideways scroll, keys of 48 pixels at least."""
    stage, phone = site.build(lambda: with_test(language)), take(360, language=language, light=light)
    phone.begin(stage, language=language)
    phone.go_to(stage.roll)
    phone.cut()
    phone.mark(stage.people[0])
    faults: list[str] = []
    for screen in ("home", "roll", "sheet", "guest", "card", "photo", "score", "outbox", "codes"):
        phone.go_to(f"#{screen}/{stage.meeting}")
        phone.page.wait_for_timeout(150)
        faults += [f"{screen}: small {each}" for each in phone.page.evaluate(SMALL)]
        for width in sampled((360, 1280), f"{language} {screen}"):
            phone.resize(width)
            faults += [f"{screen}: {fault}" for fault in phone.faults()]
        phone.resize(360)
    assert not faults, "\n".join(faults)


def test_late_taps_say_how_they_are_known(site: Site, take: Take) -> None:
    """Ticking from the signed sheet is evidence of its own kind."""
    phone = take()
    stage = ready(site, phone, "sheet")
    phone.mark(stage.people[0])
    phone.join()
    phone.confirmed(1)
    assert site.look(lambda: db.session.scalar(sa.select(MarkEntry.evidence).where(MarkEntry.meeting_id == stage.meeting))) == "signed_sheet"


def test_without_a_sign_in_it_says_what_to_do(site: Site, take: Take) -> None:
    phone = take()
    phone.open()
    phone.page.get_by_role("heading", name="Sign in once").wait_for()
    with pytest.raises(Error):
        phone.page.locator(".kit-days").wait_for(timeout=200)
