"""A quiz on a phone that runs no script: everything is a link or a form."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from app.platform.db import db
from app.quizzes.models import Answer, Attempt
from app.quizzes.rules import AttemptState
from tests.browser.conftest import Visit
from tests.browser.learner import answer, choose, in_digits, join, question_id, words_of
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.make import quizzes

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]


@dataclass(frozen=True)
class Door:
    """What a person needs to join."""

    code: str
    person_id: int


def open_door(language: str) -> Door:
    """A training session whose test of three questions is open, and a person who reads `language`."""
    room = quizzes.room(language=language)
    return Door(room.training.code, room.person.id)


@pytest.fixture
def phone(visit: Visit, language: str) -> Visitor:
    return visit(language=language, has_script=False)


def saved(site: Site, person_id: int) -> int:
    """How many answers lie in the database."""
    query = sa.select(sa.func.count(Answer.id)).join(Attempt, Attempt.id == Answer.attempt_id).where(Attempt.person_id == person_id)
    return site.look(lambda: db.session.scalar(query) or 0)


def result(site: Site, person_id: int) -> tuple[AttemptState, float | None, float | None]:
    """State, points reached, points possible."""
    attempt = site.look(lambda: db.session.scalars(sa.select(Attempt).where(Attempt.person_id == person_id)).one())
    return attempt.state, attempt.score, attempt.max_score


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["km", "ar"])
def test_a_quiz_without_script(site: Site, phone: Visitor, language: str) -> None:
    door = site.build(lambda: open_door(language))
    join(phone, door.code, door.person_id, in_digits(quizzes.PIN, language))
    phone.follow("form[action='/attempts'] button")
    answer(phone, site, language, right=False)
    answer(phone, site, language)
    reload_and_go_back(phone, site, door)
    answer(phone, site, language)
    change_the_first(phone, site, language)
    hand_in(phone)
    assert result(site, door.person_id) == (AttemptState.GRADED, 3, 3)


def reload_and_go_back(phone: Visitor, site: Site, door: Door) -> None:
    """Reload of a page that answered a form loses and doubles nothing; Back on the page shows what was saved."""
    third = question_id(phone)
    phone.page.reload()
    phone.check()
    assert question_id(phone) == third
    assert saved(site, door.person_id) == 2
    phone.follow("a[href$='/questions/2']")
    assert phone.page.locator("input:checked").count() == 1
    phone.follow("form[action*='/answers/'] button[type=submit]")
    assert question_id(phone) == third
    assert saved(site, door.person_id) == 2


def change_the_first(phone: Visitor, site: Site, language: str) -> None:
    """From the review back to a question whose answer is still there."""
    phone.follow("a[href$='/questions/1']")
    chosen = phone.page.locator("label.choice:has(input:checked)").inner_text().strip()
    first = question_id(phone)
    assert chosen == words_of(site, first, language, right=False)
    choose(phone, words_of(site, first, language, right=True))
    phone.follow("form[action*='/answers/'] button[type=submit]")
    phone.follow("a[href$='/review']")
    assert phone.page.locator(".badge.need").count() == 0


def hand_in(phone: Visitor) -> None:
    phone.follow("form[action$='/submission'] button")
    assert phone.page.locator(".notice.done").count() == 1
    phone.page.reload()
    phone.check()
    assert phone.page.locator(".notice.done").count() == 1
