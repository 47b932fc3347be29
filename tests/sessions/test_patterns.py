"""Half-days by a pattern."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sessions.rules.patterns import HALF, Pattern, Wish, proposed
from app.sessions.wording import PATTERNS

MONDAY = date(2026, 3, 2)


def _wish(pattern: Pattern, first: date = MONDAY, starts: time = time(8), weeks: int = 5, times: int = 10) -> Wish:
    return Wish(pattern, first, starts, weeks, times)


def _days(wish: Wish, rest: tuple[int, ...] = (7,), holidays: tuple[date, ...] = ()) -> list[str]:
    return list(dict.fromkeys(starts.date().isoformat() for starts, _ends in proposed(wish, rest, set(holidays))))


def test_three_days_have_mornings_and_afternoons() -> None:
    found = proposed(_wish(Pattern.THREE_DAYS), (7,), ())
    assert [starts.hour for starts, _ends in found] == [8, 13] * 3
    assert all(ends - starts == HALF for starts, ends in found)
    assert _days(_wish(Pattern.THREE_DAYS)) == ["2026-03-02", "2026-03-03", "2026-03-04"]


def test_two_and_two_have_weeks_of_practice_between() -> None:
    assert _days(_wish(Pattern.TWO_AND_TWO)) == ["2026-03-02", "2026-03-03", "2026-04-13", "2026-04-14"]
    assert len(proposed(_wish(Pattern.TWO_AND_TWO), (7,), ())) == 8


def test_rest_days_and_certain_holidays_are_skipped() -> None:
    friday = _wish(Pattern.THREE_DAYS, date(2026, 3, 6))
    assert _days(friday, rest=(5,)) == ["2026-03-07", "2026-03-08", "2026-03-09"]
    assert _days(friday, rest=(6, 7), holidays=(date(2026, 3, 9),)) == ["2026-03-06", "2026-03-10", "2026-03-11"]


def test_a_weekly_hour_keeps_its_weekday_and_leaves_out_holidays() -> None:
    weekly = _wish(Pattern.WEEKLY_HOUR, times=3)
    found = proposed(weekly, (7,), {date(2026, 3, 9)})
    assert [starts for starts, _ends in found] == [datetime(2026, 3, 2, 8), datetime(2026, 3, 16, 8), datetime(2026, 3, 23, 8)]
    assert all(ends - starts == timedelta(hours=1) for starts, ends in found)
    assert len(proposed(_wish(Pattern.WEEKLY_HOUR), (7,), ())) == 10


@pytest.mark.parametrize("pattern", Pattern)
def test_nothing_runs_over_midnight_and_a_life_of_rest_days_gives_none(pattern: Pattern) -> None:
    assert pattern in PATTERNS
    assert proposed(_wish(pattern, starts=time(23, 30)), (7,), ()) == []
    assert proposed(_wish(pattern), (1, 2, 3, 4, 5, 6, 7), ()) == []
    proposed(_wish(pattern, date.max), (7,), ())


@given(
    st.sampled_from(Pattern), st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sets(st.integers(1, 7), max_size=3),
    st.sets(st.integers(0, 60), max_size=20), st.integers(1, 12), st.integers(2, 24),
)
def test_proposed_half_days_are_on_working_days_and_in_order(
    pattern: Pattern, first: date, rest: set[int], off: set[int], weeks: int, times: int
) -> None:
    holidays = {first + timedelta(days=each) for each in off}
    found = proposed(_wish(pattern, first, weeks=weeks, times=times), rest, holidays)
    assert found and found == sorted(found) and len(found) <= 24
    for (_starts, ends), (later, _ends) in pairwise(found):
        assert ends <= later
    assert all(starts.isoweekday() not in rest and starts.date() not in holidays for starts, _ends in found)
