"""A half-day that people of a factory join from their own room."""

from datetime import timedelta
from secrets import token_hex

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.attendance.models import CurrentMark
from app.attendance.rooms import operations
from app.attendance.rules import Mark
from app.factories.models import Person
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting
from app.sessions.rules import Modality, SiteKind
from tests.attendance.conftest import Hall
from tests.make import accounts, attendance


class Sewing:
    """The hall with a factory room, four people in it and their focal point; the half-day began an hour ago."""

    def __init__(self) -> None:
        self.hall = Hall(people=1)
        self.site = attendance.site(
            self.hall.training, "Sewing hall 2", SiteKind.FACTORY_ROOM, factory_id=self.hall.factory.id
        )
        self.people: list[Person] = attendance.people(self.hall.training, 4, self.hall.factory, at=self.site)
        self.account = accounts.account(Role.FOCAL_POINT, factory=self.hall.factory)
        self.focal = accounts.actor(self.account)
        for meeting in self.hall.meetings:
            meeting.modality = Modality.HYBRID
        self.begins(-60)

    @property
    def meeting(self) -> Meeting:
        return self.hall.meetings[0]

    @property
    def address(self) -> str:
        """What the focal point opens."""
        return f"/sessions/{self.hall.training.id}/meetings/1/rooms/{self.site.id}/people"

    def begins(self, minutes: float) -> None:
        """Let the half-day of three hours begin so many minutes from now."""
        self.meeting.starts_at = now() + timedelta(minutes=minutes)
        self.meeting.ends_at = self.meeting.starts_at + timedelta(hours=3)
        db.session.flush()

    def declare(self, person: Person, mark: Mark = Mark.PRESENT, mark_id: str | None = None) -> object:
        return operations.declare(
            self.focal, self.meeting.id, self.site.id, person.id, mark, mark_id or token_hex(16)
        )

    def check(self, person: Person, *, is_there: bool = True) -> object:
        return operations.spot_check(
            self.hall.trainer, self.meeting.id, self.site.id, person.id, token_hex(16), is_there=is_there
        )

    def current(self, person: Person) -> CurrentMark | None:
        found = sa.select(CurrentMark).where(CurrentMark.meeting_id == self.meeting.id, CurrentMark.person_id == person.id)
        return db.session.scalar(found.execution_options(populate_existing=True))


@pytest.fixture
def sewing(app: Flask) -> Sewing:
    return Sewing()
