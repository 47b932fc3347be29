"""What a timeline adds up to is what a day says."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.coverage.ledger.rules import (
    Asked,
    Cell,
    Change,
    Counts,
    Facts,
    Held,
    Seat,
    Stretch,
    Work,
    difference,
    standing,
    timeline,
)
from app.coverage.requirements.rules import Kind, Rule
from app.factories.rules import CommitteeKind, JobRole, Sex, Side

FIRST = date(2024, 1, 1)
DAYS = st.integers(0, 900).map(lambda number: FIRST + timedelta(days=number))
ENDS = st.none() | st.integers(1, 500).map(lambda number: timedelta(days=number))
ROLES = st.sampled_from([JobRole.OPERATOR, JobRole.SUPERVISOR, JobRole.MANAGER])
RULES = st.builds(
    Rule,
    kind=st.sampled_from([Kind.ROLE, Kind.QUOTA, Kind.UNIT, Kind.BODY, Kind.PATHWAY, Kind.LAW]),
    courses=st.lists(st.integers(1, 3), min_size=1, unique=True).map(tuple),
    roles=st.lists(ROLES, min_size=1, unique=True).map(tuple),
    committees=st.lists(st.sampled_from(CommitteeKind), unique=True).map(tuple), needed=st.integers(1, 3), months=st.none() | st.integers(1, 24), hours=st.sampled_from([0, 8, 20]),
)  # fmt: skip


def _stretch(made: Any, *more: Any) -> st.SearchStrategy[Any]:
    return st.tuples(DAYS, ENDS, *more).map(lambda row: made(row[0], row[0] + row[1] if row[1] else None, *row[2:]))


def _one_after_another(rows: list[tuple[date, timedelta | None, Rule]]) -> list[Asked]:
    ordered = sorted(rows, key=lambda row: row[0])
    nexts: list[date | None] = [row[0] for row in ordered[1:]] + [None] * bool(ordered)
    return [
        Asked(start, min((end for end in (start + length if length else None, following) if end), default=None), rule)
        for (start, length, rule), following in zip(ordered, nexts, strict=True)
    ]


FACTS = st.builds(
    Facts,
    sex=st.sampled_from(Sex) | st.none(),
    asked=st.lists(st.tuples(DAYS, ENDS, RULES), max_size=3).map(_one_after_another),
    works=st.lists(_stretch(Work, ROLES, st.integers(1, 2) | st.none()), max_size=3),
    seats=st.lists(_stretch(Seat, st.sampled_from([str(side) for side in Side]), st.sampled_from(CommitteeKind) | st.none()), max_size=3),
    held=st.lists(st.builds(
        Held, course_id=st.integers(1, 3), start=DAYS, expires=st.none() | DAYS, withdrawn=st.none() | DAYS,
        is_from_here=st.booleans(), role=ROLES | st.none(), hours=st.sampled_from([0, 6, 12]),
    ), max_size=4),
    waived=st.lists(_stretch(Stretch), max_size=2),
)  # fmt: skip


def summed(changes: list[Change], day: date) -> dict[Cell, Counts]:
    found: dict[Cell, Counts] = {}
    for change in changes:
        if change.day <= day:
            found[change.cell] = found.get(change.cell, Counts()) + change.counts
    return {cell: counts for cell, counts in found.items() if counts}


@given(FACTS, DAYS)
def test_what_changed_until_a_day_is_how_the_day_stands(facts: Facts, day: date) -> None:
    now = standing(facts, day)
    assert summed(timeline(facts), day) == ({now[0]: now[1]} if now else {})


def test_what_is_taken_back_soon_does_not_end_soon() -> None:
    """Nobody knew of it on the day; what ends by itself was known."""
    rule = Rule(Kind.ROLE, (1,), (JobRole.SUPERVISOR,))
    in_a_month = FIRST + timedelta(days=30)
    for expires, withdrawn, due in ((None, in_a_month, 0), (in_a_month, None, 1), (in_a_month, in_a_month, 1)):
        held = Held(1, FIRST, expires, withdrawn, is_from_here=True, role=JobRole.SUPERVISOR)
        facts = Facts(None, [Asked(FIRST, None, rule)], [Work(FIRST, None, JobRole.SUPERVISOR, None)], held=[held])
        now = standing(facts, FIRST)
        assert now is not None and (now[1].valid, now[1].due, now[1].due_90) == (1, due, due)


def test_what_ends_in_two_months_is_due_and_what_ends_in_three_is_due_later() -> None:
    rule = Rule(Kind.ROLE, (1,), (JobRole.SUPERVISOR,))
    for days, due in ((60, (1, 1)), (61, (0, 1)), (90, (0, 1)), (91, (0, 0))):
        held = Held(1, FIRST, FIRST + timedelta(days=days), None, is_from_here=True, role=JobRole.SUPERVISOR)
        facts = Facts(None, [Asked(FIRST, None, rule)], [Work(FIRST, None, JobRole.SUPERVISOR, None)], held=[held])
        now = standing(facts, FIRST)
        assert now is not None and (now[1].due, now[1].due_90) == due


@given(FACTS, DAYS)
def test_what_is_taken_back_later_changes_no_day_before(facts: Facts, day: date) -> None:
    unheard = [replace(each, withdrawn=None) if each.withdrawn and each.withdrawn > day else each for each in facts.held]
    assert standing(facts, day) == standing(replace(facts, held=unheard), day)


@given(FACTS, FACTS)
def test_the_difference_turns_what_is_posted_into_what_is_meant(before: Facts, after: Facts) -> None:
    posted, meant = timeline(before), timeline(after)
    whole = [*posted, *difference(meant, posted)]
    for day in {change.day for change in whole}:
        assert summed(whole, day) == summed(meant, day)
    assert difference(meant, meant) == []


@given(FACTS, DAYS)
def test_nobody_is_counted_twice_or_both_here_and_lost(facts: Facts, day: date) -> None:
    if found := standing(facts, day):
        counts = found[1]
        assert counts.active + counts.lost + counts.waived == 1
        assert counts.due <= counts.due_90 <= counts.valid <= counts.active
        assert counts.lost <= counts.ever
