"""The evaluation on a phone, and the survey of workers on a tablet that goes from hand to hand."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.accounts import operations as accounts
from app.accounts.secrets import hash_password
from app.platform.db import db
from app.quizzes import operations as quizzes
from app.quizzes.surveys.models import SurveyResponse
from tests.browser.conftest import Visit
from tests.browser.learner import in_digits
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.make import courses, surveys
from tests.make import quizzes as rooms
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]


@dataclass(frozen=True)
class Door:
    code: str
    training_id: int
    person_id: int
    window_id: int


def open_door(language: str) -> Door:
    """The evaluation is open, and so are a test - by whose code people join - and the survey of workers."""
    room = surveys.asked()
    person = room.people[0]
    person.language = language
    accounts.set_pin(SYSTEM, person.id, rooms.PIN)
    unit_id = courses.unit(room.training.version, "post-test").id
    rooms.bank(unit_id)
    quizzes.open_window(SYSTEM, room.training.id, unit_id, 30)
    return Door(room.training.code, room.training.id, person.id, room.survey().id)


def kept(site: Site, door: Door) -> list[dict[str, object]]:
    own = sa.select(SurveyResponse.answers).where(SurveyResponse.training_id == door.training_id)
    return site.look(lambda: list(db.session.scalars(own)))


def sign_in(phone: Visitor, door: Door, language: str) -> None:
    page = phone.go(f"/join/{door.code}?person={door.person_id}")
    page.locator("[name=pin]").fill(in_digits(rooms.PIN, language))
    phone.follow(f"form[action='/join/{door.code}'] button")
    phone.read_notice()


def picture(phone: Visitor, name: str) -> None:
    """Kept where somebody wants to look at the pages."""
    if folder := os.environ.get("SEAMWISE_PICTURES"):
        phone.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.sampled
@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_evaluation_on_a_phone(site: Site, visit: Visit, language: str, has_script: bool) -> None:
    door = site.build(lambda: open_door(language))
    phone = visit(320, language=language, has_script=has_script)
    sign_in(phone, door, language)
    phone.go("/")
    phone.follow(f"a[href='/evaluations/{door.training_id}/evaluation']")
    picture(phone, f"evaluation-{language}-{has_script}")
    phone.touch(phone.page.locator("label[for=item-useful-2]"))
    phone.touch(phone.page.locator("label[for=item-pace-2]"))
    phone.page.locator("[name=item-change]").fill("أكثر وقتًا" if language == "ar" else "More time")
    phone.follow("form[action^='/evaluations/'] button")
    picture(phone, f"thanks-{language}-{has_script}")
    assert phone.page.locator(".notice.done").count() == 1
    assert kept(site, door) == [{"useful": 1, "pace": 1, "change": "أكثر وقتًا" if language == "ar" else "More time"}]
    phone.page.reload()
    phone.check()
    assert len(kept(site, door)) == 1


def test_an_evaluation_by_keyboard(site: Site, visit: Visit) -> None:
    door = site.build(lambda: open_door("en"))
    phone = visit(320, language="en")
    sign_in(phone, door, "en")
    page = phone.go(f"/evaluations/{door.training_id}/evaluation")
    page.locator("#item-useful-1").focus()
    for key in ("ArrowDown", "Tab", "Space", "ArrowDown", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("Nothing")
    page.keyboard.press("Tab")
    with phone.arriving():
        page.keyboard.press("Enter")
    assert kept(site, door) == [{"useful": 1, "pace": 2, "change": "Nothing"}]


@pytest.mark.sampled
@pytest.mark.parametrize("has_script", [True, False])
def test_workers_hand_the_tablet_on(site: Site, visit: Visit, has_script: bool) -> None:
    door = site.build(lambda: open_door("en"))
    tablet = visit(320, language="en", has_script=has_script)
    page = tablet.go("/survey")
    page.locator("[name=code]").fill(door.code.lower())
    tablet.follow("form[action='/survey'] button")
    picture(tablet, f"survey-open-{has_script}")
    tablet.follow(f"a[href='/survey/{door.code}/{door.window_id}']")
    for option in (1, 2):
        assert tablet.page.locator("input:checked").count() == 0
        tablet.touch(tablet.page.locator(f"label[for=item-plan-{option}]"))
        tablet.follow("form[action^='/survey/'] button")
        picture(tablet, f"survey-thanks-{has_script}")
        tablet.follow(f"a[href='/survey/{door.code}/{door.window_id}']")
    assert sorted(str(row["plan"]) for row in kept(site, door)) == ["0", "1"]


def test_results_for_a_trainer(site: Site, visit: Visit) -> None:
    def build() -> tuple[str, int]:
        room = surveys.asked(8)
        for number in range(8):
            room.answer(number, useful=str(number % 3), pace="1", change=f"Word {number}")
        surveys.end(room.window())
        window = room.survey()
        for number in range(6):
            surveys.worker(window, plan=str(number % 2), help=f"Wish {number}")
        surveys.end(window)
        trainer = room.trainer()
        trainer.password_hash = hash_password(PASSWORD)
        return trainer.email, room.training.id

    email, training_id = site.build(build)
    desk = visit(320, language="en")
    desk.sign_in(email)
    for address in ("surveys", "surveys/evaluation/results", "surveys/workers/results"):
        desk.go(f"/sessions/{training_id}/{address}")
        picture(desk, address.replace("/", "-"))
