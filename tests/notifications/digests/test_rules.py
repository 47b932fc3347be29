"""When a week begins, and when its digest is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.factories.structure.rules import is_rest_day
from app.notifications.digests.rules import digest_due, first_weekday, week_of

REST = st.frozensets(st.integers(1, 7), max_size=7)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(("rest", "first"), [
    ((7,), 1), ((5,), 6), ((6, 7), 1), ((5, 6), 7), ((), 1), ((1, 2, 3, 4, 5, 6, 7), 1), ((3, 6, 7), 1), ((7, 1), 2), ((2, 5), 3),
])  # fmt: skip
def test_the_week_begins_after_the_longest_rest(rest: tuple[int, ...], first: int) -> None:
    assert first_weekday(rest) == first


@given(DAYS, REST)
def test_a_day_lies_in_its_week(day: date, rest: frozenset[int]) -> None:
    begins = week_of(day, rest)
    assert timedelta() <= day - begins < timedelta(days=7)
    assert week_of(begins, rest) == begins and week_of(begins - timedelta(days=1), rest) != begins


@given(DAYS, REST, st.frozensets(DAYS, max_size=60))
def test_a_week_has_at_most_one_digest_and_it_comes_on_its_first_working_day(day: date, rest: frozenset[int], holidays: frozenset[date]) -> None:
    begins = week_of(day, rest)
    week = [begins + timedelta(days=number) for number in range(7)]
    due = [each for each in week if digest_due(each, rest, holidays) is not None]
    working = [each for each in week if not is_rest_day(each, rest, holidays)]
    assert {digest_due(each, rest, holidays) for each in due} <= {begins}
    assert due == [each for each in week if working and working[0] <= each <= working[0] + timedelta(days=1)]


def test_a_holiday_on_the_first_day_moves_it_on() -> None:
    monday = date(2026, 11, 30)
    assert digest_due(monday, {7}, ()) == monday
    assert digest_due(monday, {7}, {monday}) is None
    assert digest_due(monday + timedelta(days=1), {7}, {monday}) == monday
