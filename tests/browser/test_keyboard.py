"""Without mouse and finger, at 320 px: the keyboard does the main things, and one sees where it is."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from app.attendance.models import CurrentMark
from app.platform.db import db
from app.quizzes.models import Attempt
from app.quizzes.rules import AttemptState
from app.sessions.models import TrainingSession
from tests import story
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.site import Site
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
NARROW = 320


@dataclass(frozen=True)
class Told:
    """A training session of today with an open test."""

    training_id: int
    code: str
    trainer: str
    people: tuple[int, ...]

    def marks(self, number: int) -> str:
        """The address of the roll call of a half-day."""
        return f"/sessions/{self.training_id}/meetings/{number}/marks"


def tell() -> Told:
    told = story.begin()
    training_id = story.schedule(told, first=0)
    story.nominate(told, training_id)
    story.confirm(told, training_id)
    story.open_test(told, training_id)
    code = db.session.get_one(TrainingSession, training_id).code
    return Told(training_id, code, told.email(told.trainer), told.leaders)


@pytest.fixture(scope="module")
def told(site: Site) -> Told:
    return site.build(tell)


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "ar"])
def test_sign_in_and_roll_call(site: Site, told: Told, visit: Visit, language: str) -> None:
    trainer = visit(NARROW, language=language)
    keys = Keyboard(trainer)
    sign_in(keys, told.trainer, language)
    trainer.go(told.marks(1))
    person = told.people[0 if language == "en" else 1]
    row = f"#person-{person}"
    keys.tab_to(f"{row} [value=present]")
    keys.press("Space")
    settle(trainer, f"{row} [value=present][aria-pressed=true]:focus")
    keys.see_focus()
    keys.tab_to(f"{row} [value=late]")
    keys.press("Enter")
    settle(trainer, f"{row} [value=late][aria-pressed=true]:focus")
    keys.tab_to(f"{row} summary")
    keys.press("Enter")
    keys.tab_to(f"{row} [value=excused]")
    keys.press("Enter")
    settle(trainer, f"{row} summary.on:focus")
    trainer.check()
    assert mark_of(site, told.people[0 if language == "en" else 1]) == "excused"


def sign_in(keys: Keyboard, email: str, language: str) -> None:
    """The pages of the account are in English; the language of this device is chosen by keyboard too."""
    keys.visitor.go("/sign-in")
    if language != "en":
        keys.tab_to(".language summary")
        keys.press("Enter")
        keys.tab_to(f".language button[value={language}]")
        keys.enter()
    keys.write("[name=email]", email)
    keys.write("[name=password]", story.PASSWORD)
    keys.enter()
    read_notice(keys)
    assert keys.visitor.path == "/"


def read_notice(keys: Keyboard) -> None:
    """The notice that is shown once, with the keyboard."""
    if keys.visitor.path.startswith("/notice"):
        keys.tab_to("form[action='/notice'] button")
        keys.enter()


def settle(visitor: Visitor, selector: str) -> None:
    """Wait until the answer of the server is on the page."""
    visitor.page.locator(selector).wait_for()


def mark_of(site: Site, person_id: int) -> str:
    query = sa.select(CurrentMark.mark).where(CurrentMark.person_id == person_id)
    return site.look(lambda: str(db.session.scalars(query).one()))


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "ar"])
def test_join_and_take_the_quiz(site: Site, told: Told, visit: Visit, language: str) -> None:
    phone = visit(NARROW, language=language)
    keys = Keyboard(phone)
    person = told.people[2 if language == "en" else 3]
    join(keys, told, person, language)
    keys.tab_to("form[action='/attempts'] button")
    keys.enter()
    for _ in range(3):
        keys.tab_to("[name=choice]")
        keys.press("Space")
        keys.press("ArrowDown")
        assert phone.page.locator("[name=choice]:checked:focus").count() == 1
        keys.tab_to("form[action*='/answers/'] button")
        keys.enter()
    assert phone.path.endswith("/review")
    keys.tab_to("form[action$='/submission'] button")
    keys.enter()
    query = sa.select(Attempt.state).where(Attempt.person_id == person)
    assert site.look(lambda: db.session.scalars(query).one()) is AttemptState.GRADED


def join(keys: Keyboard, told: Told, person: int, language: str) -> None:
    keys.visitor.go("/join")
    if language != "en":
        keys.tab_to(".language summary")
        keys.press("Enter")
        keys.tab_to(f".language button[value={language}]")
        keys.enter()
    keys.write("[name=code]", told.code)
    keys.enter()
    keys.tab_to(f".people a[href*='person={person}']")
    keys.enter()
    assert keys.visitor.page.locator("[name=pin]:focus").count() == 1
    keys.visitor.page.keyboard.type(story.PIN)
    keys.enter()
    read_notice(keys)
