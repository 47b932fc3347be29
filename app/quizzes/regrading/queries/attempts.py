"""The grades that attempts have, and those that they would have."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from flask import current_app

from app.platform.clock import months_before, now
from app.platform.config import Settings
from app.platform.db import db
from app.quizzes.frozen import answer_from, graded_question
from app.quizzes.models import GIVEN_FOR_WHAT_IS_SAVED, Answer, Attempt, ManualGrade
from app.quizzes.queries.keys import StandingKeys
from app.quizzes.queries.terms import policy_of
from app.quizzes.regrading.rules import Moved, Score
from app.quizzes.rules import HANDED_IN, AttemptState, Grade, grade, has_open, waits_for_a_person, without_open


@dataclass(frozen=True, slots=True)
class Taken:
    """An attempt that was handed in, as far as its grade goes."""

    id: int
    training_id: int
    person_id: int
    number: int
    state: AttemptState
    question_ids: list[int]
    score: float | None
    max_score: float | None
    passed: bool | None
    deadline_at: datetime | None
    submitted_at: datetime | None

    @property
    def before(self) -> Score:
        return Score(self.score, self.max_score, self.passed)


def taken(unit_id: int, *, hold: bool = False) -> Sequence[Taken]:
    """All attempts at a quiz that were handed in, those of a person in their order. One statement. With `hold` nobody
    hands in meanwhile: whoever is about to waits, and is graded by what is right then.
    """
    columns = (
        Attempt.id, Attempt.training_id, Attempt.person_id, Attempt.number, Attempt.state, Attempt.question_ids,
        Attempt.score, Attempt.max_score, Attempt.passed, Attempt.deadline_at, Attempt.submitted_at,
    )  # fmt: skip
    statement = sa.select(*columns).where(Attempt.unit_id == unit_id).order_by(Attempt.id)
    statement = statement.with_for_update() if hold else statement.where(Attempt.state.in_(HANDED_IN))
    rows = [row for row in db.session.execute(statement) if row.state in HANDED_IN]
    return sorted((Taken(*row) for row in rows), key=lambda each: (each.training_id, each.person_id, each.number))


def moved(
    attempts: Iterable[Taken], grades: Mapping[int, Grade | None], wanted: Fraction | None
) -> list[Moved]:
    """Those of the attempts whose grade is another one than they have. `wanted` is the share that passes."""
    found = []
    for each in attempts:
        if (new := grades.get(each.id)) is None:
            continue
        after = Score(float(new.score), float(new.max), None if wanted is None else new.share >= wanted)
        if after != each.before:
            found.append(Moved(each.id, each.training_id, each.person_id, each.before, after))
    return sorted(found, key=lambda each: each.rank)


def grades(unit_id: int, attempts: Iterable[Taken], keys: StandingKeys) -> dict[int, Grade | None]:
    """Attempt -> its grade by these keys; None while an answer waits for a person. Two statements, however many.

    Attempts whose answers are not kept any more are left out: nobody can grade them anew.
    """
    questions = {key: graded_question(stored) for key, stored in keys.right.items()}
    if has_open(questions.values()) and policy_of(unit_id).practice:
        questions = without_open(questions)
    read_by = questions | {key: graded_question(stored) for key, stored in keys.read_by.items()}
    saved, by_hand = _saved(unit_id), _by_hand(unit_id)
    found: dict[int, Grade | None] = {}
    for each in attempts:
        if not _is_kept(each, saved[each.id]):
            continue
        asked = {key: questions[key] for key in each.question_ids if key in questions}
        given = {key: answer_from(read_by[key], choice) for key, choice in saved[each.id].items() if key in asked}
        answers = {key: answer for key, answer in given.items() if answer}
        waits = waits_for_a_person(asked, answers, by_hand[each.id])
        found[each.id] = None if waits else grade(asked, answers, by_hand[each.id])
    return found


def are_kept(deadline_at: datetime | None) -> bool:
    """Whether the answers of an attempt that was due then are kept: they are deleted some months after that."""
    settings: Settings = current_app.extensions["settings"]
    return deadline_at is None or deadline_at > months_before(now(), settings.keep_answers_months)


def _is_kept(attempt: Taken, saved: Mapping[int, Any]) -> bool:
    return are_kept(attempt.deadline_at) and (bool(saved) or not attempt.score)


def _saved(unit_id: int) -> Mapping[int, dict[int, list[str]]]:
    rows = db.session.execute(
        sa.select(Answer.attempt_id, Answer.question_id, Answer.choice)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(Attempt.unit_id == unit_id, Attempt.state.in_(HANDED_IN))
    )
    saved: dict[int, dict[int, list[str]]] = defaultdict(dict)
    for attempt_id, question_id, choice in rows:
        saved[attempt_id][question_id] = choice
    return saved


def _by_hand(unit_id: int) -> Mapping[int, dict[int, Fraction]]:
    rows = db.session.execute(
        sa.select(ManualGrade.attempt_id, ManualGrade.question_id, ManualGrade.share)
        .join(Attempt, Attempt.id == ManualGrade.attempt_id)
        .where(Attempt.unit_id == unit_id, GIVEN_FOR_WHAT_IS_SAVED)
        .order_by(ManualGrade.id)
    )
    given: dict[int, dict[int, Fraction]] = defaultdict(dict)
    for attempt_id, question_id, share in rows:
        given[attempt_id][question_id] = Fraction(share)
    return given
