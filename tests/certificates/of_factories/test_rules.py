"""A rule over coverage: never lost by one more covered person, and its numbers point to nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access.small_numbers import FEWEST
from app.certificates.of_factories.rules import (
    Condition,
    Count,
    Current,
    Standing,
    State,
    Step,
    Weighed,
    condition,
    is_met,
    is_near,
    others,
    state,
    step,
    stored,
    stored_weighed,
    told_by_sex,
    weigh,
    weighed,
)
from app.coverage.rules import Figure
from app.factories.rules import JobRole, Sex

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
ROLES = (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR)

figures = st.builds(
    lambda sex, role, covered, more: Figure(sex, covered + more, covered, role=role),
    st.sampled_from([Sex.F, Sex.M, Sex.OTHER, None]), st.sampled_from([*ROLES, JobRole.MANAGER]),
    st.integers(0, 30), st.integers(0, 10),
)  # fmt: skip
conditions = st.builds(
    Condition, st.just(1), st.sampled_from([ROLES, ROLES[:1]]), st.integers(1, 100), st.integers(FEWEST, 20), st.booleans()
)


@given(conditions, st.lists(figures, max_size=6), st.sampled_from([Sex.F, Sex.M, None]), st.booleans())
def test_one_more_covered_person_never_loses(asked: Condition, rows: list[Figure], sex: Sex | None, was_there: bool) -> None:
    before = weigh(asked, rows)
    joined = Figure(sex, 1, 1, role=asked.roles[0])
    if was_there:  # somebody of the factory who was not covered is covered now
        place = next((n for n, row in enumerate(rows) if row.role in asked.roles and row.uncovered), None)
        if place is None:
            return
        row = rows[place]
        rows = [*rows[:place], Figure(row.sex, row.active, row.covered + 1, role=row.role), *rows[place + 1 :]]
    else:
        rows = [*rows, joined]
    after = weigh(asked, rows)
    assert after.is_met >= before.is_met
    assert after.missing <= before.missing or not was_there


@given(conditions, st.lists(figures, max_size=6))
def test_nothing_is_missing_exactly_where_it_is_met(asked: Condition, rows: list[Figure]) -> None:
    found = weigh(asked, rows)
    assert (found.missing == 0 and found.everybody.active > 0) == found.is_met
    assert not (is_met([found]) and is_near([found]))


@given(conditions, st.lists(figures, max_size=6))
def test_what_is_kept_comes_back(asked: Condition, rows: list[Figure]) -> None:
    found = weigh(asked, rows)
    assert condition(stored(asked)) == asked
    assert weighed(stored_weighed(found)) == found


@given(conditions, st.lists(figures, max_size=6))
def test_no_printed_number_is_about_few_people(asked: Condition, rows: list[Figure]) -> None:
    found = weigh(asked, rows)
    if told_by_sex(found, others(found)):
        counts = [count for _sex, count in found.by_sex] + [others(found)]
        assert all(cell == 0 or cell >= FEWEST for count in counts for cell in (count.covered, count.active - count.covered))


def test_counts_of_one_sex_under_five_are_hidden() -> None:
    asked = Condition(1, ROLES[:1], 50, each_sex=True)
    few = weigh(asked, [Figure(Sex.F, 4, 4, role=ROLES[0]), Figure(Sex.M, 20, 20, role=ROLES[0])])
    assert few.is_met
    assert not told_by_sex(few, others(few))
    many = weigh(asked, [Figure(Sex.F, 12, 6, role=ROLES[0]), Figure(Sex.M, 20, 20, role=ROLES[0])])
    assert told_by_sex(many, others(many))


def test_each_sex_must_reach_it() -> None:
    asked = Condition(1, ROLES[:1], 80, each_sex=True)
    women, men = Figure(Sex.F, 10, 6, role=ROLES[0]), Figure(Sex.M, 30, 30, role=ROLES[0])
    assert not weigh(asked, [women, men]).is_met
    assert weigh(Condition(1, ROLES[:1], 80), [women, men]).is_met
    assert weigh(asked, [men]).is_met, "a sex of which nobody is there asks for nothing"


def test_a_rule_without_conditions_or_people_is_never_met() -> None:
    assert not is_met([])
    assert not weigh(Condition(1, ROLES, 1), []).is_met
    assert not weigh(Condition(1, ROLES, 1), [Figure(Sex.F, 4, 4, role=ROLES[0])]).is_met, "four people could be recognised"


def test_nearly() -> None:
    short = [Weighed(Condition(1, ROLES, 80), Count(7, 10))]
    assert is_near(short)
    assert not is_near([Weighed(Condition(1, ROLES, 80), Count(5, 10))])


CURRENT = Current(AT + timedelta(days=90), is_of_this_version=True)
AT_RISK = Current(AT + timedelta(days=90), True, downgrade_on=AT.date() + timedelta(days=3))


@pytest.mark.parametrize(
    ("met", "current", "grace", "may_issue", "day", "expected"),
    [
        (True, None, 14, True, 0, Step.ISSUE),
        (True, None, 14, False, 0, Step.NONE),
        (False, None, 14, True, 0, Step.NONE),
        (True, CURRENT, 14, True, 0, Step.NONE),
        (False, CURRENT, 14, True, 0, Step.WARN),
        (False, CURRENT, 0, True, 0, Step.DOWNGRADE),
        (False, AT_RISK, 14, True, 2, Step.NONE),
        (False, AT_RISK, 14, True, 3, Step.DOWNGRADE),
        (True, AT_RISK, 14, True, 3, Step.RECOVER),
        (True, Current(AT + timedelta(days=6), True), 14, True, 0, Step.ISSUE),
        (True, Current(AT + timedelta(days=6), True), 14, False, 0, Step.NONE),
        (True, Current(AT + timedelta(days=90), False), 14, True, 0, Step.ISSUE),
        (True, Current(AT + timedelta(days=6), True, is_under_review=True), 14, True, 0, Step.NONE),
        (True, Current(AT + timedelta(days=90), False, is_under_review=True), 14, True, 0, Step.NONE),
        (False, Current(AT - timedelta(days=1), True), 14, True, 0, Step.NONE),
    ],
)
def test_what_follows_from_a_check(
    met: bool, current: Current | None, grace: int, may_issue: bool, day: int, expected: Step
) -> None:
    today = AT.date() + timedelta(days=day)
    assert step(met=met, current=current, at=AT, today=today, grace=grace, may_issue=may_issue) is expected


def test_states() -> None:
    until = AT + timedelta(days=1)
    assert state(Standing(until), AT) is State.VALID
    assert state(Standing(until, downgrade_on=date(2026, 11, 30)), AT) is State.AT_RISK
    assert state(Standing(until), until) is State.EXPIRED
    assert state(Standing(until, suspended_at=AT), AT) is State.SUSPENDED
    assert state(Standing(until, downgraded_at=AT), AT) is State.DOWNGRADED
    assert state(Standing(until, replaced_at=AT, downgraded_at=AT), AT) is State.REPLACED
    assert state(Standing(until, replaced_at=AT, revoked_at=AT), AT) is State.REVOKED
