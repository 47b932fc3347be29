"""In which programme a calendar is read: its zone, its days of rest, and what can be looked for in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts import queries as accounts
from app.accounts.models import Account
from app.factories.models import Factory, Holiday, Programme
from app.factories.queries import visible_factories
from app.factories.structure.rules import rest_days_of
from app.platform.clock import today
from app.platform.db import db
from app.platform.i18n.folding import searchable
from app.sessions.models import Room, TrainingSession
from app.sessions.planner.rules import Rest, Span, View, first_weekday


@dataclass(frozen=True)
class PlanFilter:
    """What the address of the calendar asks for; empty means all. `factory` is its code, or words of its name."""

    view: View = View.MONTH
    day: str = ""
    programme: str = ""
    trainer: int | None = None
    room: int | None = None
    province: str = ""
    factory: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.trainer or self.room or self.province or self.factory)


@dataclass(frozen=True)
class Frame:
    """One programme as the actor sees it. `factory`: the chosen one, which has days of rest of its own."""

    programme: Programme
    programmes: Sequence[Programme]
    factories: Sequence[Any]
    """Code, names, province and days of rest of every factory in sight, by name."""
    factory: Any | None
    is_wide: bool
    """Whether the actor sees the whole programme, and not only what concerns the own factories."""
    may_plan: bool

    @property
    def zone(self) -> str:
        return self.programme.zone

    @property
    def today(self) -> date:
        return today(self.programme.zone)

    @property
    def rest_days(self) -> frozenset[int]:
        return rest_days_of(self.factory or self.programme, self.programme)

    @property
    def begins(self) -> int:
        """The ISO weekday on which weeks begin."""
        return first_weekday(self.rest_days)

    @property
    def provinces(self) -> list[str]:
        return sorted({row.province for row in self.factories if row.province})


def frame(actor: Actor, chosen: PlanFilter) -> Frame | None:
    """The programme that was asked for, else the first; None for who sees no programme. Two statements."""
    found = programmes(actor)
    if not found:
        return None
    programme = next((each for each in found if each.code == chosen.programme), found[0])
    factories = _factories(actor, programme)
    return Frame(
        programme=programme,
        programmes=found,
        factories=factories,
        factory=_meant(factories, chosen.factory) if chosen.factory else None,
        is_wide=actor.scope(Permission.SESSIONS_READ).reaches(programme.id),
        may_plan=actor.scope(Permission.SESSIONS_PLAN).reaches(programme.id),
    )


def programmes(actor: Actor) -> Sequence[Programme]:
    """Programmes in which the actor sees training sessions: all of them or some. By code."""
    scope = actor.scope(Permission.SESSIONS_READ)
    statement = sa.select(Programme).order_by(Programme.code)
    if not scope.everything:
        own = sa.select(Factory.programme_id).where(Factory.id.in_(scope.factories))
        asked = sa.select(TrainingSession.programme_id).where(TrainingSession.id.in_(scope.trainings))
        statement = statement.where(
            sa.or_(Programme.id.in_(scope.programmes), Programme.id.in_(own), Programme.id.in_(asked))
        )
    return db.session.scalars(statement).all()


def _factories(actor: Actor, programme: Programme) -> Sequence[Any]:
    columns = (
        Factory.id, Factory.code, Factory.name, Factory.local_name, Factory.language, Factory.province,
        Factory.rest_days,
    )  # fmt: skip
    own = visible_factories(actor, Permission.SESSIONS_READ).where(Factory.programme_id == programme.id)
    return db.session.execute(own.with_only_columns(*columns).order_by(Factory.name, Factory.id)).all()


def _meant(factories: Sequence[Any], words: str) -> Any | None:
    """The factory with this code, else the first whose names hold every word."""
    code = words.strip().upper()
    wanted = searchable(words).split()
    named = (row for row in factories if all(word in searchable(row.name, row.local_name) for word in wanted))
    return next((row for row in factories if row.code == code), None) or next(named, None)


def holidays(programme_id: int, within: Span) -> Mapping[date, Rest]:
    """The holidays of a programme in these days. One statement."""
    rows = db.session.execute(
        sa.select(Holiday.day, Holiday.name, Holiday.is_provisional).where(
            Holiday.programme_id == programme_id, Holiday.day.between(within.first, within.last)
        )
    )
    return {day: Rest(names=names, is_provisional=is_provisional) for day, names, is_provisional in rows}


@dataclass(frozen=True)
class Choices:
    """What can be chosen in the filter."""

    trainers: Sequence[Account]
    rooms: Sequence[Any]


def choices(found: Frame) -> Choices:
    """Trainers and rooms of the programme, for who sees all of it. At most two statements."""
    if not found.is_wide:
        return Choices([], [])
    own = sa.select(Room.id, Room.name).where(Room.programme_id == found.programme.id).order_by(Room.name)
    return Choices(accounts.trainers(found.programme.id), db.session.execute(own).all())
