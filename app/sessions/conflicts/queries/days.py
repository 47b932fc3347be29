"""The rules by which a programme plans, and its holidays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

import sqlalchemy as sa

from app.factories.models import Holiday, Programme
from app.platform.db import db
from app.sessions.conflicts.queries.busy import Window
from app.sessions.conflicts.rules.known import DayOff, Known, Pause
from app.sessions.models import PlanningRules

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Planned:
    """What a programme decided, and the defaults where it decided nothing."""

    zone: str
    rest_days: frozenset[int]
    release_one_in: int
    travel_near: int
    travel_far: int
    pauses: Sequence[Pause]


def rules(programme_id: int) -> Planned:
    """One statement."""
    row = db.session.execute(
        sa.select(
            Programme.zone, Programme.rest_days, PlanningRules.release_one_in, PlanningRules.travel_near_minutes,
            PlanningRules.travel_far_minutes, PlanningRules.breaks,
        )
        .outerjoin(PlanningRules, PlanningRules.programme_id == Programme.id)
        .where(Programme.id == programme_id)
    ).one()
    zone, rest_days, one_in, near, far, breaks = row
    if one_in is None:
        one_in, near, far, breaks = Known.release_one_in, Known.travel_near, Known.travel_far, []
    return Planned(zone, frozenset(rest_days), one_in, near, far, [pause(each) for each in breaks])


def pause(row: dict[str, Any]) -> Pause:
    """A break as `PlanningRules` keeps it."""
    starts, ends = (time.fromisoformat(row[name]) for name in ("starts", "ends"))
    return Pause(row["name"], starts, ends, frozenset(row["days"]))


def days_off(programme_id: int, window: Window) -> list[DayOff]:
    """Holidays around the window: the day of the programme may be another than that of UTC."""
    first, last = (window.starts_at - _DAY).date(), (window.ends_at + _DAY).date()
    rows = db.session.execute(
        sa.select(Holiday.day, Holiday.name, Holiday.is_provisional).where(
            Holiday.programme_id == programme_id, Holiday.day.between(first, last)
        )
    )
    return [DayOff(*row) for row in rows]
