"""Working days before a day, which reminder is due, and quiet hours."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.factories.structure.rules import is_rest_day
from app.notifications.reminders.rules import due_reminder, is_quiet, working_days_before

REST = st.frozensets(st.integers(1, 7), max_size=6)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
HOLIDAYS = st.frozensets(st.dates(date(2025, 12, 1), date(2027, 12, 31)), max_size=40)
FRIDAY, SUNDAY = frozenset({5}), frozenset({7})


@pytest.mark.parametrize(("day", "number", "rest", "holidays", "expected"), [
    (date(2026, 12, 5), 2, FRIDAY, (), date(2026, 12, 2)),  # Saturday: Thursday, Wednesday
    (date(2026, 12, 5), 2, SUNDAY, (), date(2026, 12, 3)),
    (date(2026, 12, 7), 2, FRIDAY, (), date(2026, 12, 5)),  # Monday: Sunday and Saturday are working days
    (date(2026, 12, 7), 2, frozenset({6, 7}), (), date(2026, 12, 3)),
    (date(2026, 12, 7), 1, FRIDAY, (), date(2026, 12, 6)),
    (date(2026, 12, 5), 2, FRIDAY, (date(2026, 12, 3),), date(2026, 12, 1)),
    (date(2026, 12, 5), 0, FRIDAY, (), date(2026, 12, 5)),
    (date(2026, 12, 7), 5, FRIDAY, (), date(2026, 12, 1)),
    (date(2026, 12, 7), 3, frozenset(range(1, 8)), (), date(2026, 12, 4)),
])  # fmt: skip
def test_so_many_working_days_before(day: date, number: int, rest: frozenset[int], holidays: tuple[date, ...], expected: date) -> None:
    assert working_days_before(day, number, rest, holidays) == expected


@given(DAYS, st.integers(1, 15), REST, HOLIDAYS)
def test_so_many_working_days_lie_from_there_to_the_day(day: date, number: int, rest: frozenset[int], holidays: frozenset[date]) -> None:
    found = working_days_before(day, number, rest, holidays)
    between = [found + timedelta(days=n) for n in range((day - found).days)]
    assert not is_rest_day(found, rest, holidays)
    assert sum(not is_rest_day(each, rest, holidays) for each in between) == number


@given(DAYS, st.integers(0, 15), REST, HOLIDAYS)
def test_one_more_working_day_is_earlier(day: date, number: int, rest: frozenset[int], holidays: frozenset[date]) -> None:
    assert working_days_before(day, number + 1, rest, holidays) < working_days_before(day, number, rest, holidays)


@given(DAYS, st.integers(1, 15), REST)
def test_weeks_without_holidays_repeat(day: date, number: int, rest: frozenset[int]) -> None:
    week = timedelta(weeks=1)
    assert working_days_before(day + week, number, rest, ()) == working_days_before(day, number, rest, ()) + week


def test_each_reminder_is_due_on_its_day_and_the_next_and_no_other() -> None:
    day, numbers = date(2026, 12, 14), (5, 1)
    days = [date(2026, 12, 1) + timedelta(days=n) for n in range(20)]
    due = {each: due_reminder(day, numbers, FRIDAY, (), each) for each in days}
    assert {each: number for each, number in due.items() if number is not None} == {
        date(2026, 12, 8): 5, date(2026, 12, 9): 5, date(2026, 12, 13): 1, date(2026, 12, 14): 1}


def test_when_the_day_comes_nearer_only_the_last_reminder_is_sent() -> None:
    assert due_reminder(date(2026, 12, 9), (2, 1), SUNDAY, (), date(2026, 12, 8)) == 1
    assert due_reminder(date(2026, 12, 9), (5, 4, 3), SUNDAY, (), date(2026, 12, 8)) is None


@given(DAYS, st.lists(st.integers(0, 9), max_size=4), REST, st.integers(-3, 40))
def test_nothing_is_due_after_the_day(day: date, numbers: list[int], rest: frozenset[int], before: int) -> None:
    due = due_reminder(day, numbers, rest, (), day - timedelta(days=before))
    assert due is None or (before >= 0 and due in numbers)


@pytest.mark.parametrize(("wall", "begins", "ends", "quiet"), [
    (time(20), "20:00", "07:00", True), (time(23, 59), "20:00", "07:00", True), (time(0), "20:00", "07:00", True),
    (time(6, 59), "20:00", "07:00", True), (time(7), "20:00", "07:00", False), (time(19, 59), "20:00", "07:00", False),
    (time(12), "11:00", "13:00", True), (time(13), "11:00", "13:00", False), (time(3), "07:00", "07:00", False),
])  # fmt: skip
def test_quiet_hours(wall: time, begins: str, ends: str, quiet: bool) -> None:
    assert is_quiet(wall, begins, ends) is quiet
