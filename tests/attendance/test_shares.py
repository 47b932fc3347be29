"""What the marks of a person come to, by half-days and by minutes."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.attendance.rules import AttendanceRule, HalfDay, Mark, Standing, attended_share, standing
from app.courses.rules import AttendanceBy

marks = st.none() | st.sampled_from(Mark)
half_days = st.builds(HalfDay, of=st.integers(1, 600), mark=marks, minutes=st.none() | st.integers(0, 900))
lists = st.lists(half_days, min_size=1, max_size=12)
shares = st.fractions(min_value=Fraction(1, 100), max_value=1, max_denominator=100)
both = st.sampled_from([AttendanceRule(AttendanceBy.HALF_DAYS), AttendanceRule(AttendanceBy.MINUTES)])
HALF_DAYS, MINUTES = AttendanceRule(AttendanceBy.HALF_DAYS), AttendanceRule(AttendanceBy.MINUTES)


def _of(*own: Mark | None) -> list[HalfDay]:
    return [HalfDay(180, mark) for mark in own]


@given(lists, both, st.randoms())
def test_share_lies_between_0_and_1_and_never_depends_on_the_order(own: list[HalfDay], rule: AttendanceRule, random: Random) -> None:
    share = attended_share(own, rule)
    assert 0 <= share <= 1
    random.shuffle(own)
    assert attended_share(own, rule) == share


@given(lists, both, st.integers(0, 11))
def test_share_never_falls_when_a_half_day_turns_into_a_whole_one(own: list[HalfDay], rule: AttendanceRule, place: int) -> None:
    better = [*own]
    better[place % len(own)] = replace(own[place % len(own)], mark=Mark.PRESENT, minutes=None)
    assert attended_share(better, rule) >= attended_share(own, rule)


@given(lists, st.integers(0, 11), st.integers(0, 600))
def test_by_minutes_more_minutes_never_make_the_share_less(own: list[HalfDay], place: int, more: int) -> None:
    better, chosen = [*own], own[place % len(own)]
    better[place % len(own)] = replace(chosen, minutes=None if chosen.minutes is None else chosen.minutes + more)
    assert attended_share(better, MINUTES) >= attended_share(own, MINUTES)


@given(lists)
def test_by_half_days_neither_lengths_nor_minutes_count(own: list[HalfDay]) -> None:
    there = sum(1 for each in own if each.mark in {Mark.PRESENT, Mark.LATE})
    assert attended_share(own, HALF_DAYS) == Fraction(there, len(own))


@given(st.lists(marks, min_size=1, max_size=12))
def test_without_minutes_equal_half_days_come_to_the_same_either_way(own: list[Mark | None]) -> None:
    assert attended_share(_of(*own), MINUTES) == attended_share(_of(*own), HALF_DAYS)


def test_late_counts_and_partly_there_does_not() -> None:
    own = _of(Mark.LATE, Mark.PARTIAL, Mark.EXCUSED, Mark.ABSENT, None)
    assert attended_share(own, HALF_DAYS) == attended_share(own, MINUTES) == Fraction(1, 5)
    assert attended_share([], HALF_DAYS) == attended_share([], MINUTES) == 0


def test_by_minutes_each_half_day_weighs_as_long_as_it_is() -> None:
    own = [
        HalfDay(180, Mark.PRESENT), HalfDay(180, Mark.LATE, 150), HalfDay(120, Mark.PARTIAL, 30), HalfDay(120, Mark.ABSENT, 20),
        HalfDay(60, Mark.PRESENT, 300), HalfDay(60, Mark.PARTIAL),
    ]
    assert attended_share(own, MINUTES) == Fraction(180 + 150 + 30 + 0 + 60 + 0, 720)


@given(lists, shares, both)
def test_standing_agrees_with_the_share_that_can_still_be_reached(own: list[HalfDay], needed: Fraction, rule: AttendanceRule) -> None:
    best = attended_share([each if each.mark else HalfDay(each.of, Mark.PRESENT) for each in own], rule)
    found = standing(own, needed, rule)
    assert (found is Standing.REACHED) == (attended_share(own, rule) >= needed)
    assert (found is Standing.MISSED) == (best < needed)


@given(lists, shares, both)
def test_who_is_at_risk_may_miss_no_more(own: list[HalfDay], needed: Fraction, rule: AttendanceRule) -> None:
    if standing(own, needed, rule) is Standing.AT_RISK:
        for place, each in enumerate(own):
            if each.mark is None:
                missed = [*own[:place], replace(each, mark=Mark.ABSENT), *own[place + 1 :]]
                assert standing(missed, needed, rule) is Standing.MISSED


@pytest.mark.parametrize("rule", [HALF_DAYS, MINUTES])
def test_standing_of_four_fifths(rule: AttendanceRule) -> None:
    present, absent, four_fifths = Mark.PRESENT, Mark.ABSENT, Fraction("0.8")
    for own, expected in (
        ([None, None], Standing.OPEN), ([present, None], Standing.OPEN), ([absent, None], Standing.MISSED),
        ([absent, present, None, None, None], Standing.AT_RISK), ([present] * 4 + [absent], Standing.REACHED), ([], Standing.OPEN),
    ):
        assert standing(_of(*own), four_fifths, rule) is expected
