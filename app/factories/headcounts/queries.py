"""Reads of declared headcounts. Unless an actor is asked for, the caller has checked the factory."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.headcounts.models import Headcount, HeadcountCount, HeadcountImport
from app.factories.headcounts.rules import Said
from app.factories.models import Factory
from app.factories.queries import visible_factories
from app.factories.rules import JobRole, Sex
from app.platform.db import db
from app.platform.refusal import NotFound

COUNTING = (Headcount.as_of.desc(), Headcount.is_revision.desc(), Headcount.number.desc())
"""Of one day the first in this order counts: a revision before all others, then what came last."""
MOST_FILES = 20


def latest(factory_id: int, on: date | None = None) -> Headcount | None:
    """The snapshot that counts now, or that of a past day; None where nothing was declared by then."""
    statement = sa.select(Headcount).where(Headcount.factory_id == factory_id)
    if on is not None:
        statement = statement.where(Headcount.as_of <= on)
    statement = statement.options(selectinload(Headcount.counts)).order_by(*COUNTING)
    return db.session.scalar(statement.limit(1))


def said(row: Headcount) -> Said:
    """What a snapshot says."""
    return Said(
        row.as_of, row.source, {(count.role, count.sex): count.people for count in row.counts}, row.lines, row.shifts,
        row.under_18, row.migrants, row.is_revision)


def history(factory_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Every snapshot of a factory with its sums, the latest day first.

    `counts` is false for one that another of the same day stands before.
    """
    place = sa.func.row_number().over(partition_by=Headcount.as_of, order_by=COUNTING[1:])
    counted = (
        sa.select(HeadcountCount.headcount_id, _people().label("total"), _people(sex=Sex.F).label("women"),
                  _people(sex=Sex.M).label("men"), _people(role=JobRole.SUPERVISOR).label("supervisors"))
        .join(Headcount, Headcount.id == HeadcountCount.headcount_id)
        .where(Headcount.factory_id == factory_id)
        .group_by(HeadcountCount.headcount_id)
        .subquery()
    )
    sums = [sa.func.coalesce(counted.c[name], 0).label(name) for name in ("total", "women", "men", "supervisors")]
    return (
        sa.select(Headcount.id, Headcount.as_of, Headcount.source, Headcount.is_revision, Headcount.lines, *sums,
                  (place == 1).label("counts"))
        .outerjoin(counted, counted.c.headcount_id == Headcount.id)
        .where(Headcount.factory_id == factory_id)
        .order_by(*COUNTING)
    )


def _people(sex: Sex | None = None, role: JobRole | None = None) -> sa.ColumnElement[int]:
    asked = (HeadcountCount.sex == sex) if sex else (HeadcountCount.role == role) if role else sa.true()
    return sa.func.sum(sa.case((asked, HeadcountCount.people), else_=0))


def snapshot(factory_id: int, headcount_id: int) -> Headcount:
    """One snapshot of a factory. Raises NotFound."""
    found = db.session.get(Headcount, headcount_id, options=[selectinload(Headcount.counts)])
    if found is None or found.factory_id != factory_id:
        raise NotFound
    return found


def of_day(factory_id: int, day: date) -> Sequence[Headcount]:
    """Everything that is said of a day; the first counts."""
    statement = sa.select(Headcount).where(Headcount.factory_id == factory_id, Headcount.as_of == day)
    return list(db.session.scalars(statement.options(selectinload(Headcount.counts)).order_by(*COUNTING)))


def known(factory_id: int, days: Collection[date]) -> dict[date, list[Said]]:
    """What is said of these days and of those between them; of each day the last counts."""
    found: dict[date, list[Said]] = defaultdict(list)
    statement = sa.select(Headcount).where(_within(factory_id, days)).options(selectinload(Headcount.counts))
    for row in db.session.scalars(statement.order_by(*COUNTING)):
        found[row.as_of].insert(0, said(row))
    return dict(found)


def last_numbers(factory_id: int, days: Collection[date]) -> dict[date, int]:
    """The highest number of each of these days, and of those between them, that has one."""
    statement = sa.select(Headcount.as_of, sa.func.max(Headcount.number)).where(_within(factory_id, days))
    rows = db.session.execute(statement.group_by(Headcount.as_of))
    return {row[0]: row[1] for row in rows}


def _within(factory_id: int, days: Collection[date]) -> sa.ColumnElement[bool]:
    span = Headcount.as_of.between(min(days), max(days)) if days else sa.false()
    return sa.and_(Headcount.factory_id == factory_id, span)


def headcount_import(actor: Actor, import_id: int) -> HeadcountImport:
    """A file that was read, where the actor may enter headcounts. Raises NotFound."""
    factories = visible_factories(actor, Permission.HEADCOUNTS_IMPORT).with_only_columns(Factory.id)
    statement = sa.select(HeadcountImport).where(
        HeadcountImport.id == import_id, HeadcountImport.factory_id.in_(factories))
    with_factory = joinedload(HeadcountImport.factory).joinedload(Factory.programme)
    found = db.session.scalar(statement.options(with_factory).execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def files(factory_id: int) -> Sequence[Any]:
    """The files that were read last, without what stood in them: id, file_name, created_at, state."""
    columns = (HeadcountImport.id, HeadcountImport.file_name, HeadcountImport.created_at, HeadcountImport.state)
    statement = sa.select(*columns).where(HeadcountImport.factory_id == factory_id)
    return db.session.execute(statement.order_by(HeadcountImport.id.desc()).limit(MOST_FILES)).all()
