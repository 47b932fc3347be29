"""Seminars so often, and modules of a pathway on pace: what counts on which day, as tables that people can check."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.attendance import operations as marking
from app.attendance.rules import Mark
from app.courses.rules import Category
from app.coverage import queries
from app.coverage.ledger import settling, units
from app.coverage.ledger.rules import Asked, Facts, Held, Seat, expected, standing
from app.coverage.requirements.rules import Happening, Kind, Rule
from app.factories.models import Factory
from app.improvement.ambassadors.rules import AmbassadorKind
from app.platform import clock
from app.platform.db import db
from app.sessions.rules import TrainingState
from tests.coverage.test_five_factories import table
from tests.make import attendance, courses, factories, requirements

YEAR = Rule(Kind.CADENCE, happening=Happening.SEMINAR, needed=3, months=12)
"""Three of the four seminars of a cycle (DOMAIN 6.1, R5)."""
SEMINARS = (date(2025, 2, 10), date(2025, 5, 31), date(2025, 9, 1), date(2026, 2, 28))

CADENCE = """
day        | in twelve months | met | because
2025-02-09 | 0                | no  | nothing was held yet
2025-02-10 | 1                | no  | the day itself counts
2025-08-31 | 2                | no  |
2025-09-01 | 3                | yes | the third
2026-02-09 | 3                | yes | the last day of the first one's year
2026-02-10 | 2                | no  | the first one is a year old
2026-02-28 | 3                | yes | the fourth stands in for it
2026-05-30 | 3                | yes |
2026-05-31 | 2                | no  |
2027-02-28 | 0                | no  |
"""


def test_three_seminars_in_twelve_months_day_by_day() -> None:
    changes = units.cadence([Asked(date(2025, 1, 1), None, YEAR)], {Happening.SEMINAR: SEMINARS})
    for row in table(CADENCE):
        day = date.fromisoformat(row["day"])
        booked = [each.counts for each in changes if each.day <= day]
        assert units.held(YEAR, {Happening.SEMINAR: SEMINARS}, day) == int(row["in twelve months"]), row
        assert (sum(each.units for each in booked), sum(each.met for each in booked)) == (1, int(row["met"] == "yes")), row


def test_drills_are_no_seminars_and_before_it_is_asked_nothing_is() -> None:
    assert units.held(YEAR, {Happening.DRILL: SEMINARS}, SEMINARS[-1]) == 0
    first = min(each.day for each in units.cadence([Asked(date(2025, 9, 15), None, YEAR)], {Happening.SEMINAR: SEMINARS}))
    assert first == date(2025, 9, 15)


ATTENDED = """
seminar  | days ago | half-days | factory | mark    | closed | counts for Alba
wages    | 300      | 1         | Alba    | present | yes    | 1
hours    | 200      | 2         | Alba    | late    | yes    | 2
child    | 100      | 1         | Alba    | absent  | yes    | 2
forced   | 90       | 1         | Alba    | partial | yes    | 2
equal    | 80       | 1         | Bora    | present | yes    | 2
harass   | 70       | 1         | Alba    | present | no     | 2
osh      | 60       | 1         | Alba    | present | yes    | 3
"""
"""Two half-days are one seminar; whoever left early or did not come was not there; a seminar counts once it is closed."""


def test_which_seminars_a_factory_attended(app: Flask) -> None:
    named = {name: factories.factory(name=name) for name in ("Alba", "Bora")}
    requirements.requirement(factories.programme(), 0, "seminars", rule=YEAR, starts_on=date(2020, 1, 1))
    for row in table(ATTENDED):
        _attended(named[row["factory"]], row)
        settling.settle_whole([each.id for each in named.values()], "test")
        told = int(row["counts for Alba"])
        [measure] = queries.measures(named["Alba"])
        assert (measure.whole.units, measure.whole.met) == (1, int(told >= YEAR.needed)), row
    [other] = queries.measures(named["Bora"])
    assert other.whole.met == 0


def _attended(factory: Factory, row: dict[str, str]) -> None:
    version = courses.version(row["seminar"], category=Category.INDUSTRY_SEMINAR)
    begins = datetime.combine((clock.now() - timedelta(days=int(row["days ago"]))).date(), time(2), UTC)
    training = attendance.training(half_days=int(row["half-days"]), first=begins, version=version)
    [person] = attendance.people(training, 1, factory)
    for meeting in training.meetings:
        with clock.telling(meeting.starts_at + timedelta(hours=1)):
            marking.mark(SYSTEM, meeting.id, person.id, Mark(row["mark"]))
    training.state = TrainingState.CLOSED if row["closed"] == "yes" else TrainingState.CONFIRMED
    db.session.flush()


TEN = Rule(Kind.PATHWAY, tuple(range(1, 11)), needed=10, months=12)
"""Ten modules in a year (DOMAIN 6.1, R7)."""
TERM = date(2025, 1, 31)

PATHWAY = """
day        | whole months | modules due | done by then | on pace | because
2025-01-31 | 0            | 0           | 0            | yes     | nothing is due in the first month
2025-02-27 | 0            | 0           | 0            | yes     |
2025-02-28 | 1            | 0           | 0            | yes     | a month of less than thirty-one days; ten twelfths are no whole module
2025-03-31 | 2            | 1           | 0            | no      | the first is due
2025-04-05 | 2            | 1           | 1            | yes     |
2025-04-30 | 3            | 2           | 1            | no      |
2025-07-31 | 6            | 5           | 5            | yes     |
2025-12-31 | 11           | 9           | 9            | yes     |
2026-01-30 | 11           | 9           | 9            | yes     |
2026-01-31 | 12           | 10          | 9            | no      | the time is over
2026-03-01 | 12           | 10          | 10           | yes     | late, and done
"""


@pytest.mark.parametrize("row", table(PATHWAY), ids=lambda row: row["day"])
def test_ten_modules_in_a_year_on_pace(row: dict[str, str]) -> None:
    day, done = date.fromisoformat(row["day"]), int(row["done by then"])
    assert expected(10, 12, TERM, day) == int(row["modules due"])
    held = [Held(number, TERM, None, None, is_from_here=True, role=None) for number in range(1, done + 1)]
    seat = Seat(TERM, None, AmbassadorKind.AMBASSADOR, None)
    found = standing(Facts(None, [Asked(TERM, None, TEN)], seats=[seat], held=held), day)
    assert found is not None
    assert (found[1].active, found[1].valid) == (1, int(row["on pace"] == "yes"))


def test_one_module_twice_is_one_and_what_ended_is_none() -> None:
    rule, day = Rule(Kind.PATHWAY, (1, 2), needed=2, months=2), TERM + timedelta(days=90)
    seat = Seat(TERM, None, AmbassadorKind.AMBASSADOR, None)

    def is_met(*held: Held) -> bool:
        found = standing(Facts(None, [Asked(TERM, None, rule)], seats=[seat], held=held), day)
        return bool(found and found[1].valid)

    first, again, second = (Held(number, TERM, None, None, is_from_here=True, role=None) for number in (1, 1, 2))
    ended = Held(2, TERM, TERM + timedelta(days=30), None, is_from_here=True, role=None)
    elsewhere = Held(2, TERM, None, None, is_from_here=False, role=None)
    assert is_met(first, second) and is_met(first, elsewhere), "a module done at another factory counts"
    assert not is_met(first, again) and not is_met(first, ended)


def test_pace_is_due_soon_before_the_next_module_is() -> None:
    """On pace today, and behind in 60 days if nothing is done by then: the page says so before it happens."""
    seat = Seat(TERM, None, AmbassadorKind.AMBASSADOR, None)
    done = [Held(1, TERM, None, None, is_from_here=True, role=None)]
    found = standing(Facts(None, [Asked(TERM, None, TEN)], seats=[seat], held=done), date(2025, 3, 31))
    assert found is not None and (found[1].valid, found[1].due, found[1].due_90) == (1, 1, 1)
