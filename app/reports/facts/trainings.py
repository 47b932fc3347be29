"""Facts about training sessions: how they were rated, what they cost."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from app.courses.models import CourseVersion
from app.courses.rules import FormKind
from app.platform.db import db
from app.quizzes.surveys.models import SurveyWindow
from app.reports.facts import people
from app.reports.facts.asked import Asked
from app.reports.rules.facts import NOT_SAID, Fact, FactKind, Split
from app.sessions.costs.models import COUNTS, TrainingCost
from app.sessions.models import TrainingSession

_BEST = 2
"""Answers of the scale that are counted as satisfied: the two best of five."""


def ratings(asked: Asked) -> list[Fact]:
    """The evaluation of each training session that ended in the period, as far as its figures may be shown: of fewer
    than five people there are none. Two statements.
    """
    over, funding = people.ended(asked), people.funding()
    rows = db.session.execute(
        sa.select(
            TrainingSession.id, TrainingSession.programme_id, TrainingSession.version_id, SurveyWindow.form,
            SurveyWindow.figures, funding.c.funding,
        )
        .join(over, over.c.training_id == TrainingSession.id)
        .join(SurveyWindow, SurveyWindow.training_id == TrainingSession.id)
        .outerjoin(funding, funding.c.training_id == TrainingSession.id)
        .where(SurveyWindow.factory_id.is_(None), SurveyWindow.is_counted)
        .order_by(TrainingSession.id)
    ).all()  # fmt: skip
    scales = _scales({row.version_id for row in rows})
    found = []
    for row in rows:
        items = scales.get((row.version_id, row.form))
        fact = _rated(row, items) if items and row.figures else None
        if fact:
            found.append(fact)
    return found


def _rated(row: Any, items: frozenset[str]) -> Fact | None:
    counts = [figure["counts"] for name, figure in row.figures["items"].items() if name in items]
    given, best = sum(map(sum, counts)), sum(sum(each[:_BEST]) for each in counts)
    if not given:
        return None
    return Fact(
        FactKind.RATED, row.programme_id, training_id=row.id, version_id=row.version_id,
        funding=row.funding or NOT_SAID, number=given, met=best, more=row.figures["n"],
    )  # fmt: skip


def _scales(version_ids: set[int]) -> Mapping[tuple[int, str], frozenset[str]]:
    """Version and evaluation -> its items on the scale of agreement."""
    statement = sa.select(CourseVersion.id, CourseVersion.forms).where(CourseVersion.id.in_(version_ids))
    return {
        (number, form["id"]): frozenset(
            item["id"] for texts in form["in"].values() for item in texts["items"] if item.get("scale") is not None
        )
        for number, forms in db.session.execute(statement)
        for form in forms if form["kind"] == FormKind.EVALUATION
    }  # fmt: skip


def costs(asked: Asked, splits: Collection[Split] = tuple(Split)) -> list[Fact]:
    """What was paid for training sessions that ended in the period: each cost where sessions are told apart, else the
    sum of a payer, currency, programme and course version. One statement.
    """
    over = people.ended(asked)
    payer = TrainingCost.payer, TrainingCost.payer_name, TrainingCost.currency
    where = TrainingSession.programme_id, TrainingSession.version_id
    each = (TrainingCost.id, TrainingCost.training_id) if Split.RUN in splits else ()
    rows = db.session.execute(
        sa.select(*payer, *where, sa.func.sum(TrainingCost.amount), *each)
        .join(TrainingSession, TrainingSession.id == TrainingCost.training_id)
        .join(over, over.c.training_id == TrainingSession.id)
        .where(COUNTS)
        .group_by(*payer, *where, *each)
        .order_by(*each, *where, *payer)
    )
    return [
        Fact(
            FactKind.COST, programme_id, version_id=version_id, funding=kind.value, word=currency, amount=int(amount),
            payer=name or kind.value, subject_id=own[0] if own else None, training_id=own[1] if own else None,
        )
        for kind, name, currency, programme_id, version_id, amount, *own in rows
    ]  # fmt: skip
