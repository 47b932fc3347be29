"""Two helpers at one door, with real commits."""

from secrets import token_hex

import pytest
from flask import Flask

from app.attendance.guests import operations
from app.attendance.guests.models import Guest, GuestMark
from app.attendance.guests.operations import GuestMarking, GuestReceipt
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.rules import Mark
from app.platform.db import db, transaction
from app.platform.refusal import Refused
from app.sessions.models import Meeting, Seat, TrainingSession
from tests.attendance.test_races import Story
from tests.make import factories

pytestmark = [pytest.mark.slow, pytest.mark.every_run]


class Door(Story):
    """A guest, and two people who have no seat."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app, people=1)
        self.key = token_hex(16)
        with app.app_context(), transaction():
            factory = factories.factory()
            self.found = [factories.person(factory).id for _ in range(2)]
            self.factory = factory.id
            self.site = db.session.get_one(TrainingSession, self.training).sites[0].id
        with app.app_context(), transaction():
            self.note(token_hex(16))
            self.guest = db.session.query(Guest).one().id

    def note(self, mark_id: str) -> object:
        marking = GuestMarking(self.key, Mark.PRESENT, "Dara", mark_id=mark_id)
        return operations.note(self.actor, self.meetings[0], marking)

    def resolve(self, person_id: int) -> int | None:
        return operations.resolve(self.actor, self.training, self.guest, person_id, 0).person_id


def test_two_helpers_who_say_the_same_at_once(own_app: Flask) -> None:
    door = Door(own_app)
    answers = door.at_once([lambda: door.resolve(door.found[0])] * 6)
    assert answers == [door.found[0]] * 6
    with own_app.app_context():
        assert db.session.query(MarkEntry).count() == db.session.query(CurrentMark).count() == 1
        assert db.session.query(Seat).filter_by(person_id=door.found[0]).count() == 1


def test_two_helpers_who_say_different_people_at_once(own_app: Flask) -> None:
    door = Door(own_app)
    answers = door.at_once([lambda p=p: door.resolve(p) for p in door.found])
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    with own_app.app_context():
        guest = db.session.query(Guest).one()
        assert guest.person_id in door.found
        assert [mark.person_id for mark in db.session.query(CurrentMark)] == [guest.person_id]


def test_a_mark_that_comes_while_somebody_says_who_it_is_is_not_lost(own_app: Flask) -> None:
    door, mark_id = Door(own_app), token_hex(16)
    answers = door.at_once([lambda: door.resolve(door.found[0]), lambda: door.note(mark_id)])
    assert not any(isinstance(answer, Exception) for answer in answers)
    with own_app.app_context():
        assert db.session.query(GuestMark).count() == 2
        assert db.session.query(MarkEntry).filter_by(person_id=door.found[0]).count() == 2


def test_one_guest_of_16_equal_records_at_once(own_app: Flask) -> None:
    door, mark_id = Door(own_app), token_hex(16)
    door.key = token_hex(16)
    receipts = door.at_once([lambda: door.note(mark_id)] * 16)
    assert len(set(receipts)) == 1
    assert isinstance(receipts[0], GuestReceipt)
    with own_app.app_context():
        assert db.session.query(Guest).filter_by(key=door.key).count() == 1
        assert db.session.query(GuestMark).filter_by(mark_id=mark_id).count() == 1


def test_two_taps_on_somebody_at_the_door_are_one_seat_and_one_mark(own_app: Flask) -> None:
    door, mark_id = Door(own_app), token_hex(16)

    def tap() -> int:
        sent = door.found[1], door.factory, door.site, Mark.LATE, mark_id
        return operations.seat_and_mark(door.actor, door.meetings[0], *sent).number

    assert len(set(door.at_once([tap] * 6))) == 1
    with own_app.app_context():
        assert db.session.query(Seat).filter_by(person_id=door.found[1]).count() == 1
        assert db.session.query(MarkEntry).filter_by(person_id=door.found[1]).count() == 1
        assert db.session.get_one(Meeting, door.meetings[0]).training_id == door.training
