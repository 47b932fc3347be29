"""What remains of somebody whom a report named first and names no more."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.attendance import rules
from app.attendance.models import MarkEntry
from app.attendance.rules import Evidence, Mark, Said
from app.platform.db import db


@dataclass(frozen=True)
class TakenBack:
    """What the report says instead."""

    mark: Mark
    evidence: Evidence
    minutes: int | None


def taken_back(
    logs: Mapping[int, Sequence[Said]], person_ids: Collection[int], marker: str
) -> dict[int, TakenBack]:
    """By person. What others said counts again: what the report had replaced is said once more as it was known, beside
    what is known better the report is silent. Of whom nobody else said anything was there for no minute.
    """
    others = {each: [said for said in logs.get(each, ()) if said.marker != marker] for each in person_ids}
    decided = {each: rules.decide(log) for each, log in others.items()}
    counting = {each: one.counts for each, one in decided.items() if one}
    rows = db.session.execute(
        sa.select(MarkEntry.mark_id, MarkEntry.evidence).where(
            MarkEntry.mark_id.in_([said.mark_id for said in counting.values()])
        )
    )
    known = {mark_id: evidence for mark_id, evidence in rows}  # noqa: C416 - rows are not pairs to a type checker
    found = {}
    for each in sorted(person_ids):
        if each not in counting:
            found[each] = TakenBack(Mark.ABSENT, Evidence.PROVIDER_REPORT, 0)
        elif counting[each].strength >= Evidence.PROVIDER_REPORT.strength:
            found[each] = TakenBack(Mark.ABSENT, Evidence.AUTOMATIC, None)
        else:
            found[each] = TakenBack(counting[each].mark, known[counting[each].mark_id], None)
    return found
