"""A quiz of twelve questions, somebody with a phone and a bad network, and what the database holds of it."""

import re
from dataclasses import dataclass

import sqlalchemy as sa
from playwright.sync_api import Page

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.operations import create_account
from app.platform.db import db
from app.quizzes.models import Answer, Attempt, Question
from tests import story
from tests.browser.learner import come_in, in_digits
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.make import accounts, quizzes

BROKEN = re.compile(r"ERR_[A-Z_]+|Failed to load resource|Failed to fetch|^(401|404|409|413|422) ")
QUESTIONS = 12


class Phone(Visitor):
    """Somebody whose network breaks. That it did is no fault of a page."""

    def _note(self, complaint: str) -> None:
        if not BROKEN.search(complaint):
            super()._note(complaint)

    @property
    def question(self) -> int | None:
        """Which question is asked, None on other pages."""
        form = self.page.locator("form[data-answer]")
        return int((form.get_attribute("action") or "").rpartition("/")[2]) if form.count() else None

    def choose(self, number: int) -> str:
        """Choose one of the options as the page shows them; the words of it."""
        card = self.page.locator("label.choice").nth(number)
        self.touch(card)
        return card.inner_text().strip()

    def press(self) -> None:
        """Save and go on, without waiting for what comes of it."""
        self.touch(self.page.locator("form[data-answer] [type=submit]"))

    def on_to(self, question: int | None, page: Page | None = None) -> None:
        """Wait until another question than this one is asked, or the review is there."""
        wanted = "(id) => document.querySelector('[data-hand-in]') || !document.querySelector(`form[action$='/${id}']`)"
        (page or self.page).wait_for_function(wanted, arg=question)

    @property
    def banner(self) -> str:
        return " ".join((self.page.locator("#unsaved").text_content() or "").split())

    @property
    def claim(self) -> int | None:
        """The question whose answer the page calls saved."""
        said = self.page.locator("#saved[data-of]")
        if not said.count() or not (said.text_content() or "").strip():
            return None
        return int(said.get_attribute("data-of") or "")

    def claims(self, question: int | None) -> None:
        """Wait until the page calls this answer saved."""
        self.page.locator(f"#saved[data-of='{question}'] svg").wait_for(state="attached")


@dataclass(frozen=True)
class Door:
    """What a person needs to join, and what the trainer signs in with."""

    code: str
    person_id: int
    training_id: int
    unit_id: int
    trainer: str


def open_door(language: str, count: int = QUESTIONS) -> Door:
    """A training session whose test is open, and a person who reads `language`."""
    room = quizzes.room(language=language, count=count)
    email = f"trainer-{room.training.id}@quiz.example"
    account = create_account(SYSTEM, email=email, name="Trainer", language="en", password=story.PASSWORD, grants=[])
    accounts.grant(account, Role.TRAINER, programme=room.training.programme)
    return Door(room.training.code, room.person.id, room.training.id, room.unit_id, email)


def begin(phone: Visitor, door: Door, language: str) -> None:
    """Join and come to the first question that has no answer yet."""
    come_in(phone, door.code, door.person_id, in_digits(quizzes.PIN, language))
    phone.follow("form[action='/attempts'] button")


def saved(site: Site, door: Door, language: str) -> dict[int, str]:
    """Question -> words of the answer that lies in the database."""

    def read() -> dict[int, str]:
        rows = db.session.execute(
            sa.select(Answer.question_id, Answer.choice, Question.texts)
            .join(Attempt, Attempt.id == Answer.attempt_id)
            .join(Question, Question.id == Answer.question_id)
            .where(Attempt.person_id == door.person_id)
        ).all()
        return {row.question_id: row.texts[language]["options"][int(row.choice[0])]["text"] for row in rows}

    return site.look(read)


def attempt_of(site: Site, door: Door) -> Attempt:
    return site.look(lambda: db.session.scalars(sa.select(Attempt).where(Attempt.person_id == door.person_id)).one())
