"""The rules of a quiz and what somebody is allowed beside them, as values."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from app.quizzes.rules import Allowance, Counts, QuizPolicy, Release, WhenLate, counted_share, policy_from, terms

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TIMED = QuizPolicy(limit_minutes=20)


def test_rules_are_stored_as_far_as_they_differ() -> None:
    assert policy_from(None) == policy_from({}) == QuizPolicy()
    stored = {"when_late": "abandon", "counts": "last", "release": "at_once", "attempts": None, "wait_minutes": 15}
    assert policy_from(stored) == QuizPolicy(
        when_late=WhenLate.ABANDON, counts=Counts.LAST, release=Release.AT_ONCE, attempts=None, wait_minutes=15
    )


@pytest.mark.parametrize(
    ("allowances", "limit"),
    [
        ((), 20),
        ((Allowance(extra=Fraction(5, 4)),), 25),
        ((Allowance(untimed=True),), None),
        ((Allowance(attempts=9), Allowance(extra=Fraction(3, 2))), 30),
        ((Allowance(extra=Fraction(5, 4)), Allowance(untimed=True)), 25),
    ],
)
def test_the_time_of_a_person(allowances: tuple[Allowance, ...], limit: int | None) -> None:
    assert terms(TIMED, NOON, NOON + HOUR, allowances).limit == (limit and timedelta(minutes=limit))


def test_the_own_allowance_stands_before_that_of_the_factory_thing_by_thing() -> None:
    own = Allowance(attempts=5, closes_at=NOON + 3 * HOUR)
    of_factory = Allowance(attempts=1, opens_at=NOON - HOUR, closes_at=NOON + 2 * HOUR)
    found = terms(TIMED, NOON, NOON + HOUR, [own, of_factory])
    assert (found.attempts, found.opens_at, found.closes_at) == (5, NOON - HOUR, NOON + 3 * HOUR)


def test_when_an_attempt_may_begin() -> None:
    found = terms(QuizPolicy(), NOON, NOON + HOUR)
    assert [found.is_open(NOON + minutes * timedelta(minutes=1)) for minutes in (-1, 0, 59, 60)] == [False, True, True, False]
    assert not terms(QuizPolicy(), None, None).is_open(NOON)
    assert terms(QuizPolicy(practice=True), None, None).is_open(NOON)


@pytest.mark.parametrize(
    ("counts", "share"),
    [(Counts.BEST, Fraction(1, 2)), (Counts.LAST, Fraction(1, 4)), (Counts.FIRST, Fraction(0)), (Counts.AVERAGE, Fraction(1, 4))],
)
def test_which_attempt_counts(counts: Counts, share: Fraction) -> None:
    reached = [Fraction(0), Fraction(1, 2), Fraction(1, 4)]
    assert counted_share(reached, counts) == share
    assert counted_share([], counts) is None
