"""By the clock: coverage at the end of each month; lists that nobody applied are forgotten."""

from datetime import date, timedelta
from functools import partial

from app.coverage.queries import measures_of, required
from app.learning_record import queries, rules
from app.learning_record.operations.coverage import enqueue_months, note_month, rows_of
from app.learning_record.operations.earlier import forget_lists
from app.platform.clock import now
from app.platform.jobs import Done

EVERY = timedelta(hours=1)
TOGETHER = 200
"""So many factories in one job."""


def find_due() -> Done:
    """One job for each block of factories and month that is over, in the zone of the programme; months that were missed
    while nothing ran come first.
    """
    at, written = now(), queries.last_months()
    due = [
        (programme_id, first, month)
        for programme_id, zone, first in queries.blocks(TOGETHER)
        for month in rules.month_ends(written.get(programme_id), rules.month_end(zone, at))
    ]
    return Done(partial(_find_due, due))


def _find_due(due: list[tuple[int, int, date]]) -> None:
    enqueue_months(due)
    forget_lists()


def coverage(programme_id: int, first: int, month_end: str) -> Done:
    """Count a block of factories as of the last day of a month, then write it down."""
    day = date.fromisoformat(month_end)
    measured = measures_of(queries.block(programme_id, first, TOGETHER, day), required([programme_id], day), day)
    return Done(partial(note_month, day, rows_of(measured)))
