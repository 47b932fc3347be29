"""A training session with somebody whom nobody knows."""

from secrets import token_hex

import pytest
import sqlalchemy as sa

from app.attendance.guests import operations
from app.attendance.guests.models import Guest
from app.attendance.guests.operations import GuestMarking
from app.attendance.models import CurrentMark
from app.attendance.rules import Mark
from app.factories.models import Person
from app.factories.rules import JobRole
from app.platform.db import db
from tests.attendance.conftest import Hall
from tests.make import factories


class Door:
    """The hall, a guest who was present at the first half-day and late at the second, and somebody of the factory
    without a seat."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.person: Person = factories.person(name="Sok Dara")
        factories.employ(self.person, hall.factory, JobRole.SUPERVISOR, number="0047")
        self.key = token_hex(16)
        self.note(Mark.PRESENT)
        self.note(Mark.LATE, 2)

    def note(self, mark: Mark, half_day: int = 1, **values: object) -> object:
        said = {"name": "Dara Sok", "number": "47", "factory_id": self.hall.factory.id, **values}
        meeting = self.hall.meetings[half_day - 1]
        return operations.note(self.hall.trainer, meeting.id, GuestMarking(self.key, mark, **said))

    @property
    def guest(self) -> Guest:
        found = sa.select(Guest).where(Guest.key == self.key).execution_options(populate_existing=True)
        return db.session.scalars(found).one()

    def resolve(self, person: Person, seen: int | None = None) -> Guest:
        revision = self.guest.revision if seen is None else seen
        return operations.resolve(self.hall.trainer, self.hall.training.id, self.guest.id, person.id, revision)

    def current(self, person: Person, half_day: int = 1) -> CurrentMark | None:
        meeting = self.hall.meetings[half_day - 1]
        found = sa.select(CurrentMark).where(CurrentMark.meeting_id == meeting.id, CurrentMark.person_id == person.id)
        return db.session.scalar(found.execution_options(populate_existing=True))


@pytest.fixture
def door(hall: Hall) -> Door:
    return Door(hall)
