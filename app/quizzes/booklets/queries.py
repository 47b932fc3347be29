"""Booklets, their questions, and who can follow one."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.courses.models import Unit
from app.courses.rules import UnitKind
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.booklets.lettering import with_letters
from app.quizzes.booklets.models import Booklet
from app.quizzes.models import Attempt, Question
from app.quizzes.policy import may_open
from app.quizzes.queries.terms import terms_of
from app.quizzes.rules import AttemptMode, Hindrance, hindrance
from app.quizzes.shown import Shown, Stored, shown
from app.sessions.models import TrainingSession
from app.sessions.queries import training_for


def quiz_for(actor: Actor, training_id: int, unit_id: int) -> tuple[TrainingSession, Unit]:
    """A training session in which the actor may open quizzes, and a quiz of its course. Raises NotFound."""
    training = training_for(actor, training_id)
    unit = db.session.scalar(
        sa.select(Unit).where(
            Unit.id == unit_id, Unit.version_id == training.version_id, Unit.kind == UnitKind.QUIZ
        )
    )
    if unit is None or not may_open(actor, training):
        raise NotFound
    return training, unit


def read_now(training_id: int, unit_id: int, *, hold: bool = False) -> Booklet | None:
    """What is read out now; with `hold` nobody else ends it until the transaction does."""
    statement = sa.select(Booklet).where(
        Booklet.training_id == training_id, Booklet.unit_id == unit_id,
        Booklet.mode == AttemptMode.ALOUD, Booklet.ended_at.is_(None),
    )  # fmt: skip
    return db.session.scalar(statement.with_for_update() if hold else statement)


def printed(training_id: int, unit_id: int) -> Sequence[Booklet]:
    """The forms that can be printed, in the order of parallel forms."""
    return db.session.scalars(
        sa.select(Booklet)
        .where(Booklet.training_id == training_id, Booklet.unit_id == unit_id, Booklet.mode == AttemptMode.PAPER)
        .order_by(Booklet.form)
    ).all()


def questions_of(booklet: Booklet, question_ids: Collection[int] | None = None) -> list[Stored]:
    """The questions of a booklet in its order, or some of them, without any answer. One statement."""
    wanted = booklet.question_ids if question_ids is None else question_ids
    rows = db.session.execute(
        sa.select(Question.id, Question.code, Question.kind, Question.texts).where(Question.id.in_(wanted))
    )
    found = {row.id: row for row in rows}
    return [
        Stored(question_id, number, found[question_id].code, found[question_id].kind, found[question_id].texts, None, 0)
        for number, question_id in enumerate(booklet.question_ids, 1)
        if question_id in found
    ]


def question_in(booklet: Booklet, number: int) -> Stored:
    """A question by its number from 1. Raises NotFound."""
    if not 1 <= number <= len(booklet.question_ids):
        raise NotFound
    return questions_of(booklet, [booklet.question_ids[number - 1]])[0]


def lettered(booklet: Booklet, question: Stored, wanted: Iterable[str | None]) -> Shown:
    """A question as the booklet shows it, in a language that the reader wants."""
    return with_letters(shown(question, booklet.seed, wanted), booklet.letters.get(str(question.question_id), ()))


def hindrances(
    training_id: int, unit_id: int, person_ids: Collection[int], *, opens_at: datetime | None
) -> dict[int, Hindrance | None]:
    """Person -> why no attempt can begin; None when one can. Four statements, however many people."""
    people = list(person_ids)
    attempts = attempts_of(training_id, unit_id, people)
    of = terms_of(training_id, unit_id, people)
    return {
        person_id: hindrance(attempts.get(person_id, ()), terms, opens_at=opens_at)
        for person_id, terms in of.items()
    }


def attempts_of(training_id: int, unit_id: int, person_ids: Collection[int]) -> dict[int, list[Attempt]]:
    """Person -> attempts at a quiz in their order, as they are now."""
    rows = db.session.scalars(
        sa.select(Attempt)
        .where(Attempt.training_id == training_id, Attempt.unit_id == unit_id, Attempt.person_id.in_(person_ids))
        .order_by(Attempt.number)
        .execution_options(populate_existing=True)
    )
    found: dict[int, list[Attempt]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found
