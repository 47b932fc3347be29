"""Cycles, hours and what a tier asks for, over many values."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.factories.structure.rules import Term
from app.sessions.rules import Modality
from app.sessions.service.rules import Concern, Half, Hours, Kind, asked, concerns, cycle_on, hours, mode_on, taken_part

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
HALVES = st.builds(Half, st.integers(1, 480), st.sampled_from([Modality.IN_PERSON, Modality.VIRTUAL]), st.booleans())


@given(st.lists(DAYS, max_size=5), DAYS)
def test_every_day_has_one_cycle_and_cycles_follow_each_other(starts: list[date], day: date) -> None:
    span = cycle_on(starts, day)
    assert span.holds(day)
    assert cycle_on(starts, span.starts_on) == cycle_on(starts, span.ends_on) == span
    assert cycle_on(starts, span.ends_on + timedelta(days=1)).starts_on == span.ends_on + timedelta(days=1)
    assert (span.ends_on - span.starts_on).days <= 365
    assert all(each == span.starts_on or not span.holds(each) for each in starts)


@pytest.mark.parametrize(
    ("starts", "day", "first", "last"),
    [
        ([], "2026-11-25", "2026-01-01", "2026-12-31"),
        (["2025-03-01"], "2026-02-28", "2025-03-01", "2026-02-28"),
        (["2025-03-01"], "2026-03-01", "2026-03-01", "2027-02-28"),
        (["2025-03-01", "2025-09-15"], "2025-09-14", "2025-03-01", "2025-09-14"),
        (["2025-03-01"], "2024-06-01", "2024-03-01", "2025-02-28"),
        (["2024-02-29"], "2028-02-28", "2027-02-28", "2028-02-28"),
    ],
)
def test_cycles(starts: list[str], day: str, first: str, last: str) -> None:
    span = cycle_on([date.fromisoformat(each) for each in starts], date.fromisoformat(day))
    assert (span.starts_on.isoformat(), span.ends_on.isoformat()) == (first, last)


@given(st.lists(HALVES, max_size=30))
def test_no_minute_is_lost_or_counted_twice(halves: list[Half]) -> None:
    summed = hours(halves)
    assert summed.in_person + summed.by_link == sum(half.minutes for half in halves)
    assert summed.in_person_held == sum(h.minutes for h in halves if h.is_over and h.modality is Modality.IN_PERSON)


@pytest.mark.parametrize(
    ("half_day", "seats", "way"),
    [
        (Modality.IN_PERSON, [Modality.VIRTUAL], Modality.IN_PERSON),
        (Modality.VIRTUAL, [Modality.IN_PERSON], Modality.VIRTUAL),
        (Modality.HYBRID, [Modality.VIRTUAL, Modality.IN_PERSON], Modality.IN_PERSON),
        (Modality.HYBRID, [Modality.VIRTUAL], Modality.VIRTUAL),
    ],
)
def test_how_a_factory_takes_part(half_day: Modality, seats: list[Modality], way: Modality) -> None:
    assert taken_part(half_day, seats) is way


def test_the_rule_of_the_day_counts() -> None:
    rules = [("intensive", date(2025, 1, 1), 40), ("intensive", date(2026, 1, 1), 60), ("advanced", date(2026, 1, 1), 20)]
    assert asked(rules, "intensive", date(2025, 12, 31)) == 40
    assert asked(rules, "intensive", date(2026, 1, 1)) == 60
    assert asked(rules, "intensive", date(2024, 12, 31)) == asked(rules, None, date(2026, 1, 1)) == 0


def test_the_own_mode_goes_before_that_of_the_province() -> None:
    province = [(date(2026, 3, 1), "virtual"), (date(2026, 6, 1), "hybrid")]
    own = [Term("on_site", date(2026, 4, 1), date(2026, 4, 30))]
    assert mode_on(own, province, date(2026, 4, 15)) == "on_site"
    assert mode_on(own, province, date(2026, 5, 1)) == "virtual"
    assert mode_on(own, province, date(2026, 6, 1)) == "hybrid"
    assert mode_on(own, province, date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("number", "served", "left", "found"),
    [
        (0, Hours(by_link_held=600), {}, []),
        (10, Hours(by_link_held=600), {}, [Concern.ONLY_BY_LINK]),
        (10, Hours(in_person_held=300, in_person_planned=240), {}, [Concern.TOO_FEW_HOURS]),
        (10, Hours(in_person_held=300, in_person_planned=300), {}, []),
        (10, Hours(), {}, [Concern.TOO_FEW_HOURS]),
        (0, Hours(), {Kind.SEATS: -1}, [Concern.OVERDRAWN]),
        (0, Hours(), {Kind.SEATS: 0, Kind.HALF_DAYS: 3}, []),
    ],
)
def test_concerns(number: int, served: Hours, left: dict[Kind, int], found: list[Concern]) -> None:
    assert concerns(number, served, left) == found
