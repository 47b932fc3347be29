"""Sheets, the register and the board in a real browser: on a phone, on a desk, on paper, from right to left."""

import io
import os
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

import pypdf
import pytest
from PIL import Image

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.attendance.operations import mark
from app.attendance.rules import Evidence, Mark
from app.attendance.sheets.models import SheetPhoto
from app.attendance.sheets.operations import keep_photo
from app.platform.clock import now
from app.platform.db import db
from app.platform.files import single
from app.sessions.models import Site as Place
from app.sessions.models import TrainingSession
from app.sessions.rules import Modality, SiteKind
from tests.browser.conftest import Visit
from tests.browser.site import Site, wait_until
from tests.browser.visitor import Visitor
from tests.make import accounts as people_of_office
from tests.make import attendance, factories, lessons
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]


def laid(language: str, people: int = 8, half_days: int = 2) -> tuple[int, int, str]:
    """A hybrid session with marks of every kind and a photo: its number, that of its factory room, the trainer's address."""
    programme, email = factories.programme(), f"{language}-{people}-sheets@desk.example"
    account = accounts.create_account(
        SYSTEM, email=email, name="Keo Sreymom", language=language, password=PASSWORD, grants=[Grant(Role.TRAINER, programme_id=programme.id)])
    training = attendance.training(programme=programme, trainers=[account], half_days=half_days, first=now() - timedelta(hours=4 * (half_days - 1)))
    factory = factories.factory(programme_id=programme.id)
    room = attendance.site(training, "Sewing hall 2", SiteKind.FACTORY_ROOM, factory_id=factory.id)
    for meeting in training.meetings:
        meeting.modality = Modality.HYBRID
    half = people // 2
    persons = [*attendance.people(training, half, factory), *attendance.people(training, people - half, factory, at=room)]
    actor = people_of_office.actor(account)
    for number, person in enumerate(persons[:-2]):
        known = list(Mark)[number % 5]
        mark(actor, training.meetings[-1].id, person.id, known, list(Evidence)[1 + number % 8])
    mark(SYSTEM, training.meetings[-1].id, persons[0].id, Mark.ABSENT, seen=())
    keep_photo(actor, training.meetings[-1].id, token_hex(16), lessons.photo(size=(900, 1200)), site_id=room.id)
    return training.id, room.id, email


def seen(visitor: Visitor, name: str) -> None:
    if folder := os.environ.get("SEEN"):
        visitor.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_hold_on_a_phone_and_on_a_desk(site: Site, visit: Visit, language: str) -> None:
    training, room, email = site.build(lambda: laid(language))
    desk = visit(1280, language=language)
    desk.sign_in(email)
    at = f"/sessions/{training}/meetings/2"
    pages = {"sheets": f"{at}/sheets", "signed": f"{at}/sheets/{room}", "all": f"{at}/sheets/{room}?all=signed", "register": f"/sessions/{training}/register", "board": f"{at}/board"}
    for name, address in pages.items():
        for width in desk.screens(address, (1280, 360, 320)):
            if width != 320:
                seen(desk, f"{name}-{language}-{width}")


def test_the_register_of_sixty_goes_on_two_sheets_of_paper(site: Site, visit: Visit) -> None:
    training, _room, email = site.build(lambda: laid("en", 60, 12))
    desk = visit(1280)
    desk.sign_in(email)
    desk.go(f"/sessions/{training}/register")
    paper = desk.page.pdf(prefer_css_page_size=True, print_background=True)
    if folder := os.environ.get("SEEN"):
        (Path(folder) / "register.pdf").write_bytes(paper)
    pages = pypdf.PdfReader(io.BytesIO(paper)).pages
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    assert len(pages) == 2
    assert all("Half-day 12" in " ".join(page.extract_text().split()) for page in pages)
    seen(desk, "register-60")


SLOW = "const quick = createImageBitmap; window.createImageBitmap = async (...a) => { await new Promise((on) => setTimeout(on, 700)); return quick(...a); }; true"


