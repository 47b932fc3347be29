"""The table of decisions: every row, its conditions, and what follows from it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sessions.rules import ALLOWED_MOVES, TrainingState
from app.sessions.rules.moves import STEPS, Act, Condition, Facts, Right, possible, step, unmet
from app.sessions.wording import CONDITIONS, NOT_FROM_HERE

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
PAST, RUNNING, AHEAD = (NOW - 5 * HOUR, NOW - HOUR), (NOW - HOUR, NOW + HOUR), (NOW + HOUR, NOW + 5 * HOUR)


def _facts(*planned: tuple[datetime, datetime], postponed: bool = False, month: bool = False) -> Facts:
    return Facts(tuple(planned), postponed, month, NOW)


def test_the_table_and_the_states_say_the_same() -> None:
    moves = {state: {row.after for row in STEPS if row.before is state} for state in TrainingState}
    assert moves == {state: set(then) for state, then in ALLOWED_MOVES.items()}
    assert len({(row.act, row.before, row.after) for row in STEPS}) == len(STEPS)


def test_every_condition_and_act_has_its_words() -> None:
    assert set(CONDITIONS) == set(Condition) and set(NOT_FROM_HERE) == set(Act)
    assert {row.act for row in STEPS if row.right is Right.REOPEN} == {Act.REOPEN}
    assert {row.act for row in STEPS if row.needs_reason} == {Act.POSTPONE, Act.REOPEN, Act.CANCEL}


@pytest.mark.parametrize(
    ("act", "before", "facts", "missing"),
    [
        (Act.ANNOUNCE, TrainingState.DRAFT, _facts(), Condition.HAS_DATES_OR_MONTH),
        (Act.ANNOUNCE, TrainingState.DRAFT, _facts(month=True), None),
        (Act.ANNOUNCE, TrainingState.DRAFT, _facts(AHEAD), None),
        (Act.CONFIRM, TrainingState.TENTATIVE, _facts(month=True), Condition.HAS_DATES),
        (Act.CONFIRM, TrainingState.TENTATIVE, _facts(AHEAD), None),
        (Act.POSTPONE, TrainingState.CONFIRMED, _facts(PAST), Condition.IS_AHEAD),
        (Act.POSTPONE, TrainingState.CONFIRMED, _facts(RUNNING, AHEAD), Condition.NONE_RUNS),
        (Act.POSTPONE, TrainingState.CONFIRMED, _facts(PAST, AHEAD), None),
        (Act.POSTPONE, TrainingState.TENTATIVE, _facts(month=True), Condition.IS_AHEAD),
        (Act.RESUME, TrainingState.POSTPONED, _facts(AHEAD, postponed=True), Condition.ALL_DATED),
        (Act.RESUME, TrainingState.POSTPONED, _facts(), Condition.HAS_DATES),
        (Act.RESUME, TrainingState.POSTPONED, _facts(PAST, AHEAD), None),
        (Act.CLOSE, TrainingState.CONFIRMED, _facts(PAST, RUNNING), Condition.IS_HELD),
        (Act.CLOSE, TrainingState.CONFIRMED, _facts(), Condition.IS_HELD),
        (Act.CLOSE, TrainingState.CONFIRMED, _facts(PAST), None),
        (Act.CANCEL, TrainingState.CONFIRMED, _facts(PAST), Condition.IS_NOT_HELD),
        (Act.CANCEL, TrainingState.CONFIRMED, _facts(PAST, RUNNING), None),
        (Act.CANCEL, TrainingState.TENTATIVE, _facts(PAST), None),
        (Act.REOPEN, TrainingState.CLOSED, _facts(PAST), None),
    ],
)
def test_conditions(act: Act, before: TrainingState, facts: Facts, missing: Condition | None) -> None:
    row = step(act, before)
    assert row is not None and unmet(row, facts) is missing


@pytest.mark.parametrize("act", Act)
def test_a_cancelled_one_stays_so_and_a_closed_one_is_only_opened_again(act: Act) -> None:
    assert step(act, TrainingState.CANCELLED) is None
    assert (step(act, TrainingState.CLOSED) is None) == (act is not Act.REOPEN)


@given(
    st.sampled_from(TrainingState),
    st.lists(st.sampled_from([PAST, RUNNING, AHEAD]), max_size=4),
    st.booleans(),
    st.booleans(),
)
def test_what_is_offered_can_be_done(state: TrainingState, planned: list, postponed: bool, month: bool) -> None:
    facts = _facts(*planned, postponed=postponed, month=month)
    for act in possible(state, facts):
        row = step(act, state)
        assert row is not None
        assert act is Act.RESUME or unmet(row, facts) is None
