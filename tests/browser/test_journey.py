"""The main path from a plan to a covered supervisor, walked by its people at phones 360 px wide, in both directions."""

import io
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Download, Locator
from pypdf import PdfReader

from app.attendance.models import MarkEntry
from app.certificates.models import Certificate
from app.platform.db import db
from app.sessions.models import TrainingSession
from tests.browser.cast import Cast, gather
from tests.browser.conftest import Visit
from tests.browser.learner import answer, in_digits, join
from tests.browser.site import Site, wait_until
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]  # tests/flows asks the other engine for the same path
QUESTIONS = 12
"""So many has the final test of Supervisory Skills Training."""


@dataclass
class Journey:
    """Who is on the way, and what they have got so far."""

    site: Site
    cast: Cast
    trainer: Visitor
    focal_point: Visitor
    training: str = ""
    pin: str = ""

    @property
    def training_id(self) -> int:
        return int(self.training.rpartition("/")[2])


@pytest.mark.sampled
@pytest.mark.parametrize(("language", "people_speak"), [("en", "km"), ("ar", "ar")])
def test_the_main_path_at_a_phone(site: Site, visit: Visit, language: str, people_speak: str) -> None:
    cast = site.build(lambda: gather(language, people_speak))
    way = Journey(site, cast, visit(language=language), visit(language=language))
    way.trainer.sign_in_at_the_door(cast.trainer)
    way.focal_point.sign_in_at_the_door(cast.focal_point)
    plan(way)
    nominate(way)
    give_a_pin(way)
    book_and_confirm(way)
    see_the_mails(way)
    take_the_roll_call(way)
    open_the_quiz(way)
    take_the_quiz(way, visit(language=language), language, people_speak)
    download_the_certificates(way)
    verify(way, visit(language=language))
    see_record_and_coverage(way, visit(language=language))


def plan(way: Journey) -> None:
    page = way.trainer.go("/sessions/new")
    for number, hours in enumerate((1, 3)):
        starts = way.cast.now + timedelta(hours=hours)
        part = f"half_days-{number}"
        page.locator(f"[name={part}-day]").fill(f"{starts:%Y-%m-%d}")
        page.locator(f"[name={part}-starts]").fill(f"{starts:%H:%M}")
        page.locator(f"[name={part}-ends]").fill(f"{starts + timedelta(hours=1):%H:%M}")
        page.locator(f"[name={part}-modality]").select_option("hybrid")
        page.locator(f"[name={part}-join_url]").fill(f"https://meet.example/{way.cast.people[0]}")
    page.locator("[name=venue]").fill("Training centre")
    page.locator("[name=factories]").check()
    page.locator("[name=capacity_in_person]").fill("20")
    page.locator("[name=capacity_virtual]").fill("8")
    way.trainer.follow("[name=plan]")
    way.training = way.trainer.path
    assert way.training_id


def nominate(way: Journey) -> None:
    """From the start page, where the focal point is told of the offer."""
    page = way.focal_point.go("/")
    way.focal_point.follow(page.locator(f"a[href^='{way.training}/nominations']").first)
    page.locator("[name=site]").first.check()
    for person in way.cast.people:
        page.locator(f"[name=people][value='{person}']").check()
    way.focal_point.follow("form[method=post][action$='/nominations'] button")
    assert way.focal_point.path == way.training


def give_a_pin(way: Journey) -> None:
    page = way.focal_point.go(f"/factories/{way.cast.code}/people")
    way.focal_point.follow(f"a[href$='/people/{way.cast.people[0]}/pin']")
    way.focal_point.follow("form[action$='/pin'] button")
    way.pin = page.locator(".pin").inner_text().strip()
    assert way.pin.isdecimal()


def book_and_confirm(way: Journey) -> None:
    page = way.trainer.go(way.training)
    way.trainer.follow("form[action$='/bookings'] button")
    way.trainer.follow("form[action$='/confirmation'] button")
    assert page.locator("form[action$='/confirmation']").count() == 0


def see_the_mails(way: Journey) -> None:
    """One calendar request for each half-day reaches trainer and focal point over SMTP."""
    for address in (way.cast.trainer, way.cast.focal_point):
        wait_until(partial(are_invited, way.site, address), f"two invitations to {address}")
    page = way.trainer.go(way.training)
    way.trainer.follow("#mails a[href^='/outbox']")
    assert page.get_by_text(way.cast.focal_point).count() >= 1


