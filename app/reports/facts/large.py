"""Facts of which there are as many as people, as one statement: counted in the database, or kept by it."""

from typing import Any

import sqlalchemy as sa

from app.courses.rules import QuizPhase
from app.quizzes.results.queries import shares
from app.reports.facts import people
from app.reports.facts.asked import Asked
from app.reports.models import ReportedFact
from app.reports.rules.facts import COLUMNS, LARGE, FactKind
from app.sessions.models import TrainingSession


def live(asked: Asked, *, with_types: bool = True) -> sa.CompoundSelect[Any]:
    """By what is known now; without `with_types` nobody's type is said."""
    tiers, funding, over = people.tiers(asked), people.funding(), people.ended(asked)
    attended = people.attended(asked)
    took_part = people.took_part(asked, over)
    started = people.started(took_part, over, tiers, funding, with_types=with_types).cte("started")
    trainings = sa.select(over.c.training_id)
    return sa.union_all(
        people.told(
            FactKind.ATTENDED, attended, tiers, funding, with_types=with_types, number=attended.c.half_days,
            amount=attended.c.minutes,
        ),
        sa.select(started),
        _pairs(started, shares(trainings, QuizPhase.PRE, "before"), shares(trainings, QuizPhase.POST, "after")),
    )


def _pairs(started: sa.CTE, before: sa.CTE, after: sa.CTE) -> sa.Select[Any]:
    """Who took part and took both tests."""
    other: dict[str, Any] = {
        "kind": sa.literal(FactKind.GAIN.value), "met": sa.literal(0), "more": sa.literal(0),
        "before": sa.cast(before.c.share, sa.Float), "after": sa.cast(after.c.share, sa.Float),
        "language": sa.cast(TrainingSession.language, sa.String(20)),
    }  # fmt: skip
    pairs = sa.select(*(other.get(name, started.c[name]).label(name) for name in COLUMNS)).join(
        TrainingSession, TrainingSession.id == started.c.training_id
    )
    for test in (before, after):
        same = test.c.person_id == started.c.person_id, test.c.training_id == started.c.training_id
        pairs = pairs.join(test, sa.and_(*same))
    return pairs


def kept(period_id: int) -> sa.Select[Any]:
    """By what a frozen period keeps. People who stayed elsewhere when their programme moved are told apart by numbers
    that nobody has."""
    persons = sa.func.coalesce(ReportedFact.person_id, -ReportedFact.subject_id).label("person_id")
    columns = (persons if name == "person_id" else getattr(ReportedFact, name) for name in COLUMNS)
    return sa.select(*columns).where(ReportedFact.period_id == period_id, ReportedFact.kind.in_(LARGE))
