"""Sums over answers, made by the database: how many people answered a question in one way, and how well they did."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.factories.models import Person
from app.platform.db import db
from app.quizzes.models import Answer, Attempt, ManualGrade
from app.quizzes.results.rules import Moments
from app.quizzes.rules import AttemptMode

_FIELD, _ANSWER = "\t", "\n"
"""Between the parts of an answer and between answers: JSON writes neither of them as it is."""
_LATEST = 500
"""Attempts of which it is read how long each question took: enough for a median."""


@dataclass(frozen=True, slots=True)
class Tally:
    """`n` people of one sex who were asked a question, and answered it in the same way in the same language: the sums
    of their scores in the whole quiz and of the squares.
    """

    question_id: int
    choice: Sequence[str]
    language: str | None
    sex: str | None
    n: int
    scores: float
    squares: float


def picked_choices(firsts: sa.CTE) -> list[Tally]:
    """How each question was answered, by whom. One statement, one row an attempt.

    The database strings the answers of an attempt together, which it reads in order; to sort all answers of all
    attempts by what they say takes it twice as long as to count the strings here.
    """
    said = sa.func.concat(
        sa.cast(Answer.question_id, sa.Text), _FIELD, sa.func.coalesce(Answer.language, ""), _FIELD,
        sa.cast(Answer.choice, sa.Text),
    )  # fmt: skip
    whose = (firsts.c.id, firsts.c.score, Person.sex)
    rows = db.session.execute(
        sa.select(*whose[1:], sa.func.aggregate_strings(said, _ANSWER))
        .select_from(firsts)
        .join(Person, Person.id == firsts.c.person_id)
        .join(Answer, Answer.attempt_id == firsts.c.id)
        .group_by(*whose)
    )
    sums: dict[tuple[str, str | None], list[float]] = {}
    for score, sex, strung in rows:
        square = score * score
        for answer in strung.split(_ANSWER):
            mine = sums.get((answer, sex))
            if mine is None:
                mine = sums[answer, sex] = [0, 0.0, 0.0]
            mine[0] += 1
            mine[1] += score
            mine[2] += square
    return [_tally(answer, sex, *found) for (answer, sex), found in sums.items()]


def _tally(answer: str, sex: str | None, n: float, scores: float, squares: float) -> Tally:
    question_id, language, choice = answer.split(_FIELD)
    return Tally(int(question_id), json.loads(choice), language or None, sex, int(n), scores, squares)


def asked(firsts: sa.CTE) -> list[Tally]:
    """Whom each question was asked, with an answer or without: tallies without choice and language."""
    alike = (Attempt.question_ids, Person.sex)
    rows = db.session.execute(
        sa.select(*alike, *_sums(firsts))
        .select_from(firsts)
        .join(Attempt, Attempt.id == firsts.c.id)
        .join(Person, Person.id == firsts.c.person_id)
        .group_by(*alike)
    )
    sums: dict[tuple[int, str | None], list[float]] = {}
    for question_ids, sex, n, scores, squares in rows:
        for question_id in question_ids:
            mine = sums.setdefault((question_id, sex), [0, 0.0, 0.0])
            mine[0] += n
            mine[1] += scores
            mine[2] += squares
    return [Tally(key, (), None, sex, int(n), of, squares) for (key, sex), (n, of, squares) in sums.items()]


def manual(firsts: sa.CTE, question_ids: Sequence[int]) -> list[tuple[int, str | None, str | None, Moments]]:
    """Of questions that a person grades: question, language, sex, and the moments of their last grades."""
    last = (
        sa.select(sa.func.max(ManualGrade.id))
        .where(ManualGrade.question_id.in_(question_ids))
        .group_by(ManualGrade.attempt_id, ManualGrade.question_id)
    )
    share = sa.cast(ManualGrade.share, sa.Double)
    rest = firsts.c.score - share
    alike = (ManualGrade.question_id, Answer.language, Person.sex)
    sums = (sa.func.sum(each) for each in (share, share * share, rest, rest * rest, share * rest))
    rows = db.session.execute(
        sa.select(*alike, sa.func.count(), *sums)
        .select_from(firsts)
        .join(Person, Person.id == firsts.c.person_id)
        .join(ManualGrade, ManualGrade.attempt_id == firsts.c.id)
        .outerjoin(Answer, sa.and_(Answer.attempt_id == firsts.c.id, Answer.question_id == ManualGrade.question_id))
        .where(ManualGrade.id.in_(last))
        .group_by(*alike)
    )
    return [(question_id, language, sex, Moments(*sums)) for question_id, language, sex, *sums in rows]


def saved_times(firsts: sa.CTE) -> list[tuple[datetime | None, list[tuple[int, datetime]]]]:
    """Of the latest attempts that people took by themselves: when it began, and when each answer was last saved."""
    own = (
        sa.select(Attempt.id, Attempt.started_at)
        .join(firsts, firsts.c.id == Attempt.id)
        .where(Attempt.mode == AttemptMode.OWN)
        .order_by(Attempt.id.desc())
        .limit(_LATEST)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(own.c.id, own.c.started_at, Answer.question_id, Answer.saved_at).join(
            Answer, Answer.attempt_id == own.c.id
        )
    )
    found: dict[int, tuple[datetime | None, list[tuple[int, datetime]]]] = {}
    for attempt_id, began, question_id, at in rows:
        found.setdefault(attempt_id, (began, []))[1].append((question_id, at))
    return list(found.values())


def scores(firsts: sa.CTE) -> Sequence[Any]:
    """Rows of score, points that there were, and how many people have them."""
    alike = (firsts.c.score, firsts.c.max_score)
    return db.session.execute(sa.select(*alike, sa.func.count()).group_by(*alike)).all()


def _sums(firsts: sa.CTE) -> tuple[Any, ...]:
    squares = firsts.c.score * firsts.c.score
    return sa.func.count(), sa.func.sum(firsts.c.score), sa.func.sum(squares)
