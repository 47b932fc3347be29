"""Splitting people into runs, and days on which everybody works."""

from collections import Counter
from datetime import date, timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coverage.proposals.rules import (
    HORIZON,
    Crew,
    Teacher,
    fitting_days,
    split_into_runs,
    together,
    way,
    without_reserved,
)
from app.sessions.rules import Modality

IN_PERSON, VIRTUAL, HYBRID = Modality.IN_PERSON, Modality.VIRTUAL, Modality.HYBRID
FIRST = date(2030, 5, 13)  # a Monday


@st.composite
def crews(draw: st.DrawFn) -> list[Crew]:
    keys = draw(st.lists(st.tuples(st.integers(1, 4), st.one_of(st.none(), st.integers(1, 5))), max_size=8, unique=True))
    found = []
    for factory, line in keys:
        people = draw(st.integers(0, 20))
        found.append(Crew(factory, line, people, draw(st.integers(0, people))))
    return found


@given(crews(), st.integers(1, 25), st.integers(1, 6))
def test_everybody_is_in_one_run_and_no_line_stands_still(found: list[Crew], largest: int, one_in: int) -> None:
    runs = split_into_runs(found, largest, one_in)
    needed = Counter[int]()
    for crew in found:
        needed[crew.factory_id] += crew.uncovered
    placed = Counter[int]()
    for run in runs:
        placed.update(run.counts)
        assert 1 <= run.people <= largest
        for factory, count in run.counts.items():  # a run takes no more of a factory than its lines can spare together
            assert count <= sum(crew.most(one_in, largest) for crew in found if crew.factory_id == factory and crew.uncovered)
    assert placed == +needed
    floor = max([ceil(needed.total() / largest), *(ceil(crew.uncovered / crew.most(one_in, largest)) for crew in found)], default=0)
    assert floor <= len(runs) <= needed.total()


@pytest.mark.parametrize(
    ("found", "largest", "one_in", "sizes"),
    [
        ([], 20, 4, []),
        ([Crew(1, None, 22, 22)], 25, 4, [22]),
        ([Crew(1, None, 22, 22)], 20, 4, [11, 11]),
        ([Crew(1, 1, 8, 8)], 25, 4, [2, 2, 2, 2]),  # two of eight at a time
        ([Crew(1, 1, 3, 3)], 25, 4, [1, 1, 1]),  # always one, or a short line could never send anybody
        ([Crew(1, line, 4, 1) for line in range(6)], 25, 4, [6]),  # one of each line go together
    ],
)
def test_sizes(found: list[Crew], largest: int, one_in: int, sizes: list[int]) -> None:
    assert [run.people for run in split_into_runs(found, largest, one_in)] == sizes


@given(crews(), st.dictionaries(st.integers(1, 5), st.integers(0, 30)))
def test_reserved_places_are_not_proposed_again(found: list[Crew], reserved: dict[int, int]) -> None:
    left = without_reserved(found, reserved)
    for factory in {crew.factory_id for crew in found}:
        before = sum(crew.uncovered for crew in found if crew.factory_id == factory)
        after = sum(crew.uncovered for crew in left if crew.factory_id == factory)
        assert after == max(0, before - reserved.get(factory, 0))


@given(
    st.integers(1, 12), st.lists(st.frozensets(st.integers(1, 7), max_size=3), max_size=4),
    st.frozensets(st.integers(0, 60).map(lambda number: FIRST + timedelta(days=number)), max_size=30), st.integers(1, 14),
)
def test_everybody_works_on_the_days_and_none_is_left_out(count: int, rests: list[frozenset[int]], holidays: frozenset[date], apart: int) -> None:
    days = fitting_days(FIRST, count, rests, holidays, apart)
    resting = frozenset().union(*rests)
    assert len(days) <= count and days == sorted(set(days))
    for day in days:
        assert day.isoweekday() not in resting and day not in holidays
    earliest = FIRST
    for day in days:
        skipped = [earliest + timedelta(days=number) for number in range((day - earliest).days)]
        assert all(each.isoweekday() in resting or each in holidays for each in skipped)
        earliest = day + timedelta(days=apart)
    if len(days) < count:
        assert len(resting) == 7 or earliest >= FIRST + timedelta(days=HORIZON - 70)


@pytest.mark.parametrize(
    ("mode", "tier", "allowed", "expected"),
    [
        ("virtual", "intensive", (), VIRTUAL),
        ("on_site", "standard", (), IN_PERSON),
        ("hybrid", "standard", (), VIRTUAL),
        ("hybrid", "intensive", (), IN_PERSON),
        ("hybrid", None, (), IN_PERSON),
        (None, None, (), IN_PERSON),
        ("virtual", None, ("in_person",), IN_PERSON),
        ("on_site", None, ("virtual",), VIRTUAL),
        ("virtual", None, ("in_person", "virtual", "hybrid"), VIRTUAL),
    ],
)
def test_how_a_factory_is_trained(mode: str | None, tier: str | None, allowed: tuple[str, ...], expected: Modality) -> None:
    assert way(mode, tier, allowed) is expected


def test_a_run_is_held_as_its_factories_are_trained() -> None:
    assert together([IN_PERSON, IN_PERSON]) is IN_PERSON and together([VIRTUAL]) is VIRTUAL
    assert together([IN_PERSON, VIRTUAL]) is HYBRID


def test_who_can_teach() -> None:
    days = [FIRST, FIRST + timedelta(days=1)]
    can = {
        "nothing known": Teacher(1, "A"),
        "speaks it": Teacher(1, "A", frozenset({"km", "en"})),
        "qualified": Teacher(1, "A", qualified=(FIRST, FIRST + timedelta(days=1))),
        "back again": Teacher(1, "A", away=((FIRST - timedelta(days=5), FIRST - timedelta(days=1)),)),
    }
    cannot = {
        "other language": Teacher(1, "A", frozenset({"en"})),
        "teaches": Teacher(1, "A", taught=frozenset({days[1]})),
        "away": Teacher(1, "A", away=((days[1], days[1]),)),
        "qualified too late": Teacher(1, "A", qualified=(days[1], None)),
        "no longer qualified": Teacher(1, "A", qualified=(date(2020, 1, 1), days[0])),
    }
    assert [why for why, teacher in can.items() if not teacher.can(days, "km")] == []
    assert [why for why, teacher in cannot.items() if teacher.can(days, "km")] == []