@pytest.mark.parametrize("is_slow", [False, True])
def test_photos_are_made_smaller_on_the_phone(site: Site, visit: Visit, tmp_path: Path, is_slow: bool) -> None:
    """A slow phone is still at work when the button is pressed; the photos go when it is done."""
    training, room, email = site.build(lambda: laid("en", 10 + is_slow))
    noise = Image.frombytes("RGB", (2400, 1200), os.urandom(2400 * 1200 * 3))
    noise.save(tmp_path / "large.jpg", quality=90)
    noise.resize((200, 100)).save(tmp_path / "small.png")
    phone = visit(360)
    phone.sign_in(email)
    phone.go(f"/sessions/{training}/meetings/2/sheets/{room}")
    if is_slow:
        phone.page.evaluate(SLOW)
    phone.page.locator("#sheet-photos").set_input_files([tmp_path / "large.jpg", tmp_path / "small.png"])
    phone.page.locator("form[data-shrink] button[type=submit]").click()
    phone.page.get_by_text("2 photos are kept.").wait_for()
    kept = site.look(lambda: [single.kept(row.file_key) for row in db.session.query(SheetPhoto).order_by(SheetPhoto.id.desc()).limit(2)])
    sizes = sorted(Image.open(io.BytesIO(data)).size for data in kept)
    assert sizes == [(200, 100), (2000, 1000)]
    assert max(map(len, kept)) < (tmp_path / "large.jpg").stat().st_size


def test_other_photos_that_are_chosen_meanwhile_are_the_ones_that_are_sent(site: Site, visit: Visit, tmp_path: Path) -> None:
    training, room, email = site.build(lambda: laid("en", 5))
    noise = Image.frombytes("RGB", (1200, 900), os.urandom(1200 * 900 * 3))
    noise.save(tmp_path / "large.jpg", quality=90)
    noise.resize((200, 150)).save(tmp_path / "small.png")
    phone = visit(360)
    phone.sign_in(email)
    phone.go(f"/sessions/{training}/meetings/2/sheets/{room}")
    phone.page.evaluate(SLOW)
    phone.page.locator("#sheet-photos").set_input_files(tmp_path / "large.jpg")
    phone.page.get_by_text("being made smaller").wait_for()
    phone.page.locator("#sheet-photos").set_input_files(tmp_path / "small.png")
    phone.page.get_by_text("being made smaller").wait_for(state="hidden")
    phone.page.wait_for_timeout(900)
    assert phone.page.evaluate("document.getElementById('sheet-photos').files[0].name") == "small.png"


def test_without_a_script_photos_are_sent_and_ticks_are_saved(site: Site, visit: Visit, tmp_path: Path) -> None:
    training, room, email = site.build(lambda: laid("en", 6))
    (tmp_path / "page.jpg").write_bytes(lessons.photo())
    phone = visit(360, has_script=False)
    phone.sign_in(email)
    phone.go(f"/sessions/{training}/meetings/2/sheets/{room}")
    phone.page.locator("#sheet-photos").set_input_files(tmp_path / "page.jpg")
    phone.page.locator("form[data-shrink] button[type=submit]").click()
    phone.page.get_by_text("1 photo is kept.").wait_for()
    phone.page.locator("a[href*='all=signed']").click()
    phone.page.locator(".save-bar button").click()
    phone.page.get_by_text("The sheet is noted for 3 people.").wait_for()


def test_the_board_follows_what_others_mark(site: Site, visit: Visit) -> None:
    training, room, email = site.build(lambda: laid("si"))
    wall = visit(1280)
    wall.page.clock.install()
    wall.sign_in(email)
    wall.go(f"/sessions/{training}/meetings/2/board")
    before = wall.page.locator(".board-sum").inner_text()

    def another() -> None:
        meeting = db.session.get_one(TrainingSession, training).meetings[1]
        place = db.session.get_one(Place, room)
        [person] = attendance.people(db.session.get_one(TrainingSession, training), 1, factories.factory(), at=place)
        mark(SYSTEM, meeting.id, person.id, Mark.PRESENT)

    site.build(another)
    wall.page.clock.fast_forward(15_000)
    wait_until(lambda: wall.page.locator(".board-sum").inner_text() != before, "the board to follow")
    wall.check()
