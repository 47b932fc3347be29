"""Terms, pace, tasks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.improvement.ambassadors.rules import (
    Pace,
    TaskState,
    Term,
    TermState,
    Verdict,
    due_months,
    progress,
    task_state,
)

FIRST = date(2026, 1, 12)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
TERMS = st.builds(
    lambda first, length, left: Term(first, first + timedelta(length) if length is not None else None, first + timedelta(left) if left else None),
    DAYS, st.none() | st.integers(0, 900), st.none() | st.integers(1, 900),
)


@given(TERMS, DAYS)
def test_a_day_lies_before_in_or_after_a_term(term: Term, day: date) -> None:
    state = term.state(day)
    assert (state is TermState.CURRENT) == term.holds_on(day)
    assert (state is TermState.COMING) == (day < term.starts_on)
    if term.left_on and day >= term.left_on:
        assert not term.holds_on(day), "who left is no ambassador any more, whatever was agreed"


@given(TERMS, TERMS)
def test_terms_meet_when_they_share_a_day(one: Term, other: Term) -> None:
    shared = any(one.holds_on(day) and other.holds_on(day) for day in (one.starts_on, other.starts_on))
    assert one.meets(other) == other.meets(one) == shared


def test_who_leaves_first_says_how_it_ended() -> None:
    left = Term(FIRST, date(2026, 12, 31), date(2026, 6, 1))
    assert (left.last_day, left.state(date(2026, 6, 1))) == (date(2026, 5, 31), TermState.LEFT)
    assert Term(FIRST, date(2026, 5, 1), date(2026, 6, 1)).state(date(2026, 7, 1)) is TermState.ENDED


def test_ten_modules_in_a_year_are_due_month_by_month() -> None:
    ten = [{"course": f"{number}"} for number in range(10)]
    assert due_months(ten, 12) == [2, 3, 4, 5, 6, 8, 9, 10, 11, 12]
    assert due_months([{"course": "a", "by_month": 1}, {"course": "b"}], 12) == [1, 12]
    assert due_months([{"course": "a"}], None) == [None]


@given(st.integers(1, 30), st.integers(1, 60))
def test_dues_rise_to_the_whole_time(steps: int, months: int) -> None:
    dues = [due or 0 for due in due_months([{"course": "x"}] * steps, months)]
    assert dues == sorted(dues)
    assert dues[0] >= 1
    assert dues[-1] == months


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.integers(1, 24), DAYS, st.integers(0, 1000))
def test_one_more_module_never_puts_anybody_behind(dones: list[bool], months: int, start: date, later: int) -> None:
    dues = due_months([{}] * len(dones), months)
    found = progress(dones, dues, start, start + timedelta(later))
    assert found.behind == max(0, (found.due or 0) - found.done)
    assert (found.pace is Pace.DONE) == all(dones)
    better = progress([True, *dones[1:]], dues, start, start + timedelta(later))
    assert better.behind <= found.behind
    assert found.pace is not Pace.BEHIND or found.behind > 0


@pytest.mark.parametrize(("done", "day", "pace"), [
    (0, date(2026, 3, 11), Pace.ON_PACE), (0, date(2026, 3, 12), Pace.BEHIND), (1, date(2026, 3, 12), Pace.ON_PACE),
    (9, date(2027, 1, 12), Pace.BEHIND), (10, date(2026, 2, 1), Pace.DONE), (0, date(2025, 12, 1), Pace.ON_PACE),
])
def test_pace_of_the_ten_modules(done: int, day: date, pace: Pace) -> None:
    dues = due_months([{}] * 10, 12)
    assert progress([each < done for each in range(10)], dues, FIRST, day).pace is pace


def test_without_a_time_nobody_is_behind() -> None:
    assert progress([False, False], [None, None], FIRST, date(2036, 1, 1)).pace is Pace.FREE


@pytest.mark.parametrize(("said", "state"), [
    ([], TaskState.OPEN), ([None], TaskState.LOGGED), ([Verdict.MORE_NEEDED], TaskState.MORE_NEEDED),
    ([Verdict.MORE_NEEDED, None], TaskState.LOGGED), ([None, Verdict.CONFIRMED, Verdict.MORE_NEEDED], TaskState.CONFIRMED),
])
def test_the_best_of_the_logs_counts(said: list[Verdict | None], state: TaskState) -> None:
    assert task_state(said) is state
