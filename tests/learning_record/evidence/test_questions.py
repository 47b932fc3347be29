"""Figures of questions cannot be subtracted from each other."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.factories.models import Employment
from app.learning_record.evidence.members.tests import rows
from app.learning_record.evidence.rules import Period
from app.platform import clock
from app.platform.db import db
from app.quizzes.rules import AttemptState
from tests.make import evidence, quizzes, results
from tests.make.quizzes import Room

KNOWN = date(2024, 7, 31)
QUARTER = Period(date(2024, 1, 1), date(2024, 3, 31), KNOWN)
EARLIER, LAST = datetime(2024, 3, 5, 5, tzinfo=UTC), datetime(2024, 3, 11, 5, tzinfo=UTC)


def choose(person: int, question: int) -> Sequence[str]:
    """All know the first question, most the second."""
    return "0" if question == 0 or person % 3 else "1"


@pytest.fixture
def room(app: object) -> Room:
    """Six people took a test, and one a day later."""
    made = quizzes.room(count=2)
    for at, count in ((EARLIER, 6), (LAST, 1)):
        who = results.people(count, made.factory)
        with clock.telling(at):
            results.crowd(made.training, made.unit_id, made.questions, choose, who, factory=made.factory)
    return made


def said(room: Room, period: Period) -> list[list[Any]]:
    return [[row[0], *row[6:]] for row in rows(evidence.about(room.factory, period))]


def test_times_that_differ_by_a_day_give_no_other_figures(room: Room) -> None:
    whole = said(room, QUARTER)
    assert [row[:2] + row[3:4] for row in whole] == [["2024-Q1", 1, None], ["2024-Q1", 2, 7]]
    assert whole[0][2] == "All did the same: no figures."
    year = Period(date(2023, 12, 2), date(2024, 5, 9), KNOWN)
    assert said(room, year) == whole
    for until in (date(2024, 3, 10), date(2024, 3, 11), date(2024, 3, 30)):
        assert said(room, Period(QUARTER.since, until, KNOWN)) == []
    assert said(room, Period(date(2024, 3, 11), date(2024, 6, 30), KNOWN)) == []


def test_the_staff_list_takes_nobody_out(room: Room) -> None:
    whole = said(room, QUARTER)
    db.session.query(Employment).update({"started_on": QUARTER.until + timedelta(days=1)})
    assert said(room, QUARTER) == whole


def test_a_test_waits_for_its_last_points(room: Room) -> None:
    [one] = results.people(1, room.factory)
    with clock.telling(LAST):
        [late] = results.crowd(room.training, room.unit_id, room.questions, choose, [one], factory=room.factory)
    late.state = AttemptState.SUBMITTED
    db.session.flush()
    assert said(room, QUARTER) == [["2024-Q1", None, "Answers wait for their points: no figures yet.", *[None] * 4]]


def test_the_quarters_of_a_time() -> None:
    found = Period(date(2023, 10, 1), date(2024, 9, 29), KNOWN).quarters()
    assert [(each.since, each.until) for each in found] == [
        (date(2023, 10, 1), date(2023, 12, 31)), (date(2024, 1, 1), date(2024, 3, 31)), (date(2024, 4, 1), date(2024, 6, 30))]
