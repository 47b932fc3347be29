"""What the lines of a factory made in each week of a year: more after their supervisors were trained."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from app.demo import days
from app.demo.cast import Cast
from app.demo.places import CAMBODIA
from app.effect import operations, queries
from app.effect.rules import week_number
from app.platform.clock import today
from app.platform.tables import write_csv

AT_PLACES = (CAMBODIA,)
SINCE = timedelta(days=2)
"""So long ago the figures came."""
LINES = 14
_WEEKS, _MINUTES, _SAM = 60, 2880, 12.5
_GAIN = 1.14
_HEADER = ("Factory", "Line", "Week", "Operators", "Minutes worked", "SAM", "Pieces", "Defects", "Efficiency %")


def tell(cast: Cast, seed: int) -> None:
    """The production office sends a year of weeks, with a slip of the pen."""
    day = today(cast.place.zone) - SINCE
    with days.at(cast.place, datetime.combine(day, time(9))):
        known = queries.trainings([cast.factory.id])
        trained = {key: said.trained_on for (_factory, key), said in known.items() if said.trained_on}
        chance = Random(f"{seed} weeks {cast.factory.code}")  # noqa: S311 - a story, no secret
        rows = list(_rows(cast, day, trained, chance))
        read = operations.preview(cast.focal_point, cast.factory, "weekly-efficiency.csv", write_csv(_HEADER, rows))
        operations.apply(cast.focal_point, read.id)


def _rows(cast: Cast, day: date, trained: dict[str, date], chance: Random) -> Iterator[tuple[str, ...]]:
    monday = day - timedelta(days=day.weekday())
    for number in range(1, LINES + 1):
        line, usual = f"Line {number}", chance.uniform(44, 58)
        since = trained.get(f"line {number}")
        for week in range(_WEEKS):
            start = monday - timedelta(weeks=_WEEKS - week)
            gain = _GAIN if since and week_number(start) > week_number(since) else 1.0
            efficiency = usual * gain * (1 + 0.06 * week / _WEEKS) * chance.gauss(1, 0.05)
            operators = chance.randint(28, 32)
            pieces = round(efficiency * operators * _MINUTES / (100 * _SAM))
            year, name, _weekday = start.isocalendar()
            shown = "n/a" if (number, week) == (3, 20) else str(pieces)
            yield (
                cast.factory.name, line, f"{year}-W{name:02}", str(operators), str(_MINUTES), str(_SAM), shown,
                str(round(pieces * 0.03)), f"{pieces * _SAM * 100 / (operators * _MINUTES):.1f}")
