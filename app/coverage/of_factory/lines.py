"""A requirement line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.coverage.of_factory import queries
from app.coverage.of_factory.rules import OnLine
from app.coverage.queries import Required
from app.coverage.requirements.rules import Kind
from app.coverage.rules import instant
from app.factories.models import Factory, Line
from app.factories.rules import JobRole, LineKind
from app.platform.clock import now


@dataclass(frozen=True)
class LineRow:
    """A line, who is on it role by role, and whether it is as it should be; None where it is not asked about."""

    line: Line
    places: Sequence[OnLine]
    is_met: bool | None


def of_lines(factory: Factory, requirement: Required, on: date | None) -> list[LineRow]:
    """Lines in their order. Three statements. The caller has checked the factory."""
    at = instant(factory.programme.zone, on, now()).day
    places = queries.on_lines(factory, on).get(requirement.id, [])
    asked = queries.units(factory, requirement, on) if requirement.kind is Kind.UNIT else {}
    rows = []
    for line in queries.lines(factory.id, at):
        here = [each for each in places if each.line_id == line.id]
        if requirement.kind is Kind.UNIT:
            is_met = asked.get(line.id)
        elif line.kind is LineKind.LINE:
            is_met = any(each.part == JobRole.SUPERVISOR and each.covered for each in here)
        else:
            is_met = None
        if here or is_met is not None:
            rows.append(LineRow(line, here, is_met))
    return rows
