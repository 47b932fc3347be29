"""Checking in on a phone, the code on a projector, and cards before a camera."""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.accounts.models import Account
from app.attendance.models import CurrentMark
from app.attendance.rules import Evidence, Mark
from app.factories.models import Employment
from app.platform.db import db
from app.sessions.rules import Modality, SiteKind
from tests.browser.conftest import Visit
from tests.browser.site import Site, wait_until
from tests.make import attendance, cards, courses, factories
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]

CAMERA = """
  // A camera and a detector of our own: what the test puts on `window.card` is before the camera.
  window.card = "";
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return window.card ? [{ rawValue: window.card }] : []; }
  };
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    canvas.width = 320; canvas.height = 240;
    canvas.getContext("2d").fillRect(0, 0, 320, 240);
    return canvas.captureStream(5);
  };
"""


@dataclass(frozen=True)
class Hall:
    """Plain values only."""

    training: int
    meeting: int
    trainer: str
    people: tuple[int, ...]
    tokens: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def address(self) -> str:
        return f"/sessions/{self.training}/meetings/1"


def hall(language: str) -> Hall:
    """A half-day that begins now, with three people of one factory and a trainer who reads `language`."""
    programme = factories.programme()
    email = f"trainer-{language}-{uuid4().hex[:12]}@check-in.example"
    accounts.create_account(
        SYSTEM, email=email, name="Sina", language=language, password=PASSWORD, grants=[Grant(Role.TRAINER, programme_id=programme.id)]
    )
    trainer = db.session.query(Account).filter_by(email=email).one()
    titles = {"en": "Supervisory Skills", "ar": "مهارات الإشراف"}
    training = attendance.training(
        programme=programme, version=courses.version(f"check-in-{email[:40]}", titles=titles), trainers=[trainer], half_days=1
    )
    factory = factories.factory()
    attendance.site(training, "Golden Needle, hall 2", SiteKind.FACTORY_ROOM)
    training.meetings[0].modality, training.meetings[0].join_url = Modality.HYBRID, "https://meet.example/x"
    people = attendance.people(training, 3, factory)
    for person in people:
        person.language = language
    tokens = tuple(cards.card(person).token for person in people)
    numbers = tuple(db.session.query(Employment).filter_by(person_id=person.id).one().employee_number for person in people)
    return Hall(training.id, training.meetings[0].id, email, tuple(person.id for person in people), tokens, numbers)


def marks(site: Site, hall: Hall) -> dict[int, tuple[Mark, Evidence]]:
    return site.look(
        lambda: {row.person_id: (row.mark, row.evidence) for row in db.session.query(CurrentMark).filter_by(meeting_id=hall.meeting)}
    )


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_code_on_the_screen_redraws_itself_and_opens_a_phone(site: Site, visit: Visit, language: str) -> None:
    made = site.build(lambda: hall(language))
    desk = visit(1280, language=language)
    desk.sign_in(made.trainer)
    for _width in desk.screens(f"{made.address}/check-in", (360, 320)):
        pass
    desk.resize(1280)
    desk.go(f"{made.address}/check-in")
    box = desk.page.locator("img.shown-code").bounding_box()
    assert box and min(box["width"], box["height"]) >= 500, "seen from the last row"
    typed = desk.page.locator(".board-code").inner_text()
    phone = visit(360, language=language)
    phone.go("/here")
    phone.page.locator("[name=code]").fill(typed.lower())
    phone.follow("form[action='/here/code'] button")
    assert phone.path == "/here"
    phone.touch(phone.page.locator("details.more summary"))
    phone.page.locator("[name=number]").fill(made.numbers[1])
    phone.follow("form[action='/here/number'] button")
    expect(phone.page.locator(".notice.done")).to_be_visible()
    wait_until(lambda: desk.page.locator("#people").inner_text().strip() not in {"0", "٠"}, "the count on the screen")
    assert desk.complaints == []
    phone.go(f"/card/{made.tokens[0]}")
    phone.page.locator("[name=pin]").fill(cards.PIN)
    phone.follow("main form button")
    phone.read_notice()
    assert phone.path == "/here"
    phone.follow("form[action='/here'] button")
    assert marks(site, made) == {made.people[0]: (Mark.PRESENT, Evidence.SELF_CHECK_IN)}
    for _width in desk.screens(f"{made.address}/check-ins", (1280, 360, 320)):
        pass
    desk.resize(1280)
    desk.follow("form[action$='/check-ins/confirmation'] button")
    assert marks(site, made) == dict.fromkeys(made.people[:2], (Mark.PRESENT, Evidence.ROLL_CALL))


