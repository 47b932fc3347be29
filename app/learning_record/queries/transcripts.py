"""What one person has learned, wherever it was: as much of it as the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.access.permissions import Permission
from app.certificates.models import IN_FORCE, Certificate
from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.coverage.rules import last_day
from app.factories.models import Employment, Factory, Person, Programme
from app.factories.queries import visible_factories
from app.learning_record.models import EarlierTraining, EntryKind, HistoryConsent, RecordEntry
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
    if _shares(person_id, seen):
        return _transcript(person_id, None, shares=True)
    return _transcript(person_id, seen, shares=False)


def _shares(person_id: int, seen: sa.Select[Any]) -> bool:
    """Whether the person said so to one of these factories since working there."""
    works = sa.exists().where(
        Employment.person_id == person_id, Employment.factory_id == HistoryConsent.factory_id,
        Employment.ended_on.is_(None))
    rows: sa.Result[Any] = db.session.execute(
        sa.select(HistoryConsent.given_at, Programme.zone, _came_back(person_id))
        .join(Factory, Factory.id == HistoryConsent.factory_id)
        .join(Programme, Programme.id == Factory.programme_id)
        .where(
            HistoryConsent.person_id == person_id, HistoryConsent.withdrawn_at.is_(None), Factory.id.in_(seen), works)
    )
    return any(_stands(*tuple(row)) for row in rows)


def has_lapsed(person_id: int, factory_id: int) -> bool:
    """Whether a consent that nobody took back ended with the work there, which has begun anew since."""
    given = sa.and_(
        HistoryConsent.person_id == person_id, HistoryConsent.factory_id == factory_id,
        HistoryConsent.withdrawn_at.is_(None))
    rows: sa.Result[Any] = db.session.execute(
        sa.select(HistoryConsent.given_at, Programme.zone, _came_back(person_id))
        .join(Factory, Factory.id == HistoryConsent.factory_id)
        .join(Programme, Programme.id == Factory.programme_id)
        .where(given)
    )
    return any(not _stands(*tuple(row)) for row in rows)


def _came_back(person_id: int) -> sa.ScalarSelect[date]:
    """The last day on which the person began at the factory again after a time without work there."""
    began, before, unbroken = aliased(Employment), aliased(Employment), aliased(Employment)

    def earlier(row: type[Employment]) -> sa.ColumnElement[bool]:
        return sa.and_(
            row.person_id == person_id, row.factory_id == began.factory_id, row.started_on < began.started_on)

    lasted = sa.or_(unbroken.ended_on.is_(None), unbroken.ended_on >= began.started_on)
    return (
        sa.select(sa.func.max(began.started_on))
        .where(
            began.person_id == person_id, began.factory_id == Factory.id, sa.exists().where(earlier(before)),
            ~sa.exists().where(earlier(unbroken), lasted))
        .correlate(Factory)
        .scalar_subquery()
    )


def _stands(given_at: datetime, zone: str, came_back: date | None) -> bool:
    """A consent ends with the work: it does not come back to life with a person who is hired again."""
    return came_back is None or came_back <= given_at.astimezone(ZoneInfo(zone)).date()


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
    entry = aliased(Person)
    rows: sa.Result[Any] = db.session.execute(
        sa.select(RecordEntry.details, RecordEntry.at, Factory.name, Programme.zone)
        .join(entry, entry.id == RecordEntry.person_id)
        .join(Factory, Factory.id == RecordEntry.factory_id)
        .join(Programme, Programme.id == Factory.programme_id)
        .where(
            sa.func.coalesce(entry.merged_into_id, entry.id) == person_id,
            RecordEntry.kind == EntryKind.EXTERNAL_COURSE, counting(), seen)
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
    given = sa.and_(
        HistoryConsent.factory_id == Factory.id, HistoryConsent.person_id == person_id,
        HistoryConsent.withdrawn_at.is_(None))
    columns: tuple[Any, ...] = (
        Factory.code, Factory.name, Factory.id, Factory.programme_id, HistoryConsent.given_at,
        HistoryConsent.given_by.is_not(None), works.label("works"), Programme.zone, _came_back(person_id),
    )  # fmt: skip
    rows = db.session.execute(
        sa.select(*columns)
        .join(Programme, Programme.id == Factory.programme_id)
        .outerjoin(HistoryConsent, given)
        .where(sa.or_(works, HistoryConsent.id.is_not(None)))
        .order_by(Factory.name, Factory.id)
    )
    return [_place(Place(*tuple(row)[:-2]), *tuple(row)[-2:]) for row in rows]


def _place(found: Place, zone: str, came_back: date | None) -> Place:
    if found.since is None or not found.works or _stands(found.since, zone, came_back):
        return found
    return replace(found, since=None, on_paper=False)
