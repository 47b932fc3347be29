"""What the record of a place holds from elsewhere: trainings of before, and coverage at the end of each month."""

from datetime import date, datetime, time, timedelta

from app.coverage.queries import measures_of, required
from app.demo import days, rosters
from app.demo.cast import Cast
from app.demo.people import SECOND_ROSTER
from app.factories.rules import JobRole
from app.learning_record.operations import earlier
from app.learning_record.operations.coverage import note_month, rows_of
from app.platform.clock import today
from app.platform.tables import write_xlsx

_MONTHS = 6
_COURSE, _OTHER = "workplace-cooperation", "First aid at work"
_HEADER = ("Employee No", "Training", "Date", "Hours", "Provider", "Result", "Certificate No", "Evidence")


def take_over(cast: Cast) -> None:
    """A list of what some leaders had learned before; the programme vouches for one of the courses."""
    day = today(cast.place.zone) - SECOND_ROSTER
    with days.at(cast.place, datetime.combine(day + timedelta(days=2), time(10))):
        numbers = sorted(rosters.people(cast.factory, (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR)))[:6]
        taught = day - timedelta(days=300)
        rows = [_row(number, place, taught) for place, number in enumerate(numbers)]
        found = earlier.preview_earlier(
            cast.manager, cast.place.factory_code, "earlier-trainings.xlsx", write_xlsx(_HEADER, rows))
        decision = earlier.Decision(counts={_COURSE})
        earlier.apply_earlier(cast.manager, cast.place.factory_code, found.id, decision)


def note_months(cast: Cast) -> None:
    """Coverage at the end of the last months."""
    requirements = required([cast.programme_id])
    first = today(cast.place.zone).replace(day=1)
    for _ in range(_MONTHS):
        end = first - timedelta(days=1)
        note_month(end, rows_of(measures_of([cast.factory], requirements, end)))
        first = end.replace(day=1)


def _row(number: str, place: int, taught: date) -> tuple[str | float | date, ...]:
    course, provider = (_COURSE, "Labour institute") if place % 2 else (_OTHER, "Red Crescent branch")
    return number, course, taught, 8.0, provider, "Passed", f"E-{1000 + place}", "Folder 7, signed sheet"
