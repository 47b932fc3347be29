"""What marks count, when they may be taken, how a person stands."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.attendance.rules import (
    AttendanceRule,
    Evidence,
    Hindrance,
    Mark,
    evidence_at,
    hindrance,
    is_mark_id,
    mark_of_minutes,
    markable,
    tally,
)
from app.courses.rules import AttendanceBy
from app.sessions.rules import MeetingState, SeatState, TrainingState

START = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("training", "meeting", "hours", "expected"),
    [
        (TrainingState.CONFIRMED, MeetingState.PLANNED, -12, None),
        (TrainingState.CONFIRMED, MeetingState.PLANNED, -12.01, Hindrance.TOO_EARLY),
        (TrainingState.CONFIRMED, MeetingState.PLANNED, 24 * 400, None),
        (TrainingState.CONFIRMED, MeetingState.CANCELLED, 1, Hindrance.MEETING_CANCELLED),
        (TrainingState.TENTATIVE, MeetingState.PLANNED, 1, Hindrance.NOT_CONFIRMED),
        (TrainingState.CANCELLED, MeetingState.PLANNED, 1, Hindrance.TRAINING_CANCELLED),
        (TrainingState.CLOSED, MeetingState.PLANNED, 1, Hindrance.CLOSED),
    ],
)
def test_when_a_half_day_can_be_marked(
    training: TrainingState, meeting: MeetingState, hours: float, expected: Hindrance | None
) -> None:
    found = hindrance(training, meeting, START, START + timedelta(hours=hours))
    assert found is expected
    assert markable(SeatState.BOOKED, found) is expected
    assert markable(SeatState.WITHDRAWN, found) is (expected or Hindrance.NO_SEAT)


def test_twelve_hours_after_its_end_a_mark_is_a_correction() -> None:
    for hours, expected in ((12, Evidence.ROLL_CALL), (12.01, Evidence.CORRECTION)):
        assert evidence_at(Evidence.ROLL_CALL, START, START + timedelta(hours=hours)) is expected


@pytest.mark.parametrize("wrong", ["", "a" * 31, "a" * 33, "g" * 32, "A" * 32, "١" * 32, "a" * 32 + "\n"])
def test_what_is_no_mark_id(wrong: str) -> None:
    assert not is_mark_id(wrong)
    assert is_mark_id("0123456789abcdef" * 2)


@given(st.lists(st.none() | st.sampled_from(Mark)))
def test_a_tally_counts_everybody_once(own: list[Mark | None]) -> None:
    found = tally(own)
    assert found.total == len(own) == found.unmarked + found.by_mark.total()
    assert found.there == sum(1 for mark in own if mark in {Mark.PRESENT, Mark.LATE})
    assert found.by_mark == Counter(mark for mark in own if mark)


rules = st.builds(
    AttendanceRule,
    by=st.sampled_from(AttendanceBy),
    present_from=st.fractions(min_value=Fraction(1, 100), max_value=1, max_denominator=100),
    late_after=st.integers(0, 240),
)
lengths = st.integers(1, 600)


@given(st.integers(-10, 700), lengths, st.integers(-60, 600), rules)
def test_minutes_make_exactly_one_mark(there: int, of: int, started_after: int, rule: AttendanceRule) -> None:
    found = mark_of_minutes(there, of, started_after, rule)
    assert (found is Mark.ABSENT) == (there <= 0)
    assert found.counts == (there > 0 and there >= rule.present_from * of)
    assert (found is Mark.LATE) == (found.counts and started_after > rule.late_after)


@given(st.floats(0, 600), st.floats(0, 60), lengths, st.integers(0, 600), rules)
def test_more_minutes_never_make_a_worse_mark(there: float, more: float, of: int, started_after: int, rule: AttendanceRule) -> None:
    worst_first = [Mark.ABSENT, Mark.PARTIAL, Mark.LATE, Mark.PRESENT]
    before, after = (worst_first.index(mark_of_minutes(each, of, started_after, rule)) for each in (there, there + more))
    assert before <= after


def test_marks_of_minutes_at_the_borders() -> None:
    rule = AttendanceRule()
    for there, started_after, expected in (
        (0, 0, Mark.ABSENT), (0.5, 0, Mark.PARTIAL), (143.9, 0, Mark.PARTIAL), (144, 0, Mark.PRESENT), (180, 15, Mark.PRESENT),
        (150, 15.5, Mark.LATE), (10_000, -30, Mark.PRESENT), (100, 80, Mark.PARTIAL),
    ):
        assert mark_of_minutes(there, 180, started_after, rule) is expected
