"""What two assessments have found at each factory: the second one closes some, worsens others and finds new ones."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from app.demo import days
from app.demo.cast import Cast
from app.improvement.findings import operations
from app.platform.clock import today
from app.platform.tables import write_csv

FIRST, SECOND = timedelta(days=260), timedelta(days=40)
"""So long ago were the assessments; their findings came a week later, never before."""
_LATER = timedelta(days=7)
_HEADER = ("Factory", "Point code", "Question code", "Severity", "Assessed on", "Status")
_FOUND = (
    ("OS-08-Q04", "critical", "open", "closed"),
    ("OS-08-Q11", "high", "open", "in_progress"),
    ("OS-03-Q02", "high", "open", "open"),
    ("OS-03-Q08", "medium", "open", "in_progress"),
    ("OS-05-Q06", "medium", "open", "closed"),
    ("OS-02-Q09", "high", "", "open"),
    ("OS-01-Q01", "medium", "open", "in_progress"),
    ("OS-04-Q03", "low", "", "open"),
    ("OS-06-Q07", "low", "open", "closed"),
    ("WT-02-Q05", "critical", "open", "open"),
    ("WT-01-Q02", "medium", "open", "in_progress"),
    ("CO-05-Q04", "medium", "open", "open"),
    ("CO-02-Q01", "high", "", "open"),
    ("DI-03-Q06", "high", "open", "in_progress"),
    ("CH-04-Q02", "medium", "open", "closed"),
    ("FA-01-Q03", "high", "", "open"),
    ("FL-02-Q02", "critical", "open", "closed"),
)
"""Question, severity, and its state at the first and at the second assessment; empty where it was not found yet."""


def assess(cast: Cast) -> None:
    """The files of both assessments arrive."""
    for ago, second in ((FIRST, False), (SECOND, True)):
        day = today(cast.place.zone) - ago
        with days.at(cast.place, datetime.combine(day + _LATER, time(10))):
            name = f"assessment-{cast.place.factory_code}-{day:%Y-%m}.csv"
            read = operations.preview(cast.manager, name, write_csv(_HEADER, _rows(cast, day, second=second)))
            operations.apply(cast.manager, read.id)


def _rows(cast: Cast, day: date, *, second: bool) -> Iterator[tuple[str, ...]]:
    """No factory has all of them."""
    skipped = sum(map(ord, cast.place.code)) % 4
    for number, (question, severity, then, now) in enumerate(_FOUND):
        status = now if second else then
        if status and number % 4 != skipped:
            yield cast.place.factory_code, question[:5], question, severity, day.isoformat(), status
