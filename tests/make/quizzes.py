"""Quizzes in a training room: a bank with marks that must not leak, an open window, people with PINs."""

from dataclasses import dataclass, field
from datetime import timedelta

from app.access.actor import SYSTEM, Actor, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.factories.models import Factory, Person
from app.platform.clock import now
from app.platform.db import db
from app.quizzes import operations
from app.quizzes.gift import parse
from app.quizzes.models import Attempt, Question, QuizWindow
from app.quizzes.rules import option_ids
from app.sessions.models import TrainingSession
from app.sessions.rules import TrainingState
from tests.make import courses, factories, sessions

PIN = "4711"
SECRET = "Xk9secret"
"""Stands in every part of the bank that nobody may read before release."""

_KHMER = ("សំណួរ", "ត្រូវ", "ខុស", "ពាក់កណ្ដាល")
_ARABIC = ("سؤال", "صحيح", "خطأ", "نصف")
_ENGLISH = ("What do you do", "I do it well", "I do it badly", "I do half of it")


def gift(count: int = 3, words: tuple[str, str, str, str] = _ENGLISH) -> str:
    """A bank of `count` single-choice questions: option 0 is right, 1 is wrong, 2 is worth half."""
    ask, right, wrong, half = words
    return "\n\n".join(
        f"::q{n}:: [plain] {ask} {n}? {{\n={right}#{SECRET} right\n~{wrong}#{SECRET} wrong\n~%50%{half}#{SECRET} half\n"
        f"####{SECRET} general\n}}"
        for n in range(1, count + 1)
    )


def bank(unit_id: int, source: str = "", count: int = 3) -> list[Question]:
    """Publish a bank in English, or the usual one in English, Khmer and Arabic."""
    texts = {"en": source} if source else {"en": gift(count), "km": gift(count, _KHMER), "ar": gift(count, _ARABIC)}
    operations.publish_bank(unit_id, {locale: parse(text).questions for locale, text in texts.items()})
    return db.session.query(Question).filter_by(unit_id=unit_id).order_by(Question.position).all()


def read_aloud(question: Question, file: str) -> None:
    """Give a question and each of its options in English a sound."""
    texts = question.texts["en"]
    options = [option | {"sound": file} for option in texts["options"]]
    question.texts = question.texts | {"en": texts | {"sound": file, "options": options}}


def show_picture(question: Question, file: str) -> None:
    """Give a question and each of its options in English a picture."""
    texts, picture = question.texts["en"], {"picture": {"file": file, "width": 40, "height": 30}}
    options = [option | picture for option in texts["options"]]
    question.texts = question.texts | {"en": texts | picture | {"options": options}}


def first_option(attempt: Attempt) -> str:
    """What the first option of the first question is called in this attempt."""
    question = db.session.query(Question).filter_by(unit_id=attempt.unit_id, position=1).one()
    return option_ids(len(question.texts["en"]["options"]), attempt.seed, question.code)[0]


@dataclass
class Room:
    """A confirmed training session whose post-test is open, and one person with a booked seat and a PIN."""

    training: TrainingSession
    unit_id: int
    factory: Factory
    person: Person
    questions: list[Question] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        return actor(self.person, self.training)

    def another(self, **values: object) -> Person:
        """One more person with a seat and the same PIN."""
        row = factories.person(self.factory, **values)
        sessions.seat(self.training, self.factory, row)
        accounts.set_pin(SYSTEM, row.id, PIN)
        return row

    def window(self) -> QuizWindow:
        return db.session.query(QuizWindow).filter_by(training_id=self.training.id, unit_id=self.unit_id).one()

    def end(self, minutes_ago: float) -> None:
        """Make the window, and what runs in it, close so long ago."""
        at = now() - timedelta(minutes=minutes_ago)
        self.window().closes_at = at
        db.session.query(Attempt).filter_by(training_id=self.training.id).update({"deadline_at": at})
        db.session.flush()


def actor(person: Person, training: TrainingSession) -> Actor:
    """The actor that a person is after joining."""
    return Actor(
        name=person.name, person_id=person.id, language=person.language, training_id=training.id,
        grants=(Grant(Role.PERSON),),
    )


def room(*, is_open: bool = True, source: str = "", count: int = 3, language: str = "en") -> Room:
    """The usual room; `language` is the person's."""
    factory = factories.factory()
    person = factories.person(factory, language=language)
    training = sessions.training(state=TrainingState.CONFIRMED)
    unit_id = courses.unit(training.version, "post-test").id
    made = Room(training, unit_id, factory, person, bank(unit_id, source, count))
    sessions.seat(training, factory, person)
    accounts.set_pin(SYSTEM, person.id, PIN)
    if is_open:
        operations.open_window(SYSTEM, training.id, unit_id, 30)
    return made


def names(attempt: Attempt, question: Question, count: int = 3) -> tuple[str, ...]:
    """The names of a question's options in this attempt, in the order of the bank."""
    return option_ids(count, attempt.seed, question.code)
