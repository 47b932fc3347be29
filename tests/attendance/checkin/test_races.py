"""Many at once, with real commits."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask

from app.access.actor import Actor, Grant
from app.access.roles import Role
from app.attendance.checkin import operations
from app.attendance.checkin.models import CheckIn
from app.attendance.checkin.operations import Coming
from app.attendance.checkin.rules import Outcome, Way
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.rules import Evidence, Mark
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.refusal import Refused
from tests.attendance.checkin.conftest import Entrance

pytestmark = [pytest.mark.slow, pytest.mark.every_run]


class Story:
    """Committed rows, held by their ids."""

    def __init__(self, app: Flask, people: int) -> None:
        self.app = app
        with app.app_context(), transaction():
            hall = Entrance(people)
            self.trainer = hall.trainer
            self.people = [person.id for person in hall.people]
            self.coming = Coming(hall.meetings[0].id, hall.site, Way.SCREEN, now(), "phone")

    def come(self, person: int) -> None:
        actor = Actor(person_id=person, grants=(Grant(Role.PERSON),))
        operations.check_in(actor, self.coming)

    def declare(self, person: int) -> None:
        operations.declare(Actor(), self.coming, person)

    def at_once(self, works: list[Callable[[], object]]) -> None:
        gate = threading.Barrier(len(works))

        def run(work: Callable[[], object]) -> None:
            with self.app.app_context():
                gate.wait()
                try:
                    with transaction():
                        work()
                except Refused:
                    pass

        threads = [threading.Thread(target=run, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def rows(self) -> tuple[list[CheckIn], list[MarkEntry], list[CurrentMark]]:
        with self.app.app_context():
            return tuple(db.session.query(model).order_by(model.id).all() for model in (CheckIn, MarkEntry, CurrentMark))


def test_one_person_sixteen_times_at_once_is_one_check_in_and_one_mark(own_app: Flask) -> None:
    story = Story(own_app, people=1)
    story.at_once([lambda: story.come(story.people[0]), lambda: story.declare(story.people[0])] * 8)
    check_ins, entries, current = story.rows()
    assert len(check_ins) == 1
    assert [entry.evidence for entry in entries] == [Evidence.SELF_CHECK_IN]
    assert [(row.mark, row.is_disputed) for row in current] == [(Mark.PRESENT, False)]


def test_two_helpers_who_confirm_at_once_settle_each_once(own_app: Flask) -> None:
    story = Story(own_app, people=6)
    for person in story.people:
        story.at_once([lambda person=person: story.come(person)])
    ids = [row.id for row in story.rows()[0]]
    story.at_once([lambda: operations.confirm_all(story.trainer, story.coming.meeting_id, ids)] * 4)
    check_ins, entries, current = story.rows()
    assert {row.outcome for row in check_ins} == {Outcome.HERE}
    assert len(entries) == 12
    assert {(row.evidence, row.is_disputed) for row in current} == {(Evidence.ROLL_CALL, False)}
