"""Coverage as it was at the end of each month."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.completions.queries import zone_of
from app.coverage.queries import Measure
from app.coverage.requirements.rules import WHOLE
from app.learning_record.models import EntryKind
from app.learning_record.operations.noting import note
from app.platform.clock import now
from app.platform.jobs import enqueue


@dataclass(frozen=True)
class CoverageRow:
    """How many a requirement asked for, and how many of them were covered, with its name as it was then: people, or
    lines or the factory itself where it asks for those.
    """

    requirement: int
    titles: dict[str, str]
    active: int
    valid: int


def note_coverage(factory_id: int, month_end: date, rows: Sequence[CoverageRow]) -> None:
    """What was covered at the end of a month, once: what comes later is an adjustment and no other entry.

    `month_end` is the last day of the month by the calendar of the factory; a factory without rows gets no entry.
    """
    if not rows:
        return
    end = datetime.combine(month_end + timedelta(days=1), time(), ZoneInfo(zone_of(factory_id)))
    note(
        factory_id=factory_id,
        kind=EntryKind.COVERAGE,
        source=f"coverage:{month_end.isoformat()}",
        at=end - timedelta(seconds=1),
        details={"rows": [asdict(each) for each in rows]},
    )


def rows_of(measured: Mapping[int, Sequence[Measure]]) -> dict[int, list[CoverageRow]]:
    """What was measured as it enters the record, by factory."""
    return {
        factory_id: [_row(measure) for measure in measures if measure.denominator.people]
        for factory_id, measures in measured.items()
    }


def _row(measure: Measure) -> CoverageRow:
    asked, whole = measure.requirement, measure.whole
    done = whole.met if asked.kind in WHOLE else whole.covered
    return CoverageRow(asked.id, dict(asked.titles), measure.denominator.people, done)


def note_month(month_end: date, rows: dict[int, list[CoverageRow]]) -> None:
    """The end of a month of several factories."""
    for factory_id in sorted(rows):
        note_coverage(factory_id, month_end, rows[factory_id])


def enqueue_months(due: Collection[tuple[int, int, date]]) -> None:
    """One job for each programme, block of factories and month."""
    for programme_id, first, month_end in due:
        key = f"record.coverage:{programme_id}:{first}:{month_end}"
        enqueue(
            "record.coverage", dedupe=key, run_at=now(), programme_id=programme_id, first=first,
            month_end=month_end.isoformat())
