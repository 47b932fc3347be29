"""The attempts at a quiz of a training session, for who runs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Account
from app.factories.models import Factory, Person
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.models import Attempt, AttemptReopening, GradeChange, KeyChange, LateAnswer
from app.quizzes.regrading.rules import Score
from app.quizzes.rules import AttemptState
from app.sessions.models import Seat


@dataclass(frozen=True, slots=True)
class Sat:
    """An attempt with whoever sat it."""

    attempt_id: int
    unit_id: int
    person_id: int
    name: str
    local_name: str | None
    language: str
    factory_name: str
    number: int
    state: AttemptState
    started_at: datetime | None
    deadline_at: datetime | None
    submitted_at: datetime | None
    score: float | None
    max_score: float | None
    passed: bool | None
    late: int


@dataclass(frozen=True, slots=True)
class GradeEntry:
    """A grade that took another's place: what led to it, in a word and in somebody's own words."""

    about: str
    why: str
    before: Score
    after: Score
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Reopened:
    """When an attempt was opened again, by whom and why."""

    why: str
    by: str | None
    at: datetime


_LATE = sa.select(sa.func.count()).where(LateAnswer.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()


def sat(training_id: int, unit_id: int) -> Sequence[Sat]:
    """Every attempt that began, by factory and name. One statement."""
    began = Attempt.unit_id == unit_id, Attempt.state != AttemptState.NOT_STARTED
    return [Sat(*row) for row in db.session.execute(_sat(training_id).where(*began))]


def one_sat(training_id: int, attempt_id: int) -> Sat:
    """One of them. Raises NotFound."""
    row = db.session.execute(_sat(training_id).where(Attempt.id == attempt_id)).first()
    if row is None:
        raise NotFound
    return Sat(*row)


def states_in(training_id: int) -> dict[int, dict[AttemptState, int]]:
    """Quiz -> state -> how many attempts. One statement."""
    rows = db.session.execute(
        sa.select(Attempt.unit_id, Attempt.state, sa.func.count())
        .where(Attempt.training_id == training_id)
        .group_by(Attempt.unit_id, Attempt.state)
    )
    found: dict[int, dict[AttemptState, int]] = {}
    for unit_id, state, count in rows:
        found.setdefault(unit_id, {})[state] = count
    return found


def grade_history(attempt_id: int) -> Sequence[GradeEntry]:
    """Grades that changed, the latest first. One statement."""
    about_key = GradeChange.about == sa.literal("key_change:") + sa.cast(KeyChange.id, sa.String)
    about_late = GradeChange.about == sa.literal("late_answer:") + sa.cast(LateAnswer.id, sa.String)
    rows = db.session.execute(
        sa.select(GradeChange, KeyChange.why.label("key_why"), LateAnswer.decided_why, Account.name)
        .outerjoin(KeyChange, about_key)
        .outerjoin(LateAnswer, sa.and_(LateAnswer.attempt_id == GradeChange.attempt_id, about_late))
        .outerjoin(Account, Account.id == GradeChange.account_id)
        .where(GradeChange.attempt_id == attempt_id)
        .order_by(GradeChange.id.desc())
    )
    return [_entry(change, key_why or decided_why or "", by) for change, key_why, decided_why, by in rows]


def reopenings(attempt_id: int) -> Sequence[Reopened]:
    """When it was opened again, the latest first. One statement."""
    rows = db.session.execute(
        sa.select(AttemptReopening.why, Account.name, AttemptReopening.at)
        .outerjoin(Account, Account.id == AttemptReopening.account_id)
        .where(AttemptReopening.attempt_id == attempt_id)
        .order_by(AttemptReopening.id.desc())
    )
    return [Reopened(*row) for row in rows]


def _entry(change: GradeChange, why: str, by: str | None) -> GradeEntry:
    return GradeEntry(
        about=change.about.partition(":")[0],
        why=why,
        before=Score(change.score_before, change.max_before, change.passed_before),
        after=Score(change.score_after, change.max_after, change.passed_after),
        by=by,
        at=change.at,
    )


def _sat(training_id: int) -> Any:
    return (
        sa.select(
            Attempt.id, Attempt.unit_id, Attempt.person_id, Person.name, Person.local_name, Person.language,
            Factory.name, Attempt.number, Attempt.state, Attempt.started_at, Attempt.deadline_at,
            Attempt.submitted_at, Attempt.score, Attempt.max_score, Attempt.passed, _LATE,
        )
        .join(Person, Person.id == Attempt.person_id)
        .join(Seat, sa.and_(Seat.training_id == Attempt.training_id, Seat.person_id == Attempt.person_id))
        .join(Factory, Factory.id == Seat.factory_id)
        .where(Attempt.training_id == training_id)
        .order_by(Factory.name, Factory.id, Person.search_text, Person.id, Attempt.number)
    )  # fmt: skip
