"""Participations month by month, for a chart: each counts in the month of its first half-day in the period."""

from datetime import date

import sqlalchemy as sa

from app.platform.db import db
from app.reports.facts import people
from app.reports.facts.asked import Asked
from app.reports.rules.facts import Way
from app.reports.rules.period import Span, months_later


def participations(asked: Asked) -> list[tuple[date, dict[Way, int]]]:
    """Every month of the period with its participations by modality, also those with none. One statement."""
    rows = people.participations(asked)
    way = sa.case(
        (rows.c.virtual == 0, Way.IN_PERSON.value), (rows.c.virtual == rows.c.half_days, Way.VIRTUAL.value),
        else_=Way.BOTH.value,
    )  # fmt: skip
    year, month = sa.extract("year", rows.c.first), sa.extract("month", rows.c.first)
    each = sa.select(year.label("year"), month.label("month"), way.label("way")).subquery()
    counted = sa.select(each.c.year, each.c.month, each.c.way, sa.func.count()).group_by(
        each.c.year, each.c.month, each.c.way
    )
    found = {(int(row[0]), int(row[1]), Way(row[2])): row[3] for row in db.session.execute(counted)}
    return [
        (day, {kind: found.get((day.year, day.month, kind), 0) for kind in Way}) for day in _months(asked.span)
    ]  # fmt: skip


def _months(span: Span) -> list[date]:
    day, found = span.first.replace(day=1), []
    while day <= span.last:
        found.append(day)
        day = months_later(day, 1)
    return found
