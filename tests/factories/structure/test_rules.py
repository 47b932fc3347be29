"""Days of rest, codes, terms and the balance of a committee."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.factories.rules import Sex, Side
from app.factories.structure.rules import (
    balance,
    history,
    is_code,
    is_rest_day,
    plain_code,
    rest_days_of,
    term_on,
)

FRIDAY, MONDAY = date(2026, 5, 1), date(2026, 5, 4)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@dataclass
class Rests:
    rest_days: list[int] | None


def test_a_factory_rests_as_it_says_or_as_its_programme() -> None:
    assert rest_days_of(Rests(None), Rests([5])) == {5}
    assert rest_days_of(Rests([7]), Rests([5])) == {7}
    assert rest_days_of(Rests([]), Rests([5])) == set()


def test_friday_is_one_of_rest_where_a_library_says_saturday() -> None:
    assert is_rest_day(FRIDAY, {5}) and not is_rest_day(FRIDAY + timedelta(days=1), {5})
    assert is_rest_day(MONDAY, {5}, {MONDAY})


@pytest.mark.parametrize(("text", "good"), [
    (" kh-001 ", True), ("7", True), ("NEW", False), ("new", False), ("A B", False), ("-A", False), ("A-", False),
    ("", False), ("A" * 21, False), ("Ä1", False), ("A/B", False), (None, False)])
def test_codes(text: str | None, good: bool) -> None:
    assert is_code(plain_code(text)) is good


def test_a_factory_without_terms_has_no_history() -> None:
    assert history([]) == []


@given(st.dictionaries(DAYS, st.sampled_from("abc"), min_size=1))
def test_on_each_day_the_latest_begun_term_holds(said: dict[date, str]) -> None:
    assert history([]) == []
    terms = history(list(said.items()))
    assert [term.starts_on for term in terms] == sorted(said, reverse=True) and terms[0].ends_on is None
    for day, value in said.items():
        assert term_on(terms, day) == value
        before = [value for start, value in sorted(said.items()) if start < day]
        assert term_on(terms, day - timedelta(days=1)) == (before[-1] if before else None)


def test_where_nothing_was_said_there_is_no_term() -> None:
    assert history([]) == []


def test_balance_counts_sides_and_the_share_of_women_among_those_who_said() -> None:
    found = balance([(Side.WORKER, Sex.F), (Side.WORKER, Sex.M), (Side.MANAGEMENT, None), (Side.MANAGEMENT, Sex.UNDISCLOSED)])
    assert (found.members, found.is_even, found.women_share) == (4, True, 0.5)
    assert not balance([(Side.WORKER, None)]).is_even and balance([]).women_share is None
