"""Many people who have handed in a quiz, written at once and graded by the rules of the product."""

import random
from collections.abc import Callable, Sequence
from datetime import timedelta

from app.courses.models import CourseVersion, Unit
from app.courses.rules import QuizPhase, UnitKind
from app.factories.models import Factory, Person
from app.factories.rules import Sex
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.grading import grade_of
from app.quizzes.models import Answer, Attempt, Question
from app.quizzes.operations.submission import write_grade
from app.quizzes.rules import AttemptState
from app.sessions.models import TrainingSession
from tests.make import factories, sessions

Chooser = Callable[[int, int], Sequence[str] | None]
"""Given the number of the person and of the question, from 0: what was chosen, None where nothing was answered."""


def attempt(
    training: TrainingSession, unit_id: int, person: Person, questions: Sequence[Question], chosen: Sequence[Sequence[str] | None],
    *, language: str = "en", number: int = 1, seconds: int = 30,
) -> Attempt:
    """A graded attempt that took `seconds` for each question."""
    began = now() - timedelta(hours=1)
    row = Attempt(
        training_id=training.id, unit_id=unit_id, person_id=person.id, number=number, state=AttemptState.SUBMITTED,
        seed=number, question_ids=[question.id for question in questions], started_at=began,
        deadline_at=began + timedelta(hours=2), submitted_at=began + timedelta(minutes=number * 30),
    )
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        Answer(
            attempt_id=row.id, question_id=question.id, choice=list(choice), revision=1, language=language,
            saved_at=began + timedelta(seconds=seconds * (place + 1)),
        )
        for place, (question, choice) in enumerate(zip(questions, chosen, strict=True)) if choice is not None
    )
    db.session.flush()
    found = grade_of(row)
    assert found is not None
    write_grade(row, found)
    db.session.flush()
    return row


def people(count: int, factory: Factory, *, men: int = 0) -> list[Person]:
    """So many people, the first of them men."""
    return [factories.person(factory, sex=Sex.M if number < men else Sex.F) for number in range(count)]


def crowd(
    training: TrainingSession, unit_id: int, questions: Sequence[Question], choose: Chooser, who: Sequence[Person],
    *, languages: Sequence[str] = ("en",), factory: Factory | None = None,
) -> list[Attempt]:
    """An attempt of each person; languages take turns. With a factory they have seats too."""
    made = []
    for number, person in enumerate(who):
        if factory is not None:
            sessions.seat(training, factory, person)
        chosen = [choose(number, place) for place in range(len(questions))]
        language = languages[number % len(languages)]
        made.append(attempt(training, unit_id, person, questions, chosen, language=language))
    return made


def able(seed: int = 1) -> Chooser:
    """People of different ability, who know easier questions more often: 0 is right, 1 wrong, 2 half."""
    pick = random.Random(seed)
    abilities: dict[int, float] = {}

    def choose(person: int, question: int) -> Sequence[str]:
        ability = abilities.setdefault(person, pick.random())
        return ["0"] if pick.random() < min(0.95, ability + 0.3 - question * 0.05) else [pick.choice("112")]

    return choose


def quiz(version: CourseVersion, code: str, phase: QuizPhase, **values: object) -> Unit:
    """One more quiz of a version."""
    position = db.session.query(Unit).filter_by(version_id=version.id).count()
    row = Unit(
        version_id=version.id, position=position, code=code, kind=UnitKind.QUIZ, minutes=30, titles={"en": code},
        objectives={}, phase=phase, **values,
    )
    db.session.add(row)
    db.session.flush()
    return row