def test_checking_in_needs_no_script(site: Site, visit: Visit) -> None:
    made = site.build(lambda: hall("en"))
    desk = visit(1280, has_script=False)
    desk.sign_in(made.trainer)
    desk.go(f"{made.address}/check-in")
    typed = desk.page.locator(".board-code").inner_text()
    phone = visit(320, has_script=False)
    phone.go("/here")
    phone.page.locator("[name=code]").fill(typed)
    phone.follow("form[action='/here/code'] button")
    phone.touch(phone.page.locator("details.more summary"))
    phone.page.locator("[name=number]").fill(made.numbers[0])
    phone.follow("form[action='/here/number'] button")
    desk.go(f"{made.address}/cards")
    desk.page.locator("[name=card]").fill(made.numbers[1])
    desk.follow("form[data-reader-form] button")
    assert desk.page.locator(".notice.done").count() == 1
    assert marks(site, made) == {made.people[1]: (Mark.PRESENT, Evidence.CARD)}


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_camera_reads_one_card_after_the_other(site: Site, visit: Visit, language: str) -> None:
    made = site.build(lambda: hall(language))
    phone = visit(360, language=language)
    phone.context.add_init_script(CAMERA)
    phone.sign_in(made.trainer)
    phone.go(f"{made.address}/cards")
    phone.touch(phone.page.locator("[data-reader-start]"))
    phone.page.locator("video:not([hidden])").wait_for()
    sent: list[str] = []
    phone.page.on("request", lambda request: sent.append(request.url))
    for number, token in enumerate(made.tokens, 1):
        phone.page.evaluate("card => (window.card = card)", f"{site.address}/card/{token}")
        expect(phone.page.locator("#scanned > li")).to_have_count(number)
    phone.page.evaluate("card => (window.card = card)", f"{site.address}/card/{'a' * 32}")
    expect(phone.page.locator("#scanned .field-error")).to_have_count(1)
    wait_until(lambda: len(marks(site, made)) == 3, "three marks")
    assert set(marks(site, made).values()) == {(Mark.PRESENT, Evidence.CARD)}
    assert not [address for address in sent if any(token in address for token in made.tokens)]
    assert phone.page.locator("[name=card]").input_value() == ""
    phone.check()


def test_a_phone_without_a_detector_shows_no_camera(site: Site, visit: Visit) -> None:
    made = site.build(lambda: hall("en"))
    phone = visit(360)
    phone.context.add_init_script("delete window.BarcodeDetector")
    phone.sign_in(made.trainer)
    phone.go(f"{made.address}/cards")
    assert not phone.page.locator("[data-reader]").is_visible()
    phone.page.locator("[name=card]").fill(made.numbers[2])
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("#scanned > li")).to_have_count(1)
    assert marks(site, made) == {made.people[2]: (Mark.PRESENT, Evidence.CARD)}


def test_the_code_on_paper_fits_a_phone_and_a_desk(site: Site, visit: Visit) -> None:
    made = site.build(lambda: hall("en"))
    desk = visit(1280)
    desk.sign_in(made.trainer)
    desk.go(f"{made.address}/check-in")
    paper = next(link for link in desk.links() if "/sites/" in link)
    for width in (1280, 320):
        desk.resize(width)
        desk.go(paper.removeprefix(site.address) if paper.startswith(site.address) else paper)
    box = desk.page.locator("img.shown-code").bounding_box()
    assert box and box["width"] >= 250
