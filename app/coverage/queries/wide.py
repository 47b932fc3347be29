"""Figures of a country, factory by factory, and of the world, programme by programme: added up in the database."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.coverage.queries.summing import Within, summed, sums, until
from app.coverage.rules import Figure
from app.factories.models import Programme
from app.platform.db import db

_OF_COUNTRY = sums(("factory_id", "requirement_id"), Within.PROGRAMMES)
_OF_WORLD = sums(("requirement_id",), Within.WORLD)


def of_country(programme_ids: Collection[int], on: date | None = None) -> dict[tuple[int, int], Figure]:
    """(factory, requirement) -> everybody together, by name, now or as printed when a day ended. Three statements. The
    caller has checked the programmes.
    """
    zones = _zones(Programme.id.in_(programme_ids))
    if not zones:
        return {}
    found = summed(_OF_COUNTRY, Within.PROGRAMMES, list(zones), until(zones, on))
    return {(row.factory_id, row.requirement_id): _figure(row) for row in found}


def world(on: date | None = None) -> dict[int, Figure]:
    """Requirement - each is that of one programme - -> everybody together. Three statements."""
    zones = _zones(sa.true())
    if not zones:
        return {}
    return {row.requirement_id: _figure(row) for row in summed(_OF_WORLD, Within.WORLD, (), until(zones, on))}


def _zones(which: sa.ColumnElement[bool]) -> Mapping[int, str]:
    rows = db.session.execute(sa.select(Programme.id, Programme.zone).where(which)).all()
    return {row.id: row.zone for row in rows}


def _figure(row: Any) -> Figure:
    return Figure(
        None, row.active, row.valid, row.due, row.ever, row.lost, None, row.waived, row.units, row.met, row.due_90
    )
