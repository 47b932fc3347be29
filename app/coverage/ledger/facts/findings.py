"""Since when until when findings were open, for requirements that follow from a finding."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from app.coverage.ledger.facts.reading import ids, rows
from app.coverage.ledger.rules import Stretch
from app.improvement.findings.models import Finding
from app.improvement.findings.rules import FindingStatus

_FINDINGS = (
    sa.select(Finding.factory_id, Finding.point, Finding.question, Finding.assessed_on, Finding.status)
    .where(
        Finding.factory_id.in_(ids("factories")), Finding.point.in_(ids("points")), Finding.withdrawn_at.is_(None)
    )
    .order_by(Finding.assessed_on, Finding.id)
)


def open_findings(
    factory_ids: Collection[int], points: Collection[str]
) -> Mapping[int, Mapping[str, Sequence[Stretch]]]:
    """Factory -> point -> when a question of it was open: from the day of an assessment that says so until the day of
    one that says it is closed. What was withdrawn never was. One statement.
    """
    said: dict[tuple[int, str, str], dict[date, bool]] = defaultdict(dict)
    for row in rows(_FINDINGS, {"factories": list(factory_ids), "points": sorted(points)}):
        said[row.factory_id, row.point, row.question][row.assessed_on] = row.status != FindingStatus.CLOSED
    found: dict[int, dict[str, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    for (factory_id, point, _question), days in said.items():
        ends: list[date | None] = [*list(days)[1:], None]
        for (start, is_open), end in zip(days.items(), ends, strict=True):
            if is_open:
                found[factory_id][point].append(Stretch(start, end))
    return found
