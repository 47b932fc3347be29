"""When quizzes before and after a training session are open, and who is asked."""

from datetime import UTC, datetime, timedelta

import pytest

from app.quizzes.followups.rules import Asked, Stage, after, before, is_last_call, months_later, stage, standing

AT = datetime(2026, 8, 31, 5, tzinfo=UTC)
DAY = timedelta(days=1)


def test_the_one_before_is_open_for_a_week() -> None:
    assert before(AT).opens_at == AT - 7 * DAY
    assert before(AT).closes_at == AT


@pytest.mark.parametrize(("months", "day"), [(6, (2027, 2, 28)), (None, (2027, 2, 28)), (1, (2026, 9, 30)), (12, (2027, 8, 31)), (16, (2027, 12, 31))])
def test_the_one_after_opens_months_later_for_four_weeks(months: int | None, day: tuple[int, int, int]) -> None:
    times = after(AT, months)
    assert times.opens_at == datetime(*day, 5, tzinfo=UTC)
    assert times.closes_at - times.opens_at == 28 * DAY


def test_months_end_on_their_last_day() -> None:
    assert months_later(datetime(2027, 8, 30, tzinfo=UTC), 6) == datetime(2028, 2, 29, tzinfo=UTC)


def test_a_stage_begins_at_its_moment() -> None:
    ends = AT + 28 * DAY
    assert [stage(AT, ends, at) for at in (AT - timedelta(seconds=1), AT, ends)] == [Stage.COMING, Stage.OPEN, Stage.PAST]


@pytest.mark.parametrize(("days", "is_due"), [(20, False), (21, True), (27, True), (28, False)])
def test_the_last_call_is_a_week_before_the_end(days: int, is_due: bool) -> None:
    assert is_last_call(AT, AT + 28 * DAY, AT + days * DAY) is is_due


def test_a_week_needs_no_last_call() -> None:
    assert not any(is_last_call(AT, AT + 7 * DAY, AT + each * DAY) for each in range(8))


def test_what_was_answered_counts_whatever_became_of_the_person() -> None:
    assert standing(has_answered=True, has_seat=False, works_there=False) is Asked.ANSWERED
    assert standing(has_answered=False, has_seat=False, works_there=True) is Asked.WITHDREW
    assert standing(has_answered=False, has_seat=True, works_there=False) is Asked.LEFT
    assert standing(has_answered=False, has_seat=True, works_there=True) is Asked.MISSING
