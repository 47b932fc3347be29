"""Which option a code stands for that somebody without network showed to the trainer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.platform.config import settings
from app.platform.db import db
from app.quizzes.models import Answer, Attempt, Question
from app.quizzes.queries.sittings import Sitting
from app.quizzes.rules import AttemptState
from app.quizzes.rules.last_codes import IN_WORDS, code_of
from app.quizzes.shown import NOT_ANSWERED, Shown, Stored, shown


@dataclass(frozen=True, slots=True)
class Meant:
    """An option of a question, or `IN_WORDS`; `is_current` is false when the person saved something after the code was
    shown.
    """

    question: Stored
    option: str
    is_current: bool


def codes_of(sitting: Sitting, question: Shown) -> dict[str, str]:
    """The names of the options that the page shows -> their codes. Where the answer is no option there is one code, for
    the question; empty where there is nothing to answer.
    """
    return _codes(sitting, question, _names(question), question.revision)


def meaning_of(sitting: Sitting, codes: Sequence[str]) -> dict[str, Meant]:
    """Code -> what it stands for in this attempt; codes of nothing are left out. One statement."""
    meant: dict[str, Meant] = {}
    for question in _questions(sitting):
        options = _options(sitting, question)
        for revision in range(question.revision + 1):
            for option, code in _codes(sitting, question, options, revision).items():
                if code in codes:
                    meant[code] = Meant(question, option, revision == question.revision)
    return meant


def latest_begun(training_id: int, unit_id: int, person_id: int) -> int | None:
    """The person's last attempt that was begun, whatever became of it."""
    return db.session.scalar(
        sa.select(Attempt.id)
        .where(
            Attempt.training_id == training_id, Attempt.unit_id == unit_id, Attempt.person_id == person_id,
            Attempt.state != AttemptState.NOT_STARTED,
        )
        .order_by(Attempt.number.desc())
        .limit(1)
    )  # fmt: skip


def _options(sitting: Sitting, question: Stored) -> list[str]:
    return _names(shown(question, sitting.seed, ()))


def _names(question: Shown) -> list[str]:
    names = [option.name for option in question.options]
    return names or ([] if question.kind in NOT_ANSWERED else [IN_WORDS])


def _codes(sitting: Sitting, question: Stored | Shown, options: Iterable[str], revision: int) -> dict[str, str]:
    about = settings().secret_key, sitting.attempt_id, question.question_id, revision
    return {option: code_of(*about, option) for option in options}


def _questions(sitting: Sitting) -> list[Stored]:
    rows = db.session.execute(
        sa.select(
            Question.id.label("question_id"), Question.code, Question.kind, Question.texts, Answer.choice,
            sa.func.coalesce(Answer.revision, 0).label("revision"),
        )
        .outerjoin(
            Answer, sa.and_(Answer.question_id == Question.id, Answer.attempt_id == sitting.attempt_id)
        )
        .where(Question.id.in_(sitting.question_ids))
    )  # fmt: skip
    return [Stored(number=sitting.question_ids.index(row.question_id) + 1, **row._mapping) for row in rows]
