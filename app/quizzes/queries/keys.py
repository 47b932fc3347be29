"""What is right, as it stands now: the key that a question was published with, or the last that took its place."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.platform.db import db
from app.quizzes.models import KeyChange, Question


def keys_of(question_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Question -> its key by locale, in the order of the bank. Withdrawn questions are left out. Two statements."""
    return standing_keys(question_ids).right


@dataclass(frozen=True, slots=True)
class StandingKeys:
    """`right` is the key of each question as it stands; `read_by` the published key of each whose key was changed:
    what was chosen keeps the meaning that it had when it was chosen.
    """

    right: dict[int, dict[str, Any]]
    read_by: dict[int, dict[str, Any]]


def standing_keys(question_ids: Collection[int]) -> StandingKeys:
    """The same, with what answers are read by. Two statements."""
    rows = db.session.execute(
        sa.select(Question.id, Question.key).where(Question.id.in_(question_ids)).order_by(Question.position)
    ).all()
    changed = changes_of(question_ids)
    now_right = {row.id: changed.get(row.id, row.key) for row in rows}
    right = {question_id: key for question_id, key in now_right.items() if key is not None}
    return StandingKeys(right, {row.id: row.key for row in rows if changed.get(row.id) is not None})


def changes_of(question_ids: Collection[int]) -> dict[int, dict[str, Any] | None]:
    """Question -> the key that took the place of the published one; None where the question was withdrawn."""
    rows = db.session.execute(
        sa.select(KeyChange.question_id, KeyChange.key)
        .where(KeyChange.question_id.in_(question_ids))
        .order_by(KeyChange.number)
    )
    return {row.question_id: row.key for row in rows}
