"""Taking a quiz at a phone, with or without script."""

import sqlalchemy as sa

from app.platform.db import db
from app.quizzes.models import Question
from tests.browser.site import Site
from tests.browser.visitor import Visitor

DIGITS = {"en": "0123456789", "km": "០១២៣៤៥៦៧៨៩", "ar": "٠١٢٣٤٥٦٧٨٩"}


def join(phone: Visitor, code: str, person_id: int, pin: str) -> None:
    """Code, own name, PIN, and the notice that is shown once: now the quiz is there to begin."""
    page = phone.go("/join")
    page.locator("[name=code]").fill(code.lower())
    phone.follow("form[action='/join'] button")
    phone.follow(f".people a[href*='person={person_id}']")
    page.locator("[name=pin]").fill(pin)
    phone.follow(f"form[action='/join/{code}'] button")
    phone.read_notice()
    assert phone.path == "/attempts"


def come_in(phone: Visitor, code: str, person_id: int, pin: str) -> None:
    """As `join`, without opening the pages on the way, which have tests of their own."""
    phone.post(f"/join/{code}", person=str(person_id), pin=pin)
    phone.go("/attempts")


def in_digits(pin: str, language: str) -> str:
    """The same number as somebody types it who writes in this language."""
    return pin.translate(str.maketrans(DIGITS["en"], DIGITS[language]))


def answer(phone: Visitor, site: Site, language: str, *, right: bool = True) -> None:
    """Choose an option that is wholly right, or one that is worth nothing, and go on."""
    choose(phone, words_of(site, question_id(phone), language, right=right))
    phone.follow("form[action*='/answers/'] button[type=submit]")


def question_id(phone: Visitor) -> int:
    """Which question the page asks."""
    action = phone.page.locator("form[action*='/answers/']").get_attribute("action") or ""
    return int(action.rpartition("/")[2])


def choose(phone: Visitor, words: str) -> None:
    """Tap the card with these words."""
    cards = phone.page.locator("label.choice")
    texts = [" ".join(text.split()) for text in cards.all_inner_texts()]
    phone.touch(cards.nth(texts.index(words)))


def words_of(site: Site, question_id: int, language: str, *, right: bool) -> str:
    """The words of an option, straight from the bank."""
    key = site.look(lambda: db.session.scalar(sa.select(Question.key).where(Question.id == question_id)))
    assert key is not None
    worth = 100 if right else 0
    return next(" ".join(option["words"]["text"].split()) for option in key[language]["options"] if float(option["fraction"]) == worth)
