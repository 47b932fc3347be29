"""What one person has learned, wherever it was: as much of it as the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.certificates.models import IN_FORCE, Certificate
from app.completions.models import Completion
from app.completions.queries import entries
from app.courses.models import CourseVersion
from app.coverage.rules import last_day
from app.factories.consents.models import HistoryConsent
from app.factories.consents.queries import given, has_lapsed, shares_history
from app.factories.models import Employment, Factory, Programme
from app.factories.queries import visible_factories
from app.learning_record.models import EarlierTraining, EntryKind, RecordEntry
from app.learning_record.queries.wanted import counting
from app.platform.db import db


@dataclass(frozen=True)
class Learned:
    """A completed course, with its certificate in force."""

    titles: dict[str, str]
    factory: str
    completed_on: date
    last_day: date | None
    number: str | None
    under_review: bool


@dataclass(frozen=True)
class Earlier:
    """A training of before, as a list said it."""

    titles: dict[str, str] | None
    course: str
    factory: str
    taken_on: date
    hours: float | None
    provider: str
    result: str
    number: str
    proof: str
    counts: bool


@dataclass(frozen=True)
class Elsewhere:
    """A course of somebody else that was passed, as another system says."""

    title: str
    factory: str
    passed_on: date


@dataclass(frozen=True)
class Transcript:
    """The latest first."""

    learned: Sequence[Learned]
    elsewhere: Sequence[Elsewhere]
    earlier: Sequence[Earlier]
    shares: bool
    """Whether it holds what was learned at factories that the actor does not see, by the word of the person."""


def own_transcript(person_id: int) -> Transcript:
    """Everything that is the person's, for the person."""
    return _transcript(person_id, None, shares=False)


def transcript(actor: Actor, person_id: int) -> Transcript:
    """What was learned at factories that the actor sees; all of it where the person said so to one of them and works
    there now. The caller has checked that the actor sees the person. Four statements."""
    seen = visible_factories(actor, Permission.FACTORIES_READ).with_only_columns(Factory.id)
    at = sa.select(Factory.id).where(Factory.id.in_(seen), shares_history(person_id, Factory.id))
    if db.session.scalar(at.limit(1)) is not None:
        return _transcript(person_id, None, shares=True)
    return _transcript(person_id, seen, shares=False)


def _transcript(person_id: int, seen: sa.Select[Any] | None, *, shares: bool) -> Transcript:
    """`seen`: the factories where it was learned; None for all of them."""

    def there(factory_id: Any) -> sa.ColumnElement[bool]:
        return sa.true() if seen is None else factory_id.in_(seen)

    in_force = sa.and_(Certificate.completion_id == Completion.id, *IN_FORCE)
    columns: tuple[Any, ...] = (
        CourseVersion.titles, Factory.name, Completion.completed_at, Completion.valid_until, Programme.zone,
        Certificate.number, Certificate.suspended_at,
    )  # fmt: skip
    completed = db.session.execute(
        sa.select(*columns)
        .select_from(Completion)
        .join(CourseVersion, CourseVersion.id == Completion.version_id)
        .outerjoin(Factory, Factory.id == Completion.factory_id)
        .outerjoin(Programme, Programme.id == Factory.programme_id)
        .outerjoin(Certificate, in_force)
        .where(
            Completion.person_id == person_id, Completion.withdrawn_at.is_(None), Completion.training_id.is_not(None),
            there(Completion.factory_id))
        .order_by(Completion.completed_at.desc(), Completion.id.desc())
    )
    lists: sa.Result[Any] = db.session.execute(
        sa.select(EarlierTraining, CourseVersion.titles, Factory.name)
        .join(Factory, Factory.id == EarlierTraining.factory_id)
        .outerjoin(
            CourseVersion,
            CourseVersion.id
            == sa.select(sa.func.max(CourseVersion.id))
            .where(CourseVersion.course_id == EarlierTraining.course_id)
            .correlate(EarlierTraining)
            .scalar_subquery(),
        )
        .where(EarlierTraining.person_id == person_id, EarlierTraining.undone_at.is_(None),
            there(EarlierTraining.factory_id))
        .order_by(EarlierTraining.taken_on.desc(), EarlierTraining.id.desc())
    )
    return Transcript(
        [_learned(*tuple(row)) for row in completed], _elsewhere(person_id, there(RecordEntry.factory_id)),
        [_earlier(*tuple(row)) for row in lists], shares)


def _elsewhere(person_id: int, seen: sa.ColumnElement[bool]) -> list[Elsewhere]:
    """Entries stay with the person that they were written for, also when that is the same one as another."""
    rows: sa.Result[Any] = db.session.execute(
        sa.select(RecordEntry.details, RecordEntry.at, Factory.name, Programme.zone)
        .join(Factory, Factory.id == RecordEntry.factory_id)
        .join(Programme, Programme.id == Factory.programme_id)
        .where(
            RecordEntry.person_id.in_(entries(person_id)), RecordEntry.kind == EntryKind.EXTERNAL_COURSE, counting(),
            seen)
        .order_by(RecordEntry.at.desc(), RecordEntry.id.desc())
    )
    return [
        Elsewhere(row.details["title"], row.name, row.at.astimezone(ZoneInfo(row.zone)).date()) for row in rows]


def _learned(
    titles: dict[str, str], factory: str | None, at: datetime, until: datetime | None, zone: str | None,
    number: str | None, suspended_at: datetime | None,
) -> Learned:
    there = zone or "UTC"
    end = last_day(until, there) if until else None
    return Learned(titles, factory or "", at.astimezone(ZoneInfo(there)).date(), end, number, suspended_at is not None)


def _earlier(row: EarlierTraining, titles: dict[str, str] | None, factory: str) -> Earlier:
    return Earlier(
        titles, row.course_text, factory, row.taken_on, row.hours, row.provider, row.result, row.certificate_number,
        row.proof, row.completion_id is not None)


@dataclass(frozen=True)
class Place:
    """A factory where the person works now, or to which a consent still stands, and since when it does."""

    code: str
    name: str
    factory_id: int
    programme_id: int
    since: datetime | None
    on_paper: bool
    works: bool
    """Whether the person works there now; a factory that somebody has left sees nothing more."""


def places(person_id: int) -> list[Place]:
    """Factories that may hear of what a person learned elsewhere."""
    works = sa.exists().where(
        Employment.person_id == person_id, Employment.factory_id == Factory.id, Employment.ended_on.is_(None))
    stands = ~sa.and_(works, has_lapsed())
    columns: tuple[Any, ...] = (
        Factory.code, Factory.name, Factory.id, Factory.programme_id, sa.case((stands, HistoryConsent.given_at)),
        sa.and_(stands, HistoryConsent.given_by.is_not(None)), works,
    )  # fmt: skip
    rows = db.session.execute(
        sa.select(*columns)
        .select_from(Factory)
        .outerjoin(HistoryConsent, given(person_id, Factory.id))
        .where(sa.or_(works, HistoryConsent.id.is_not(None)))
        .order_by(Factory.name, Factory.id)
    )
    return [Place(*tuple(row)) for row in rows]
