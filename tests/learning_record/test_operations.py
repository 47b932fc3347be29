"""What enters the record of a factory, and that it enters once."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.factories.events import RosterApplied
from app.factories.models import Factory, RosterImport
from app.factories.rules import ImportState, JobRole, Sex
from app.learning_record import subscribers
from app.learning_record.models import EntryKind, RecordEntry
from app.platform.db import db
from app.sessions.events import SeatsSettled, TrainingCancelled, TrainingConfirmed
from app.sessions.rules import SeatState, TrainingState
from tests.make import attendance, completions, courses, factories

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def _entries(factory: Factory | None = None) -> list[RecordEntry]:
    statement = sa.select(RecordEntry).order_by(RecordEntry.id)
    return list(db.session.scalars(statement.where(RecordEntry.factory_id == factory.id) if factory else statement))


def test_a_completion_keeps_what_was_true_that_day(app: Flask) -> None:
    factory, version = factories.factory(), courses.version()
    person = factories.person(factory, JobRole.SUPERVISOR, sex=Sex.F, line="Line 7")
    completion = completions.completion(person, version, factory)
    subscribers.on_completed(CourseCompleted(completion.id))
    subscribers.on_completed(CourseCompleted(completion.id))
    person.sex = Sex.M
    [entry] = _entries(factory)
    assert (entry.kind, entry.at, entry.source) == (EntryKind.COMPLETION, AT, f"completion:{completion.id}:1")
    assert (entry.line, entry.role, entry.sex) == ("Line 7", JobRole.SUPERVISOR, Sex.F)
    assert (entry.version_id, entry.training_id) == (version.id, completion.training_id)


def test_corrections_are_entries_of_their_own(app: Flask) -> None:
    factory = factories.factory()
    completion = completions.completion(factories.person(factory), courses.version(), factory)
    subscribers.on_completed(CourseCompleted(completion.id))
    for _ in range(2):
        completion.withdrawn_at = AT
        subscribers.on_withdrawn(CompletionWithdrawn(completion.id))
        subscribers.on_withdrawn(CompletionWithdrawn(completion.id))
        completion.withdrawn_at = None
        subscribers.on_completed(CourseCompleted(completion.id))
    sources = [entry.source.replace(str(completion.id), "n", 1) for entry in _entries()]
    assert sources == ["completion:n:1", "withdrawal:n:1", "completion:n:2", "withdrawal:n:2", "completion:n:3"]


def test_one_completion_does_not_count_for_another_with_a_longer_number(app: Flask) -> None:
    factory = factories.factory()
    many = [completions.completion(factories.person(factory), courses.version(), factory) for _ in range(12)]
    for completion in many:
        subscribers.on_completed(CourseCompleted(completion.id))
    assert {entry.source.rpartition(":")[2] for entry in _entries()} == {"1"}


def test_a_confirmed_training_stands_in_the_record_of_each_factory_with_booked_people(app: Flask) -> None:
    training, late, none = attendance.training(), factories.factory(), factories.factory()
    early = factories.factory()
    attendance.people(training, 3, early)
    attendance.seat(training, factories.person(none), none, state=SeatState.REQUESTED)
    subscribers.on_training_confirmed(TrainingConfirmed(training.id))
    attendance.people(training, 1, late)
    for _ in range(2):
        subscribers.on_seats_settled(SeatsSettled(training.id, late.id, ()))
    assert [(entry.factory_id, entry.kind) for entry in _entries()] == [
        (early.id, EntryKind.TRAINING_CONFIRMED), (late.id, EntryKind.TRAINING_CONFIRMED),
    ]


def test_seats_of_a_training_that_is_not_confirmed_enter_nothing(app: Flask) -> None:
    training = attendance.training(state=TrainingState.TENTATIVE)
    attendance.people(training, 1, factories.factory())
    subscribers.on_seats_settled(SeatsSettled(training.id, 1, ()))
    assert _entries() == []


@pytest.mark.parametrize(
    ("state", "told"), [(SeatState.REQUESTED, True), (SeatState.BOOKED, True), (SeatState.WITHDRAWN, False)]
)
def test_a_cancelled_training_is_told_to_who_would_have_taken_part(app: Flask, state: SeatState, told: bool) -> None:
    training, factory = attendance.training(), factories.factory()
    attendance.seat(training, factories.person(factory), factory, state=state)
    subscribers.on_training_cancelled(TrainingCancelled(training.id))
    assert [entry.kind for entry in _entries(factory)] == [EntryKind.TRAINING_CANCELLED] * told


def test_an_applied_roster_enters_with_its_counts(app: Flask) -> None:
    factory = factories.factory()
    roster = RosterImport(
        factory_id=factory.id, file_name="staff.xlsx", file_key="k" * 64, state=ImportState.APPLIED, choices={},
        counts={"rows": 9, "applied": {"joined": 4, "left": 1}}, account_id=None, created_at=AT, applied_at=AT,
    )
    db.session.add(roster)
    db.session.flush()
    for _ in range(2):
        subscribers.on_roster_applied(RosterApplied(roster.id))
    [entry] = _entries(factory)
    assert (entry.kind, entry.details) == (EntryKind.ROSTER_IMPORTED, {"joined": 4, "left": 1})
