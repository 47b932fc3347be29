"""Weeks, months and days of the calendar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sessions.planner.rules import (
    LAST_YEAR,
    Rest,
    View,
    asked_day,
    first_weekday,
    lay_out,
    local_day,
    only_first,
    rest_of,
    span,
    step,
    week_of,
)

DAYS = st.dates(date(2000, 1, 1), date(LAST_YEAR, 12, 31))
RESTS = st.frozensets(st.integers(1, 7))


@dataclass(frozen=True)
class Thing:
    day: date


@pytest.mark.parametrize(
    ("rests", "begins"),
    [
        ((7,), 1),  # Sunday: weeks begin on Monday
        ((5,), 6),  # Bangladesh, Egypt, Jordan: Friday
        ((5, 6), 7),
        ((6, 7), 1),
        ((), 1),
        ((1, 2, 3, 4, 5, 6, 7), 1),
        ((3, 6, 7), 1),  # the longest rest counts, not the one in the middle of the week
        ((1, 7), 2),  # a rest that runs over the end of the ISO week
    ],
)
def test_a_week_begins_after_the_rest(rests: tuple[int, ...], begins: int) -> None:
    assert first_weekday(rests) == begins


@given(RESTS)
def test_no_week_begins_on_a_rest_day(rests: frozenset[int]) -> None:
    begins = first_weekday(rests)
    assert begins not in rests or len(rests) == 7
    assert begins == 1 or week_of(date(2026, 11, 25), begins).isoweekday() == begins


@given(DAYS, RESTS, st.sampled_from(View))
def test_a_span_is_whole_weeks_around_the_day(day: date, rests: frozenset[int], view: View) -> None:
    begins = first_weekday(rests)
    shown = span(view, day, begins)
    assert day in shown
    if view is View.AGENDA:
        assert (shown.first, len(shown.days)) == (day, 14)
        return
    assert {week[0].isoweekday() for week in shown.weeks} == {begins}
    assert {len(week) for week in shown.weeks} == {7}
    assert 4 <= len(shown.weeks) <= 6 if view is View.MONTH else len(shown.weeks) == 1
    if view is View.MONTH:
        month = {each for each in shown.days if (each.year, each.month) == (day.year, day.month)}
        assert {each.day for each in month} == set(range(1, max(each.day for each in month) + 1))


@given(DAYS, st.sampled_from(View))
def test_there_and_back(day: date, view: View) -> None:
    after = step(view, day, 1)
    back = step(view, after, -1)
    assert (back.year, back.month) == (day.year, day.month) if view is View.MONTH else back == day
    assert step(view, day, -1) < day < after
    if view is View.MONTH:
        assert (after.year, after.month) == (day.year + day.month // 12, day.month % 12 + 1)


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11", "'"])
def test_an_address_without_a_day_means_today(text: str) -> None:
    assert asked_day(text, date(2026, 11, 25)) == date(2026, 11, 25)


def test_the_same_moment_lies_on_another_day_elsewhere() -> None:
    starts = datetime(2026, 11, 25, 22)
    at = datetime(2026, 11, 25, 20, tzinfo=UTC)  # 22:00 in Cairo, 03:00 of the next day in Phnom Penh
    assert local_day(starts, "Africa/Cairo", at, "Africa/Cairo") == date(2026, 11, 25)
    assert local_day(starts, "Africa/Cairo", at, "Asia/Phnom_Penh") == date(2026, 11, 26)


def test_a_provisional_holiday_is_no_certain_rest() -> None:
    eid = date(2026, 3, 20)
    holidays = {eid: Rest(names={"en": "Eid"}, is_provisional=True)}
    assert not rest_of(eid, {7}, holidays).is_certain and rest_of(eid, {5}, holidays).is_certain
    assert rest_of(eid, {7}, holidays).names == {"en": "Eid"}
    assert rest_of(date(2026, 3, 22), {7}, holidays).is_certain


@given(st.lists(st.integers(0, 10), max_size=60), st.integers(1, 5))
def test_what_is_not_shown_is_counted(numbers: list[int], most: int) -> None:
    shown = span(View.WEEK, date(2026, 11, 25), 1)
    things = [Thing(shown.first + timedelta(days=number)) for number in numbers]
    days = lay_out(shown, things, most=most, rest_days=(), holidays={})
    inside = [thing for thing in things if thing.day in shown]
    assert sum(len(day.entries) + day.more for day in days) == len(inside)
    assert all(len(day.entries) <= most and (day.more == 0 or len(day.entries) == most) for day in days)
    first = only_first(lay_out(shown, things, most=99, rest_days=(), holidays={}), most)
    assert sum(len(day.entries) for day in first) == min(most, len(inside))
    assert sum(len(day.entries) + day.more for day in first) == len(inside)
