"""By the clock: months are closed once, also those that were missed; what no event told is found at night."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.coverage import queries
from app.coverage.ledger import balances, jobs
from app.coverage.ledger.models import Balance, Movement
from app.coverage.ledger.rules import NAMES
from app.coverage.rules import Figure
from app.factories.models import Employment, Factory
from app.platform import clock
from app.platform.db import db
from tests.make import completions, courses, coverage, factories
from tests.make.statements import counted

pytestmark = pytest.mark.slow


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


@pytest.fixture
def factory(app: Flask) -> Factory:
    """Two supervisors since March, one of them covered since April."""
    with clock.telling(_noon(date(2026, 3, 5))):
        made, version = factories.factory(), courses.version()
        coverage.require(factories.programme(), version)
        people = [factories.person(made) for _ in range(2)]
    with clock.telling(_noon(date(2026, 4, 20))):
        completions.completion(people[0], version, made, at=clock.now(), valid_until=_noon(date(2026, 8, 10)))
        coverage.settle()
    return made


def _figures(factory: Factory, on: date | None = None) -> Figure:
    rows = queries.requirements_of(factory, on)
    [figure] = queries.figures([factory.id], rows, {factory.programme_id: factory.programme.zone}, on)[factory.id, rows[0].id]
    return figure


def test_months_are_closed_a_day_after_they_are_over(factory: Factory) -> None:
    days = (date(2026, 3, 31), date(2026, 4, 19), date(2026, 4, 20), date(2026, 5, 31), date(2026, 6, 11), date(2026, 8, 9), date(2026, 8, 10))
    with clock.telling(_noon(date(2026, 9, 15))):
        before = [_figures(factory, day) for day in days]
    assert [(each.active, each.covered, each.due_soon) for each in before] == [(2, 0, 0), (2, 0, 0), (2, 1, 0), (2, 1, 0), (2, 1, 1), (2, 1, 1), (2, 0, 0)]
    with clock.telling(_noon(date(2026, 4, 1))):
        assert balances.close_months() == []
    with clock.telling(_noon(date(2026, 4, 2))):
        assert balances.close_months() == [date(2026, 4, 1)]
        assert balances.close_months() == []
    with clock.telling(_noon(date(2026, 9, 15))):
        jobs.close_months().write()
        assert balances.last() == date(2026, 9, 1)
        assert [_figures(factory, day) for day in days] == before
        kept = _sums(Balance, Balance.until)
        for until in {key for key, _sums in kept}:
            assert _of(kept, until) == _booked_before(until)
        balances.make_anew()
        assert _sums(Balance, Balance.until) == kept


def _sums(table: type, key: object) -> list[tuple[date, tuple[int, ...]]]:
    rows = db.session.execute(sa.select(key, *(sa.func.sum(getattr(table, name)) for name in NAMES)).group_by(key).order_by(key))
    return [(row[0], tuple(row[1:])) for row in rows]


def _of(kept: list[tuple[date, tuple[int, ...]]], until: date) -> tuple[int, ...]:
    return next(sums for key, sums in kept if key == until)


def _booked_before(until: date) -> tuple[int, ...]:
    found: dict[str, int] = defaultdict(int)
    for row in db.session.query(Movement).filter(Movement.booked_on < until):
        for name in NAMES:
            found[name] += getattr(row, name)
    return tuple(found[name] for name in NAMES)


def test_old_months_made_anew_are_quarters(app: Flask) -> None:
    factories.programme()
    with clock.telling(_noon(date(2020, 1, 10))):
        coverage.require(factories.programme(), courses.version())
        factories.person(factories.factory())
    with clock.telling(_noon(date(2026, 9, 15))):
        balances.make_anew()
        made = db.session.scalars(sa.select(Balance.until).distinct().order_by(Balance.until)).all()
    assert made[:3] == [date(2020, 4, 1), date(2020, 7, 1), date(2020, 10, 1)]
    assert made[-13:] == [date(2025 + (8 + each) // 12, (8 + each) % 12 + 1, 1) for each in range(13)]


def test_what_nobody_told_is_found_at_night(factory: Factory) -> None:
    db.session.commit()
    jobs.recheck().write()
    before = db.session.query(Movement).count()
    job = db.session.query(Employment).order_by(Employment.id.desc()).first()
    job.ended_on = clock.today("Asia/Phnom_Penh") - timedelta(days=1)
    db.session.commit()
    jobs.recheck().write()
    [added] = db.session.query(Movement).filter_by(cause="recheck").all()
    assert (added.active, added.recorded_on) == (-1, clock.today("Asia/Phnom_Penh"))
    assert db.session.query(Movement).count() == before + 1
    jobs.recheck().write()
    assert db.session.query(Movement).count() == before + 1


def test_a_completion_costs_a_fixed_number_of_statements(factory: Factory) -> None:
    version = db.session.query(courses.CourseVersion).one()
    costs = []
    for number in (1, 20):
        for _ in range(number):
            factories.person(factory)
        person = factories.person(factory)
        completions.completion(person, version, factory, at=clock.now())
        with counted() as statements:
            jobs.settling.settle_people([person.id], "completed")
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 9, costs
