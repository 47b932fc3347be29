"""The people behind a number of one factory, as an address asks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.coverage import queries
from app.coverage.queries import Required
from app.coverage.rules import Figure, Group, instant, total
from app.factories.models import Factory
from app.factories.queries import visible_factories
from app.factories.rules import Sex
from app.platform.clock import now
from app.platform.db import db
from app.platform.web.paging import Slice, paginate

SIZE = 50


@dataclass(frozen=True)
class Asked:
    """Which people: of one group, and perhaps of one sex, role or side, and line."""

    group: Group
    sex: Sex | None = None
    part: str | None = None
    line_id: int | None = None

    @classmethod
    def of(cls, said: Mapping[str, str], *, with_parts: bool) -> "Asked":
        """What an address says; what is not understood counts as not said."""
        group = next((each for each in Group if each == said.get("show")), Group.UNCOVERED)
        sex = next((each for each in Sex if each == said.get("sex")), None)
        line = said.get("line", "")
        line_id = int(line) if line.isascii() and line.isdecimal() and len(line) < 10 else None
        return cls(group, sex, said.get("role") or None if with_parts else None, line_id)

    def again(self) -> dict[str, Any]:
        """The same as parts of an address, without the group."""
        return {"sex": self.sex, "role": self.part, "line": self.line_id}


@dataclass(frozen=True)
class Counts:
    """How many people there are in each group of those that are asked for, and in which roles or sides."""

    by_group: Mapping[Group, int]
    parts: Sequence[str]
    day: date


def behind(
    actor: Actor, found: Factory, requirement: Required, asked: Asked, on: date | None, number: int
) -> Slice[Any]:
    """One page of them, with what the actor may know of each. One statement. The caller has checked the factory."""
    seen = visible_factories(actor, Permission.FACTORIES_READ).with_only_columns(Factory.id)
    return paginate(_statement(found, requirement, asked, on, seen), number, SIZE)


def everybody(found: Factory, requirement: Required, asked: Asked, on: date | None) -> Sequence[Any]:
    """All of them, with what the factory itself may know. One statement. The caller has checked the factory."""
    return db.session.execute(_statement(found, requirement, asked, on)).all()


def _statement(
    found: Factory, requirement: Required, asked: Asked, on: date | None, seen: sa.Select[int] | None = None
) -> sa.Select[Any]:
    return queries.people(found, requirement, asked.group, on, asked.sex, asked.part, asked.line_id, seen)


def count(found: Factory, requirement: Required, asked: Asked, on: date | None) -> Counts:
    """From the figures, so that each number is the one that led here; on one line they are counted by name."""
    day = instant(found.programme.zone, on, now()).day
    figures = queries.figures_by_role(found, [requirement], on).get((found.id, requirement.id), [])
    parts = [part for part in dict.fromkeys(each.role for each in figures) if part]
    if asked.line_id is not None:
        return Counts({asked.group: _number(found, requirement, asked, on)}, parts, day)
    whole = total(each for each in figures if _fits(each, asked))
    new = _number(found, requirement, Asked(Group.NEW, asked.sex, asked.part), on)
    by_group = {
        Group.UNCOVERED: whole.uncovered, Group.NEW: new, Group.COVERED: whole.covered, Group.DUE: whole.due_soon,
        Group.LOST: whole.lost, Group.EVER: whole.ever, Group.ACTIVE: whole.active, Group.WAIVED: whole.waived,
        Group.DUE_90: whole.due_90,
    }  # fmt: skip
    return Counts(by_group, parts, day)


def _fits(figure: Figure, asked: Asked) -> bool:
    return asked.sex in {None, figure.sex} and asked.part in {None, figure.role}


def _number(found: Factory, requirement: Required, asked: Asked, on: date | None) -> int:
    rows = _statement(found, requirement, asked, on).order_by(None).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(rows)) or 0
