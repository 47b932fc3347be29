"""A half-day that was held by link, its people and a report of it."""

from datetime import UTC, datetime, timedelta

import pytest

from app.attendance.reports import operations
from app.attendance.reports.models import MeetingReport, ReportParticipant
from app.attendance.reports.rules import Choice, Decision
from app.factories.models import Person
from app.platform.db import db
from app.sessions.models import Meeting
from app.sessions.rules import SiteKind
from tests.attendance.conftest import Hall
from tests.make import attendance, factories

START = datetime(2026, 5, 14, 9, tzinfo=UTC)
HEAD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"


def zoom(*rows: tuple[str, int, int], mail: str = "") -> bytes:
    """A report of joins: name, minutes after the start at which somebody came and left. The trainer is there all along."""
    lines = [HEAD]
    for name, came, left in (("Trainer", 0, 180), *rows):
        moments = [(START + timedelta(minutes=each)).strftime("%m/%d/%Y %I:%M:%S %p") for each in (came, left)]
        lines.append(f"{name},{mail if name != 'Trainer' else ''},{moments[0]},{moments[1]},1,Yes")
    return "\n".join(lines).encode()


class Link:
    """The hall three days ago, with four people who are named, and a factory room."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.meeting: Meeting = hall.meetings[0]
        self.meeting.starts_at, self.meeting.ends_at = START, START + timedelta(hours=3)
        self.meeting.starts, self.meeting.ends = START.replace(tzinfo=None), (START + timedelta(hours=3)).replace(tzinfo=None)
        self.room = attendance.site(hall.training, "Golden Needle - Training Room", SiteKind.FACTORY_ROOM, factory_id=hall.factory.id)
        self.dara = self.person("Keo Dara", "កែវ ដារ៉ា", "dara@golden.example")
        self.sophea = self.person("Sok Sophea", "សុខ សុភា")
        self.twins = [self.person("Chea Sreyneang", None), self.person("Chea Sreyneang", None)]
        db.session.flush()

    def person(self, name: str, local_name: str | None, email: str | None = None, **seat: object) -> Person:
        made = factories.person(self.hall.factory, name=name, local_name=local_name, email=email)
        attendance.seat(self.hall.training, made, self.hall.factory, **seat)
        return made

    def receive(self, *files: bytes, **values: object) -> MeetingReport:
        named = [(f"report-{number}.csv", data) for number, data in enumerate(files)]
        return operations.receive(self.hall.trainer, self.meeting.id, named, **values)

    def participant(self, name: str) -> ReportParticipant:
        found = db.select(ReportParticipant).where(ReportParticipant.display_name == name)
        return db.session.scalars(found.execution_options(populate_existing=True)).one()

    def decide(self, name: str, decision: Decision | None, **about: int) -> ReportParticipant:
        choice = Choice(decision, **about) if decision else None
        return operations.decide(self.hall.trainer, self.meeting.id, self.participant(name).id, choice)

    def apply(self) -> dict[int, tuple[str, int]]:
        """Mark and minutes by person."""
        return {each.person_id: (each.attendance.mark.value, each.attendance.minutes)
                for each in operations.apply(self.hall.trainer, self.meeting.id)}


@pytest.fixture
def link(hall: Hall) -> Link:
    return Link(hall)
