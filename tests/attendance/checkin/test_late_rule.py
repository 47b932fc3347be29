"""From how many minutes after the start somebody is late is a rule of the course version, at every door."""

from datetime import timedelta

import pytest
from flask import Flask

from app.access.actor import Actor
from app.attendance import queries
from app.attendance.checkin import operations
from app.attendance.checkin.operations import Coming
from app.attendance.checkin.rules import Way
from app.attendance.rules import Mark
from app.platform.clock import now
from app.platform.db import db
from tests.attendance.checkin.conftest import Entrance
from tests.browse import Browse

CASES = [
    (0, -1, Mark.PRESENT), (0, 1, Mark.LATE),
    (5, 4, Mark.PRESENT), (5, 6, Mark.LATE), (5, 14, Mark.LATE),
    (60, 16, Mark.PRESENT), (60, 59, Mark.PRESENT), (60, 61, Mark.LATE),
]  # fmt: skip
"""The rule, minutes after the start, the mark."""


@pytest.fixture
def begun(hall: Entrance, late_after: int, came: int) -> Entrance:
    """The first half-day has begun so many minutes ago."""
    hall.version.late_after = late_after
    meeting = hall.meetings[0]
    meeting.starts_at = now() - timedelta(minutes=came)
    meeting.ends_at = meeting.starts_at + timedelta(hours=3)
    db.session.flush()
    return hall


def _mark(hall: Entrance) -> Mark | None:
    return queries.mark_of(hall.meetings[0].id, hall.person.id)


def _coming(hall: Entrance, way: Way = Way.SCREEN) -> Coming:
    return Coming(hall.meetings[0].id, hall.site, way, now(), "a phone")


@pytest.mark.parametrize(("late_after", "came", "mark"), CASES)
def test_by_the_own_check_in(begun: Entrance, mark: Mark) -> None:
    operations.check_in(Actor(person_id=begun.person.id), _coming(begun))
    assert _mark(begun) is mark


@pytest.mark.parametrize(("late_after", "came", "mark"), CASES)
def test_by_a_number_that_the_trainer_confirms(begun: Entrance, mark: Mark) -> None:
    said = operations.declare(Actor(person_id=begun.person.id), _coming(begun), begun.person.id)
    operations.confirm(begun.trainer, begun.meetings[0].id, said.id)
    assert _mark(begun) is mark


@pytest.mark.parametrize(("late_after", "came", "mark"), CASES)
def test_by_a_card(begun: Entrance, mark: Mark) -> None:
    scanned = operations.scan(begun.trainer, begun.meetings[0].id, begun.card(begun.person).token)
    assert (scanned.mark, _mark(begun)) == (mark, mark)


@pytest.mark.parametrize(("late_after", "came", "mark"), CASES)
def test_by_the_roll_call(begun: Entrance, mark: Mark, app: Flask) -> None:
    trainer = Browse(app).as_account(begun.account)
    assert trainer.post(f"{begun.address}/{begun.person.id}", {"mark": "arrived"}).status == 303
    assert _mark(begun) is mark
