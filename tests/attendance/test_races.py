"""Many helpers at once, with real commits."""

import threading
from collections.abc import Callable
from secrets import token_hex
from typing import TypeVar

import pytest
from flask import Flask

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.attendance import operations
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.operations import Receipt
from app.attendance.rules import Mark
from app.completions.models import Completion, UnitResult
from app.platform.db import db, transaction
from app.platform.refusal import Refused
from app.sessions import operations as sessions
from tests.make import accounts, attendance, courses, factories

pytestmark = [pytest.mark.slow, pytest.mark.every_run]

T = TypeVar("T")


class Story:
    """Committed rows, held by their ids."""

    def __init__(self, app: Flask, people: int, half_days: int = 2) -> None:
        self.app = app
        with app.app_context(), transaction():
            programme = factories.programme()
            account = accounts.account(Role.TRAINER, programme=programme)
            self.actor: Actor = accounts.actor(account)
            version = courses.version(test_unit=None, test_share=None)
            training = attendance.training(
                programme=programme, version=version, trainers=[account], half_days=half_days
            )
            self.people = [person.id for person in attendance.people(training, people)]
            self.training, self.meetings = training.id, [meeting.id for meeting in training.meetings]

    def mark(self, person: int, half_day: int, mark: Mark, mark_id: str | None = None) -> Receipt:
        return operations.mark(self.actor, self.meetings[half_day - 1], person, mark, mark_id=mark_id)

    def at_once(self, works: list[Callable[[], T]]) -> list[T | Exception]:
        """Do all of this at the same moment, each in a transaction of its own."""
        gate, answers = threading.Barrier(len(works)), [None] * len(works)

        def run(place: int) -> None:
            with self.app.app_context():
                gate.wait()
                try:
                    with transaction():
                        answers[place] = works[place]()
                except Refused as refusal:
                    answers[place] = refusal

        threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers


def test_the_same_mark_32_times_at_once_is_one_entry_and_one_receipt(own_app: Flask) -> None:
    story, mark_id = Story(own_app, people=1), token_hex(16)
    receipts = story.at_once([lambda: story.mark(story.people[0], 1, Mark.LATE, mark_id)] * 32)
    assert len(set(receipts)) == 1
    assert isinstance(receipts[0], Receipt)
    with own_app.app_context():
        assert [entry.mark_id for entry in db.session.query(MarkEntry)] == [mark_id]
        assert db.session.query(CurrentMark).count() == 1


def test_one_id_for_16_people_at_once_marks_one(own_app: Flask) -> None:
    story, mark_id = Story(own_app, people=16), token_hex(16)
    answers = story.at_once([lambda p=p: story.mark(p, 1, Mark.LATE, mark_id) for p in story.people])
    assert sum(isinstance(answer, Receipt) for answer in answers) == 1
    assert sum(isinstance(answer, Refused) for answer in answers) == 15
    with own_app.app_context():
        assert db.session.query(CurrentMark).count() == db.session.query(MarkEntry).count() == 1


def test_different_people_and_half_days_at_once_all_count(own_app: Flask) -> None:
    story = Story(own_app, people=8)
    both = [lambda p=p, h=h: story.mark(p, h, Mark.PRESENT) for p in story.people for h in (1, 2)]
    assert all(isinstance(answer, Receipt) for answer in story.at_once(both))
    with own_app.app_context():
        assert [result.share for result in db.session.query(UnitResult)] == [1] * 8
        assert db.session.query(Completion).filter(Completion.withdrawn_at.is_(None)).count() == 8


def test_all_present_from_four_phones_marks_each_once(own_app: Flask) -> None:
    story = Story(own_app, people=6)
    counts = story.at_once([lambda: operations.mark_all_present(story.actor, story.meetings[0])] * 4)
    assert sorted(counts) == [0, 0, 0, 6]
    with own_app.app_context():
        assert db.session.query(MarkEntry).count() == 6


@pytest.mark.sampled
@pytest.mark.parametrize("run", range(3))
def test_a_half_day_is_cancelled_while_the_other_is_marked(own_app: Flask, run: int) -> None:
    story = Story(own_app, people=6)
    marks = [lambda p=p: story.mark(p, 1, Mark.PRESENT) for p in story.people]
    cancel = [lambda: sessions.cancel_meeting(SYSTEM, story.training, 2)]
    story.at_once([*marks[:3], *cancel, *marks[3:]])
    with own_app.app_context():
        assert [result.share for result in db.session.query(UnitResult)] == [1] * 6
