"""Reads of line productivity. Unless an actor is asked for, the caller has checked the factory."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.courses.rules import Category
from app.effect.models import EffectResult, LineTraining, LineWeek, WeekFile
from app.effect.rules import FileState
from app.factories.models import Employment, Factory, Line, Programme
from app.factories.queries import held_on, visible_factories, within
from app.factories.roster.text import fold
from app.factories.rules import JobRole, Sex
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.refusal import NotFound

MOST_FILES = 20
LONGEST = timedelta(hours=6)
"""No comparison takes so long."""


@dataclass(frozen=True)
class LineShown:
    """A line with its weeks and the training of its supervisor; `is_corrected` when somebody said so by hand."""

    name: str
    key: str
    weeks: int
    first: date
    last: date
    trained_on: date | None
    sex: Sex | None
    is_corrected: bool


@dataclass(frozen=True)
class TrainedLine:
    """When the supervisor of a line was trained, and who says so. `line` is its name there."""

    line: str
    trained_on: date | None
    sex: Sex | None
    is_corrected: bool


Trained = dict[tuple[int, str], TrainedLine]
"""By factory and line."""


@dataclass(frozen=True)
class Unmatched:
    """Names that do not meet: lines of trainings without weeks, and lines with weeks that nobody leads by the staff
    lists."""

    trained: Sequence[TrainedLine]
    unled: Sequence[str]


def week_file(actor: Actor, week_file_id: int) -> WeekFile:
    """A file with its factory. Raises NotFound when the actor may not enter weeks there."""
    of_these = visible_factories(actor, Permission.EFFECT_IMPORT).with_only_columns(Factory.id)
    statement = sa.select(WeekFile).where(WeekFile.id == week_file_id, WeekFile.factory_id.in_(of_these))
    found = db.session.scalar(statement.options(joinedload(WeekFile.factory).joinedload(Factory.programme)))
    if found is None:
        raise NotFound
    return found


def files(factory_id: int) -> Sequence[Any]:
    """The latest files of a factory."""
    columns = WeekFile.id, WeekFile.file_name, WeekFile.state, WeekFile.created_at
    statement = sa.select(*columns).where(WeekFile.factory_id == factory_id).order_by(WeekFile.id.desc())
    return db.session.execute(statement.limit(MOST_FILES)).all()


def applied(factories: Collection[int]) -> Sequence[Any]:
    """The files whose rows count or might: factory, file and when it was applied, in one order. One statement."""
    columns = WeekFile.factory_id, WeekFile.id, WeekFile.applied_at
    statement = sa.select(*columns).where(WeekFile.factory_id.in_(factories), WeekFile.state == FileState.APPLIED)
    return db.session.execute(statement.order_by(WeekFile.id)).all()


def current(factories: Collection[int]) -> sa.Subquery:
    """The weeks that count: of one line and week those of the file that was applied last."""
    place = sa.func.row_number().over(
        partition_by=(WeekFile.factory_id, LineWeek.line_key, LineWeek.monday),
        order_by=(WeekFile.applied_at.desc(), WeekFile.id.desc()))
    ranked = (
        sa.select(LineWeek, WeekFile.factory_id, place.label("place"))
        .join(WeekFile, WeekFile.id == LineWeek.file_id)
        .where(WeekFile.factory_id.in_(factories), WeekFile.state == FileState.APPLIED)
        .subquery()
    )
    return sa.select(ranked).where(ranked.c.place == 1).subquery()


def weeks(factories: Collection[int]) -> Sequence[Any]:
    """The weeks of these factories that count: factory, line, Monday and figures, in one order."""
    found = current(factories)
    return db.session.execute(sa.select(found).order_by(found.c.factory_id, found.c.line_key, found.c.monday)).all()


def unused(factories: Collection[int]) -> list[Any]:
    """Of files in the order in which they were applied: their id, their factory, and line and week of rows that are not
    used."""
    columns = WeekFile.id, WeekFile.factory_id, WeekFile.found["unused"].label("unused")
    statement = sa.select(*columns).where(WeekFile.factory_id.in_(factories), WeekFile.state == FileState.APPLIED)
    return list(db.session.execute(statement.order_by(WeekFile.applied_at, WeekFile.id)))


def trainings(factories: Collection[int]) -> Trained:
    """Factory and line -> the first training of its supervisor in supervisory skills, as completions say with the line
    and role of the time, or as somebody corrected it. Two statements."""
    found: Trained = {}
    for row in db.session.execute(_completed(factories)):
        key = row.factory_id, fold(row.line)
        day, known = row.completed_at.astimezone(ZoneInfo(row.zone)).date(), found.get(key)
        if known is None:
            found[key] = TrainedLine(row.line, day, row.sex, is_corrected=False)
        elif known.sex is not row.sex:  # supervisors of both sexes led it: it counts for neither
            found[key] = TrainedLine(known.line, known.trained_on, None, is_corrected=False)
    corrected = db.session.scalars(
        sa.select(LineTraining).where(LineTraining.factory_id.in_(factories)).order_by(LineTraining.id))
    for each in corrected:
        found[each.factory_id, each.line_key] = TrainedLine(
            each.line, each.trained_on, each.sex, is_corrected=True)
    return found


def _completed(factories: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Completion.factory_id, Completion.line, Completion.sex, Completion.completed_at, Programme.zone)
        .join(CourseVersion, CourseVersion.id == Completion.version_id)
        .join(Factory, Factory.id == Completion.factory_id)
        .join(Programme, Programme.id == Factory.programme_id)
        .where(
            Completion.factory_id.in_(factories), Completion.withdrawn_at.is_(None), Completion.line.is_not(None),
            Completion.role == JobRole.SUPERVISOR, CourseVersion.category == Category.SUPERVISORY_SKILLS,
        )
        .order_by(Completion.completed_at, Completion.id)
    )


def lines(factory_id: int, trained: Trained | None = None) -> list[LineShown]:
    """The lines of a factory that have weeks, by name: 1, 2, 10. Three statements; one where `trained` is known."""
    found, trained = current([factory_id]), trainings([factory_id]) if trained is None else trained
    counted = sa.func.max(found.c.line), found.c.line_key, sa.func.count(), *(
        of(found.c.monday) for of in (sa.func.min, sa.func.max))
    statement = sa.select(*counted).group_by(found.c.line_key).order_by(found.c.line_key)
    shown = []
    for name, key, number, first, last in db.session.execute(statement):
        said = trained.get((factory_id, key), TrainedLine(name, None, None, is_corrected=False))
        shown.append(LineShown(name, key, number, first, last, said.trained_on, said.sex, said.is_corrected))
    return sorted(shown, key=lambda each: _as_counted(each.key))


def unmatched(factory: Factory, shown: Sequence[LineShown], trained: Trained) -> Unmatched:
    """What does not meet between the lines with weeks and what is known of people today. One statement."""
    known = {each.key for each in shown}
    without_weeks = [said for (_factory, key), said in trained.items() if key not in known and not said.is_corrected]
    led = {fold(name) for name in db.session.scalars(
        sa.select(Line.name).join(Employment, Employment.line_id == Line.id)
        .where(
            Employment.factory_id == factory.id, Employment.role == JobRole.SUPERVISOR,
            held_on(today(factory.programme.zone)))
        .distinct())}
    unled = [each.name for each in shown if each.key not in led and (factory.id, each.key) not in trained]
    return Unmatched(sorted(without_weeks, key=lambda each: _as_counted(fold(each.line))), unled)


def _as_counted(key: str) -> list[str | int]:
    """Words and numbers in turn: line 2 stands before line 10."""
    return [int(part) if place % 2 else part.strip() for place, part in enumerate(re.split(r"(\d+)", key))]


def latest(programme_id: int, factory_id: int | None) -> EffectResult | None:
    """The latest comparison that is finished."""
    return _latest(programme_id, factory_id, EffectResult.made_at.is_not(None))


def was_ordered(programme_id: int) -> bool:
    """Whether all factories of a programme were ever to be compared together."""
    return _latest(programme_id, None) is not None


def is_comparing(programme_id: int, factory_id: int | None) -> bool:
    """Whether the last comparison that was ordered is being made. What is not there after `LONGEST` will not come."""
    last = _latest(programme_id, factory_id)
    return last is not None and last.made_at is None and last.ordered_at > now() - LONGEST


def _latest(programme_id: int, factory_id: int | None, *wanted: sa.ColumnElement[bool]) -> EffectResult | None:
    statement = sa.select(EffectResult).where(
        EffectResult.programme_id == programme_id, EffectResult.factory_id.is_not_distinct_from(factory_id), *wanted)
    return db.session.scalar(statement.order_by(EffectResult.id.desc()).limit(1))


def programmes(actor: Actor) -> Sequence[Programme]:
    """Programmes all of whose factories the actor may compare, by code."""
    scope = actor.scope(Permission.EFFECT_READ)
    statement = sa.select(Programme).order_by(Programme.code)
    if not scope.everything:
        statement = statement.where(Programme.id.in_(scope.programmes))
    return db.session.scalars(statement).all()


def results(actor: Actor) -> Sequence[EffectResult]:
    """The latest comparison of each factory and of each programme that the actor sees. One statement."""
    place = sa.func.row_number().over(
        partition_by=(EffectResult.programme_id, EffectResult.factory_id), order_by=EffectResult.id.desc())
    ranked = sa.select(EffectResult.id, place.label("place")).where(EffectResult.made_at.is_not(None)).subquery()
    statement = (
        sa.select(EffectResult)
        .join(ranked, ranked.c.id == EffectResult.id)
        .outerjoin(Factory, Factory.id == EffectResult.factory_id)
        .where(ranked.c.place == 1)
        .options(joinedload(EffectResult.programme), joinedload(EffectResult.factory))
        .order_by(EffectResult.programme_id, Factory.name, EffectResult.id)
    )
    scope = actor.scope(Permission.EFFECT_READ)
    if not scope.everything:
        of_programme = sa.and_(EffectResult.factory_id.is_(None), EffectResult.programme_id.in_(scope.programmes))
        statement = statement.where(sa.or_(of_programme, sa.and_(EffectResult.factory_id.is_not(None), within(scope))))
    return db.session.scalars(statement).all()


def factories_with_weeks(programme_id: int) -> list[int]:
    """Factories of a programme that have sent weeks which count."""
    statement = sa.select(Factory.id).where(
        Factory.programme_id == programme_id,
        sa.exists().where(WeekFile.factory_id == Factory.id, WeekFile.state == FileState.APPLIED))
    return list(db.session.scalars(statement.order_by(Factory.id)))
