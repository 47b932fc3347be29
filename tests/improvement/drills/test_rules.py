"""A drill every so many months."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.completions.rules import months_later
from app.improvement.drills.rules import is_held_often_enough

SINCE, UNTIL = date(2025, 1, 1), date(2026, 12, 31)
DAYS = st.lists(st.dates(SINCE - timedelta(100), UNTIL + timedelta(100)), max_size=12)


def test_twice_a_year() -> None:
    assert is_held_often_enough([date(2025, 6, 30), date(2025, 12, 30), date(2026, 6, 30)], 6, SINCE, date(2026, 12, 30))
    assert not is_held_often_enough([date(2025, 6, 30), date(2026, 6, 30)], 6, SINCE, UNTIL)
    assert not is_held_often_enough([], 6, SINCE, UNTIL)


@given(DAYS, st.integers(1, 24), st.dates(SINCE, UNTIL))
def test_one_drill_more_never_makes_it_worse(days: list[date], months: int, more: date) -> None:
    if is_held_often_enough(days, months, SINCE, UNTIL):
        assert is_held_often_enough([*days, more], months, SINCE, UNTIL)


@given(DAYS, st.integers(1, 24))
def test_no_gap_is_longer(days: list[date], months: int) -> None:
    within = [SINCE, *sorted(day for day in days if SINCE <= day <= UNTIL), UNTIL]
    no_gap = all(later <= months_later(day, months) for day, later in pairwise(within))
    assert is_held_often_enough(days, months, SINCE, UNTIL) == no_gap