def are_invited(site: Site, address: str) -> bool:
    mails = [kept.parsed for kept in site.mail.messages if address in kept.recipients]
    parts = [part for mail in mails for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return [part.get_param("method") for part in parts] == ["REQUEST", "REQUEST"]


def take_the_roll_call(way: Journey) -> None:
    """From the start page, which offers it at the day of the half-day."""
    page = way.trainer.go("/")
    way.trainer.follow(page.locator(f"a[href='{way.training}/meetings/1/marks']").first)
    first, second, _third = (page.locator(f"#person-{person}") for person in way.cast.people)
    tap_twice(way.trainer, first.locator("button[value=present]"))
    first.locator("button[value=present][aria-pressed=true]").wait_for()
    assert page.evaluate("document.activeElement.value") == "present"
    assert page.evaluate("document.activeElement.closest('li').id") == f"person-{way.cast.people[0]}"
    way.trainer.touch(second.locator("summary"))
    way.trainer.touch(second.locator("button[value=partial]"))
    second.locator("summary.on").wait_for()
    assert page.evaluate("document.activeElement.closest('li').id") == f"person-{way.cast.people[1]}"
    way.trainer.check()
    assert marks_of(way, way.cast.people[0]) == ["present"]
    way.trainer.go(f"{way.training}/meetings/1/marks")
    assert first.locator("[aria-pressed=true]").get_attribute("value") == "present"
    way.trainer.follow(page.locator(f"a[href='{way.training}/meetings/2/marks']").first)
    way.trainer.follow(f"form[method=post][action='{way.training}/meetings/2/marks'] button")
    assert page.locator("button[value=present][aria-pressed=true]").count() == 3
    way.trainer.go(f"{way.training}/meetings/1/marks/{way.cast.people[0]}")
    way.trainer.go(f"{way.training}/register")


def tap_twice(visitor: Visitor, button: Locator) -> None:
    """Faster than any answer comes."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    for _ in range(2):
        visitor.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def marks_of(way: Journey, person_id: int) -> list[str]:
    query = sa.select(MarkEntry.mark).where(MarkEntry.person_id == person_id).order_by(MarkEntry.id)
    return way.site.look(lambda: [str(mark) for mark in db.session.scalars(query)])


def open_the_quiz(way: Journey) -> None:
    way.trainer.go(way.training)
    way.trainer.follow(way.trainer.page.locator(f"a[href='{way.training}/quizzes/{way.cast.test_id}']").first)
    way.trainer.follow("form[action$='/window'] button")
    board = way.trainer.path
    way.trainer.go(f"{way.training}/surveys")
    way.trainer.follow("form[action$='/opening'] button")
    way.trainer.go(board)
    assert way.trainer.page.locator(".board-code bdi").inner_text() == code_of(way)


def code_of(way: Journey) -> str:
    return way.site.look(lambda: db.session.get_one(TrainingSession, way.training_id).code)


def take_the_quiz(way: Journey, phone: Visitor, language: str, people_speak: str) -> None:
    join(phone, code_of(way), way.cast.people[0], in_digits(way.pin, people_speak))
    page = phone.page
    phone.follow("form[action='/attempts'] button")
    for number in range(1, QUESTIONS + 1):
        assert phone.path.endswith(f"/questions/{number}")
        words = page.locator("form[action*='/answers/'] > div[lang]").first
        answer(phone, way.site, words.get_attribute("lang") or "")
    assert phone.path.endswith("/review")
    phone.follow("form[action$='/submission'] button")
    assert page.locator(".notice.done").count() == 1
    evaluate(phone)
    phone.follow("form[action='/handover'] button")
    assert phone.path == f"/join/{code_of(way)}"


def evaluate(phone: Visitor) -> None:
    """What the pass rule asks for besides; the way back is the result."""
    result = phone.path
    phone.follow(phone.page.locator("a[href^='/evaluations/']").first)
    phone.touch(phone.page.locator("label[for=item-useful-2]"))
    phone.follow("form[action^='/evaluations/'] button")
    phone.go(result)


def download_the_certificates(way: Journey) -> None:
    visitor, page = way.focal_point, way.focal_point.page
    wait_until(lambda: certificate_of(way).file_key, "the certificate")
    visitor.go("/")
    visitor.follow(page.locator(f"a[href='/factories/{way.cast.code}/certificates']").first)
    pdf = downloaded(visitor, page.locator("a[href^='/certificates/'][href$='/file']").first)
    assert certificate_of(way).face["local_name"] in str(PdfReader(io.BytesIO(pdf)).metadata.title)
    visitor.follow(page.locator("form[action$='/certificates.zip'] button"))
    ready = page.locator("form[action$='/file'] button").first
    ready.wait_for()
    archive = zipfile.ZipFile(io.BytesIO(downloaded(visitor, ready)))
    assert [archive.read(name) for name in archive.namelist() if name.endswith(".pdf")] == [pdf]


def certificate_of(way: Journey) -> Certificate:
    query = sa.select(Certificate).where(Certificate.person_id == way.cast.people[0])
    return way.site.look(lambda: db.session.scalars(query).one())


def downloaded(visitor: Visitor, target: Locator) -> bytes:
    with visitor.page.expect_download() as download:
        visitor.touch(target)
    value: Download = download.value
    return Path(value.path()).read_bytes()


def verify(way: Journey, buyer: Visitor) -> None:
    certificate = certificate_of(way)
    page = buyer.go(f"/verify/{certificate.code}")
    assert page.locator(".notice.done").count() == 1
    assert certificate.face["local_name"] in page.locator("h2").first.inner_text()
    buyer.go("/verify")


def see_record_and_coverage(way: Journey, advisor: Visitor) -> None:
    page = way.focal_point.go(f"/factories/{way.cast.code}/record")
    assert page.locator(".timeline").get_by_text("Suad Khatib").count() >= 1
    advisor.sign_in(way.cast.advisor)
    advisor.go("/coverage")
    covered = advisor.page.locator(f"a[href^='/coverage/{way.cast.code}']").last
    assert covered.count() == 1
    advisor.follow(covered)
    advisor.go(f"/coverage/{way.cast.code}/people?requirement=sst&show=covered")
    assert advisor.page.get_by_text("Suad Khatib").count() == 1
