"""One training session in which the actor may mark."""

from datetime import timedelta

import pytest
from flask import Flask

from app.access.actor import Actor
from app.access.roles import Role
from app.factories.models import Factory, Person
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, TrainingSession
from tests.make import accounts, attendance, courses, factories


class Hall:
    """A confirmed training session of two half-days with a trainer and some people of one factory."""

    def __init__(self, people: int = 3, **training: object) -> None:
        self.programme = factories.programme()
        self.account = accounts.account(Role.TRAINER, programme=self.programme)
        self.trainer: Actor = accounts.actor(self.account)
        self.version = courses.version()
        self.training: TrainingSession = attendance.training(
            programme=self.programme, version=self.version, trainers=[self.account], **training
        )
        self.factory: Factory = factories.factory()
        self.people: list[Person] = attendance.people(self.training, people, self.factory)

    @property
    def meetings(self) -> list[Meeting]:
        return self.training.meetings

    @property
    def person(self) -> Person:
        return self.people[0]

    @property
    def address(self) -> str:
        """Of the roll call of the first half-day."""
        return f"/sessions/{self.training.id}/meetings/1/marks"

    def end(self, meeting: Meeting, hours: float) -> None:
        """Let a half-day have ended so many hours ago."""
        meeting.ends_at = now() - timedelta(hours=hours)
        meeting.starts_at = meeting.ends_at - timedelta(hours=3)
        db.session.flush()


@pytest.fixture
def hall(app: Flask) -> Hall:
    return Hall()
