"""The current marks are what the log says, also after merges and partings; where they are not, that is said and mended."""

import json
import random
from secrets import token_hex
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.attendance import operations, queries
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.operations.rebuilding import differences, marked_meetings, mend
from app.attendance.rules import Evidence, Mark
from app.completions.models import UnitResult
from app.factories.merging import operations as merging
from app.platform.audit.models import AuditEntry
from app.platform.db import db, transaction
from tests.attendance.conftest import Hall


def _all() -> list[Any]:
    return [each for meeting_id in marked_meetings() for each in differences(meeting_id)]


def _say(hall: Hall, draw: random.Random) -> None:
    """One door or another says something of somebody, knowing what it does or nothing."""
    person, meeting = draw.choice(hall.people), draw.choice(hall.meetings)
    said = [entry.mark_id for entry in db.session.query(MarkEntry).filter_by(meeting_id=meeting.id).order_by(MarkEntry.id)]
    seen = draw.sample(said, k=draw.randint(0, len(said)))
    marking = operations.Marking(
        person.id, draw.choice(list(Mark)), draw.choice(list(Evidence)), token_hex(16), frozenset(seen),
        draw.choice([None, 30, 180]), draw.choice([None, "kit:a", "kit:b", "report:1"]), draw.randint(0, 5),
    )
    seats = {person.id: queries.person_at(meeting, person.id)}
    if seats[person.id].person.merged_into_id is None:
        operations.take_down(hall.trainer, meeting, seats, [marking])


@pytest.mark.slow
@pytest.mark.sampled(2)
@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_said_by_whom_the_log_and_the_tables_agree(hall: Hall, seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(40):
        _say(hall, draw)
    assert _all() == []
    assert db.session.query(CurrentMark).count() > 3


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(4))
def test_they_agree_after_merges_and_partings(hall: Hall, seed: int) -> None:
    draw = random.Random(seed)
    winner, loser = hall.people[:2]
    for _ in range(15):
        _say(hall, draw)
    merge = merging.merge(SYSTEM, winner.id, loser.id)
    assert _all() == []
    for _ in range(15):
        _say(hall, draw)
    assert _all() == []
    merging.part(SYSTEM, merge.id)
    assert _all() == []
    for _ in range(10):
        _say(hall, draw)
    assert _all() == []


def _spoil(hall: Hall) -> None:
    """Another mark, none where there should be one, and one where nothing was said."""
    meeting = hall.meetings[0].id
    for person in hall.people[:2]:
        operations.mark(hall.trainer, meeting, person.id, Mark.PRESENT)
    own = sa.update(CurrentMark).where(CurrentMark.person_id == hall.person.id)
    db.session.execute(own.values(mark=Mark.ABSENT, is_disputed=True))
    db.session.execute(sa.delete(CurrentMark).where(CurrentMark.person_id == hall.people[1].id))
    db.session.add(
        CurrentMark(
            meeting_id=meeting, person_id=hall.people[2].id, mark_id="ab" * 16, mark=Mark.LATE, evidence=Evidence.CARD,
            at=hall.meetings[0].starts_at, standing=[], minutes=None,
        )
    )
    db.session.execute(sa.update(UnitResult).values(share=0))
    db.session.flush()


def test_differences_are_named_and_mended(hall: Hall) -> None:
    _spoil(hall)
    found = {each.person_id: each for each in _all()}
    assert set(found) == {person.id for person in hall.people}
    assert found[hall.person.id].fields == ["is_disputed", "mark"]
    assert not found[hall.people[1].id].stands
    assert not found[hall.people[2].id].follows
    assert len(mend(SYSTEM, hall.meetings[0].id)) == 3
    assert mend(SYSTEM, hall.meetings[0].id) == _all() == []
    assert {result.person_id for result in db.session.query(UnitResult).where(UnitResult.share > 0)} == {each.id for each in hall.people[:2]}
    assert db.session.query(AuditEntry).filter_by(action="attendance.rebuild").count() == 1


@pytest.mark.slow
def test_the_command_says_what_differs_and_mends_it(own_app: Flask) -> None:
    run = own_app.test_cli_runner().invoke
    with own_app.app_context(), transaction():
        hall = Hall()
        operations.mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.PRESENT)
        meeting, person = hall.meetings[0].id, hall.person.id
    assert run(args=["attendance", "rebuild", "--check"]).exit_code == 0
    with own_app.app_context(), transaction():
        db.session.execute(sa.update(CurrentMark).values(mark=Mark.ABSENT))
    checked = run(args=["attendance", "rebuild", "--check"])
    assert checked.exit_code == 1
    assert f"half-day {meeting}, person {person}: mark is absent, the log says present" in checked.output
    told = run(args=["attendance", "rebuild", "--check", "--json"])
    [difference] = json.loads(told.output)["differences"]
    assert (told.exit_code, difference) == (
        1, {"half_day": meeting, "person": person, "stands": {"mark": "absent"}, "follows": {"mark": "present"}},
    )
    assert run(args=["attendance", "rebuild"]).exit_code == 0
    again = run(args=["attendance", "rebuild", "--check", "--json"])
    assert (again.exit_code, json.loads(again.output)["differences"]) == (0, [])
