"""Keeping a response so that nothing around it tells when it came or from whom."""

from collections.abc import Sequence
from random import SystemRandom
from typing import Any

import sqlalchemy as sa

from app.platform.db import db
from app.quizzes.surveys import queries
from app.quizzes.surveys.models import SurveyResponse, SurveyWindow, random_id

_CHANCE = SystemRandom()


def mix(window: SurveyWindow, *new: SurveyResponse) -> Sequence[SurveyResponse]:
    """Write all responses of a window anew, with `new` ones among them, each under another number and in any order.

    So neither the numbers, nor the place of the rows, nor the transactions that the database notes beside them tell
    which came last. The caller holds the window.
    """
    before = queries.answers_of(window)
    fresh = [_copy(each) for each in (*before, *new)]
    _CHANCE.shuffle(fresh)
    if before:
        old = SurveyResponse.id.in_([each.id for each in before])
        db.session.execute(sa.delete(SurveyResponse).where(old).execution_options(synchronize_session=False))
    for each in before:
        db.session.expunge(each)
    if fresh:
        db.session.execute(sa.insert(SurveyResponse), fresh)
    return [SurveyResponse(**each) for each in fresh]


def _copy(row: SurveyResponse) -> dict[str, Any]:
    return {
        "id": random_id(), "training_id": row.training_id, "form": row.form, "phase": row.phase,
        "factory_id": row.factory_id, "language": row.language, "month": row.month, "answers": row.answers,
    }  # fmt: skip
