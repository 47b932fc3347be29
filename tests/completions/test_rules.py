"""When a course is complete, and for how long."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.completions import rules

shares = st.decimals(0, 1, places=6)
NEEDS = (rules.Need(1, "meetings", Decimal("0.8")), rules.Need(2, "post-test", Decimal("0.6")))


@given(shares, shares)
def test_complete_means_every_need_is_reached(attended: Decimal, score: Decimal) -> None:
    expected = attended >= Decimal("0.8") and score >= Decimal("0.6")
    assert rules.is_complete(NEEDS, {1: attended, 2: score}) is expected


@given(shares, shares, shares)
def test_more_never_undoes_a_completion(attended: Decimal, score: Decimal, more: Decimal) -> None:
    if rules.is_complete(NEEDS, {1: attended, 2: score}):
        assert rules.is_complete(NEEDS, {1: max(attended, more), 2: score})


def test_nothing_asked_or_nothing_reached_is_not_complete() -> None:
    assert not rules.is_complete((), {1: Decimal(1)})
    assert not rules.is_complete(NEEDS, {1: Decimal(1)})


def test_validity_ends_on_the_same_day_or_the_last_of_the_month() -> None:
    assert rules.valid_until(datetime(2024, 2, 29, tzinfo=UTC), 24) == datetime(2026, 2, 28, tzinfo=UTC)
    assert rules.valid_until(datetime(2026, 12, 31, tzinfo=UTC), 2) == datetime(2027, 2, 28, tzinfo=UTC)
    assert rules.valid_until(datetime(2026, 11, 25, tzinfo=UTC), None) is None


@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)), st.integers(1, 120))
def test_validity_lies_so_many_months_ahead(moment: datetime, months: int) -> None:
    until = rules.valid_until(moment, months)
    assert until is not None
    assert (until.year * 12 + until.month) - (moment.year * 12 + moment.month) == months
    assert until.day <= moment.day
