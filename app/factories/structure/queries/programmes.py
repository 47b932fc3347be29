"""Programmes, their holidays, and groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory, Group, Holiday, Programme
from app.factories.queries import visible_factories
from app.platform.db import db
from app.platform.refusal import NotFound


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme in a list."""

    programme: Programme
    factories: int
    provisional: int
    """Holidays still to come that are not certain."""


def programmes(actor: Actor, today: date) -> list[ProgrammeRow]:
    """Programmes that the actor manages, by code."""
    factories = sa.select(sa.func.count()).where(Factory.programme_id == Programme.id).scalar_subquery()
    provisional = (
        sa.select(sa.func.count())
        .where(Holiday.programme_id == Programme.id, Holiday.is_provisional, Holiday.day >= today)
        .scalar_subquery()
    )
    rows = db.session.execute(_managed(actor).add_columns(factories, provisional).order_by(Programme.code))
    return [ProgrammeRow(*row) for row in rows]


def _managed(actor: Actor) -> sa.Select[Programme]:
    scope = actor.scope(Permission.PROGRAMMES_MANAGE)
    statement = sa.select(Programme)
    return statement if scope.everything else statement.where(Programme.id.in_(scope.programmes))


def managed_programme(actor: Actor, code: str) -> Programme:
    """The programme. Raises NotFound where the actor does not manage it."""
    found = db.session.scalar(_managed(actor).where(Programme.code == code))
    if found is None:
        raise NotFound
    return found


def holidays(programme_id: int, year: int) -> Sequence[Holiday]:
    """The holidays of a year, by day."""
    statement = sa.select(Holiday).where(
        Holiday.programme_id == programme_id, Holiday.day.between(date(year, 1, 1), date(year, 12, 31)))
    return list(db.session.scalars(statement.order_by(Holiday.day)))


def holiday_years(programme_id: int) -> list[int]:
    """The years in which a programme has holidays."""
    year = sa.extract("year", Holiday.day)
    statement = sa.select(year).where(Holiday.programme_id == programme_id).distinct()
    return sorted(int(each) for each in db.session.scalars(statement))


def holiday_days(programme_id: int, first: date, last: date, *, provisional: bool = False) -> frozenset[date]:
    """The certain - or the provisional - holidays of a programme from one day to another, both included."""
    statement = sa.select(Holiday.day).where(
        Holiday.programme_id == programme_id, Holiday.day.between(first, last), Holiday.is_provisional == provisional)
    return frozenset(db.session.scalars(statement))


def holiday(programme_id: int, holiday_id: int) -> Holiday:
    """One holiday of a programme. Raises NotFound."""
    found = db.session.get(Holiday, holiday_id)
    if found is None or found.programme_id != programme_id:
        raise NotFound
    return found


def groups(actor: Actor) -> list[tuple[Group, int]]:
    """Groups that own a factory in reach, by name, each with their number; all groups for those who reach all."""
    counted = sa.func.count(Factory.id)
    statement = sa.select(Group, counted).group_by(Group.id).order_by(Group.name, Group.id)
    if actor.scope(Permission.PROGRAMMES_MANAGE).everything:
        return [(group, number) for group, number in db.session.execute(statement.outerjoin(Factory))]
    rows = db.session.execute(statement.join(Factory).where(Factory.id.in_(_in_reach(actor))))
    return [(group, number) for group, number in rows]


def _in_reach(actor: Actor) -> sa.Select[int]:
    return visible_factories(actor, Permission.PROGRAMMES_MANAGE).with_only_columns(Factory.id)


def group(actor: Actor, code: str) -> Group:
    """The group. Raises NotFound where it owns no factory in reach."""
    statement = sa.select(Group).where(Group.code == code)
    if not actor.scope(Permission.PROGRAMMES_MANAGE).everything:
        statement = statement.where(sa.exists().where(Factory.group_id == Group.id, Factory.id.in_(_in_reach(actor))))
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def factories_in_reach(actor: Actor) -> list[Factory]:
    """Every factory that the actor may give to a group, by name."""
    statement = visible_factories(actor, Permission.PROGRAMMES_MANAGE).order_by(Factory.name, Factory.id)
    return list(db.session.scalars(statement))


def has_factories_elsewhere(actor: Actor, group_id: int) -> bool:
    """Whether a group owns factories that the actor does not manage."""
    elsewhere = sa.exists().where(Factory.group_id == group_id, Factory.id.not_in(_in_reach(actor)))
    return bool(db.session.scalar(sa.select(elsewhere)))
