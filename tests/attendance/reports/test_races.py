"""Two people at one report at the same moment, with real commits."""

from datetime import timedelta

import pytest
from flask import Flask

from app.attendance.guests.models import Guest, GuestMark
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.reports import operations
from app.attendance.reports.models import MeetingReport, ReportFile, ReportParticipant
from app.attendance.reports.queries import around, view_of
from app.attendance.reports.rules import Choice, Decision
from app.completions.models import UnitResult
from app.platform.db import db, transaction
from app.sessions.models import Meeting
from tests.attendance.reports.conftest import START, zoom
from tests.attendance.test_races import Story

pytestmark = [pytest.mark.slow, pytest.mark.every_run]


class Reported(Story):
    """A report that names everybody, and somebody whom no list knows."""

    def __init__(self, app: Flask, people: int = 4) -> None:
        super().__init__(app, people)
        with app.app_context(), transaction():
            meeting = db.session.get_one(Meeting, self.meetings[0])
            meeting.starts_at, meeting.ends_at = START, START + timedelta(hours=3)
            for place, seat in enumerate(around(meeting).seats):
                seat.person.name = f"Sok {'ABCDEFGH'[place] * 6}"
            self.names = [seat.person.name for seat in around(meeting).seats]

    def receive(self, *more: str) -> int:
        data = zoom(*((name, 0, 170) for name in (*self.names, "Visitor", *more)))
        return operations.receive(self.actor, self.meetings[0], [("report.csv", data)]).id

    def decide(self, name: str, decision: Decision) -> int:
        row = db.session.scalars(db.select(ReportParticipant).where(ReportParticipant.display_name == name)).one()
        return operations.decide(self.actor, self.meetings[0], row.id, Choice(decision)).id

    def confirm(self) -> int:
        return operations.confirm_exact(self.actor, self.meetings[0])

    def apply(self) -> int:
        return len(operations.apply(self.actor, self.meetings[0]))

    def get_ready(self) -> None:
        with self.app.app_context(), transaction():
            self.receive()
            self.confirm()
            self.decide("Visitor", Decision.GUEST)


def rows(model: type) -> int:
    return db.session.query(model).count()


def test_two_take_the_marks_over_at_once(own_app: Flask) -> None:
    story = Reported(own_app)
    story.get_ready()
    assert sorted(story.at_once([story.apply] * 6)) == [0, 0, 0, 0, 0, 4], "one marks all, the others find it done"
    with own_app.app_context():
        assert (rows(MarkEntry), rows(CurrentMark), rows(UnitResult)) == (4, 4, 4)
        assert (rows(Guest), rows(GuestMark)) == (1, 1)
        assert db.session.query(MeetingReport).one().times_applied == 6


def test_the_same_file_from_two_people_at_once_is_one_report(own_app: Flask) -> None:
    story = Reported(own_app)
    assert len(set(story.at_once([story.receive] * 4))) == 1
    with own_app.app_context():
        assert (rows(MeetingReport), rows(ReportFile), rows(ReportParticipant)) == (1, 1, 6)


def test_two_files_from_two_people_at_once_add_up(own_app: Flask) -> None:
    story = Reported(own_app)
    assert len(set(story.at_once([story.receive, lambda: story.receive("Another")]))) == 1
    with own_app.app_context():
        assert (rows(MeetingReport), rows(ReportFile), rows(ReportParticipant)) == (1, 2, 7)


def test_names_are_confirmed_decided_and_taken_over_at_once(own_app: Flask) -> None:
    story = Reported(own_app)
    with own_app.app_context(), transaction():
        story.receive()
    story.at_once([
        story.confirm, story.apply, lambda: story.decide("Visitor", Decision.GUEST), story.confirm, story.apply,
        lambda: story.decide("Visitor", Decision.NOBODY),
    ])  # fmt: skip
    with own_app.app_context(), transaction():
        story.apply()
        assert (rows(MarkEntry), rows(CurrentMark)) == (4, 4)
        view = view_of(around(db.session.get_one(Meeting, story.meetings[0])))
        assert view is not None and view.exact == 0 and view.waiting == 1, "the trainer alone waits"
