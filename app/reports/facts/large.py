"""Facts of which there are as many as people, as one statement: counted in the database, or kept by it."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.courses.models import Unit
from app.courses.rules import QuizPhase
from app.quizzes.results.queries import matched
from app.reports.facts import people
from app.reports.facts.asked import Asked
from app.reports.facts.row import INLINE, ONCE, row
from app.reports.models import ReportedFact
from app.reports.rules.facts import COLUMNS, LARGE, NUMBERS, FactKind, Split
from app.sessions.models import TrainingSession


def live(asked: Asked, splits: Collection[Split] = tuple(Split)) -> sa.CompoundSelect[Any]:
    """By what is known now; what none of these splits tells apart is not looked up, and not said."""
    over = people.ended(asked)
    those = people.described(people.participations(asked, over, splits), asked, splits)
    started = people.started(those, over, splits).cte("started").prefix_with(INLINE)
    return sa.union_all(
        people.attended(those, splits),
        sa.select(started),
        people.reached(those),
        people.at_seminars(those),
        _pairs(started, matched(_tested_twice(over), "tested").prefix_with(ONCE), splits),
    )


def _tested_twice(over: sa.CTE) -> sa.Select[Any]:
    """Ended training sessions of course versions that have a test before and one after."""
    own = TrainingSession.id == over.c.training_id
    both = (
        TrainingSession.version_id.in_(sa.select(Unit.version_id).where(Unit.phase == phase))
        for phase in (QuizPhase.PRE, QuizPhase.POST)
    )
    return sa.select(over.c.training_id).join(TrainingSession, own).where(*both)


def _pairs(started: sa.CTE, tested: sa.CTE, splits: Collection[Split]) -> sa.Select[Any]:
    """Who took part and took both tests."""
    own: dict[str, Any] = {name: started.c[name] for name in COLUMNS if name not in {"kind", "language", *NUMBERS}}
    same = tested.c.person_id == started.c.person_id, tested.c.training_id == started.c.training_id
    rows = sa.join(started, tested, sa.and_(*same))
    if Split.LANGUAGE in splits:
        own["language"] = TrainingSession.language
        rows = rows.join(TrainingSession, TrainingSession.id == started.c.training_id)
    facts = row(FactKind.GAIN, **own, before=tested.c.before, after=tested.c.after)
    return sa.select(*facts).select_from(rows)


def kept(period_id: int) -> sa.Select[Any]:
    """By what a frozen period keeps. People who stayed elsewhere when their programme moved are told apart by numbers
    that nobody has."""
    persons = sa.func.coalesce(ReportedFact.person_id, -ReportedFact.subject_id).label("person_id")
    columns = (persons if name == "person_id" else getattr(ReportedFact, name) for name in COLUMNS)
    return sa.select(*columns).where(ReportedFact.period_id == period_id, ReportedFact.kind.in_(LARGE))
