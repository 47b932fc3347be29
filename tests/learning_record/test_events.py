"""Real verbs of the rooms below, and what they leave in the record."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.access.actor import SYSTEM
from app.attendance import operations as marking
from app.attendance.models import CurrentMark
from app.attendance.rules import Evidence, Mark
from app.certificates import operations as certificates
from app.certificates.of_factories import operations as of_factories
from app.certificates.rules import Reason
from app.courses.rules import Category
from app.coverage.requirements.rules import Kind, Rule
from app.factories.headcounts import operations as headcounts
from app.factories.models import Factory
from app.factories.rules import CommitteeKind, FactoryStatus, JobRole, Sex, Side, TermKind
from app.factories.structure import operations as structure
from app.factories.structure.settings import FactorySettings
from app.learning_record import jobs
from app.learning_record.models import EntryKind, RecordEntry, RecordParticipant
from app.learning_record.operations import CoverageRow, note, note_coverage, note_held
from app.learning_record.operations.noting import rounds
from app.learning_record.rules import EvidenceLevel, month_ends
from app.platform import clock
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.jobs.models import Job
from app.sessions import operations as sessions
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import TrainingState
from tests.make import (
    attendance,
    completions,
    courses,
    coverage,
    factories,
    factory_certificates,
    requirements,
)
from tests.make import (
    headcounts as making,
)
from tests.make import (
    structure as lines,
)

AT = completions.AT


def entries(factory: Factory, *kinds: EntryKind) -> list[RecordEntry]:
    """The record of a factory in the order of writing, of these kinds alone if any are named."""
    found = sa.select(RecordEntry).where(RecordEntry.factory_id == factory.id).order_by(RecordEntry.id)
    return [entry for entry in db.session.scalars(found) if not kinds or entry.kind in kinds]


def mark(meeting: Meeting, person_id: int, said: Mark = Mark.PRESENT) -> CurrentMark:
    row = CurrentMark(meeting_id=meeting.id, person_id=person_id, mark=said, evidence=Evidence.ROLL_CALL, at=now())
    db.session.add(row)
    db.session.flush()
    return row


def closed(category: Category = Category.OTHER, **values: object) -> TrainingSession:
    """A closed training session of two half-days."""
    version = courses.version(category=category)
    return attendance.training(version=version, first=AT, state=TrainingState.CLOSED, **values)


def test_a_training_that_was_held_counts_who_came_by_factory_and_sex(app: Flask) -> None:
    training, here, there = closed(), factories.factory(), factories.factory()
    first, second = training.meetings
    came = factories.person(here, JobRole.SUPERVISOR, sex=Sex.F, line="Line 7")
    late = factories.person(here, JobRole.OPERATOR, sex=Sex.M)
    absent, partly = factories.person(here), factories.person(there)
    for person, factory in ((came, here), (late, here), (absent, here), (partly, there)):
        attendance.seat(training, person, factory)
    mark(first, came.id), mark(second, came.id), mark(second, late.id, Mark.LATE)
    mark(first, absent.id, Mark.ABSENT), mark(first, partly.id, Mark.PARTIAL)
    note_held(training.id)
    note_held(training.id)
    [entry] = entries(here)
    assert (entry.kind, entry.level, entry.people, entry.women) == (EntryKind.TRAINING_HELD, EvidenceLevel.A, 2, 1)
    assert (entry.at, entry.version_id) == (second.ends_at, training.version_id)
    who = {row.person_id: (row.line, row.role, row.sex) for row in db.session.query(RecordParticipant)}
    assert who == {came.id: ("Line 7", JobRole.SUPERVISOR, Sex.F), late.id: (None, JobRole.OPERATOR, Sex.M)}
    assert entries(there) == []


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        (Category.INDUSTRY_SEMINAR, EntryKind.SEMINAR_ATTENDED), (Category.COMMITTEE, EntryKind.COMMITTEE_TRAINED),
        (Category.AMBASSADOR, EntryKind.AMBASSADORS_TRAINED), (Category.OSH, EntryKind.TRAINING_HELD),
    ],
)
def test_what_was_held_is_told_by_its_shelf(app: Flask, category: Category, kind: EntryKind) -> None:
    training, factory = closed(category), factories.factory()
    person = factories.person(factory)
    attendance.seat(training, person, factory)
    mark(training.meetings[0], person.id)
    note_held(training.id)
    assert [entry.kind for entry in entries(factory)] == [kind]


def test_closed_again_with_other_people_is_a_correction_down_to_nobody(app: Flask) -> None:
    training, factory = closed(), factories.factory()
    person, other = factories.person(factory), factories.person(factory)
    for each in (person, other):
        attendance.seat(training, each, factory)
    said = [mark(training.meetings[0], each.id) for each in (person, other)]
    note_held(training.id)
    said[0].mark = Mark.ABSENT
    note_held(training.id)
    said[1].mark = Mark.ABSENT
    note_held(training.id)
    told = [(entry.source, entry.corrects, entry.people) for entry in entries(factory)]
    held = f"held:{training.id}"
    assert told == [(f"{held}:1", None, 2), (f"{held}:2", f"{held}:1", 1), (f"{held}:3", f"{held}:2", 0)]


def test_overlapping_employments_count_a_person_once(app: Flask) -> None:
    training, factory = closed(), factories.factory()
    person = factories.person(factory, JobRole.OPERATOR)
    factories.employ(person, factory, JobRole.SUPERVISOR, number="second")
    attendance.seat(training, person, factory)
    mark(training.meetings[0], person.id)
    note_held(training.id)
    [entry] = entries(factory)
    assert (entry.people, db.session.query(RecordParticipant).one().role) == (1, JobRole.SUPERVISOR)


def test_closing_a_training_enters_it(app: Flask) -> None:
    training, factory = attendance.training(first=now() - timedelta(days=2)), factories.factory()
    person = factories.person(factory)
    attendance.seat(training, person, factory)
    for meeting in training.meetings:
        marking.mark(SYSTEM, meeting.id, person.id, Mark.PRESENT, Evidence.ROLL_CALL)
    sessions.close(SYSTEM, training.id)
    assert [entry.people for entry in entries(factory, EntryKind.TRAINING_HELD)] == [1]


def test_certificates_of_people_enter_with_each_turn(app: Flask) -> None:
    factory = factories.factory()
    completion = completions.completion(factories.person(factory, line="Line 3"), courses.version(), factory)
    first = certificates.issue(completion.id)
    for _ in range(2):
        certificates.suspend(SYSTEM, first.id, Reason.CHECKED)
        certificates.reinstate(SYSTEM, first.id)
    certificates.revoke(completion.id, Reason.CORRECTED)
    found = entries(factory)
    assert [entry.kind.removeprefix("certificate_") for entry in found] == [
        "issued", "suspended", "reinstated", "suspended", "reinstated", "revoked"]
    assert {entry.details["number"] for entry in found} == {first.number}
    assert (found[0].line, found[-1].details["reason"]) == ("Line 3", Reason.CORRECTED)


def test_certificates_of_the_factory_enter_with_each_turn(app: Flask) -> None:
    _programme, version, rule = factory_certificates.world()
    factory = factory_certificates.staffed(version, covered=9, open_=1)
    made = factory_certificates.certificate(factory, rule)
    of_factories.suspend(SYSTEM, made.id, "asked")
    of_factories.reinstate(SYSTEM, made.id)
    again = of_factories.issue(SYSTEM, factory, rule, (), {}, replaced=made)
    assert again is not None
    of_factories.revoke(SYSTEM, again.id, "asked")
    told = [entry.kind for entry in entries(factory) if entry.kind.startswith("factory_")]
    assert told == [
        EntryKind.FACTORY_CERTIFIED, EntryKind.FACTORY_CERTIFICATE_SUSPENDED,
        EntryKind.FACTORY_CERTIFICATE_REINSTATED, EntryKind.FACTORY_CERTIFIED, EntryKind.FACTORY_CERTIFICATE_REPLACED,
        EntryKind.FACTORY_CERTIFICATE_REVOKED]


def test_a_headcount_and_its_correction(app: Flask) -> None:
    factory = factories.factory()
    first = making.headcount(factory)
    second = making.headcount(factory, women=40)
    found = entries(factory)
    assert [(entry.kind, entry.people, entry.women, entry.corrects) for entry in found] == [
        (EntryKind.HEADCOUNT_DECLARED, 42, 32, None),
        (EntryKind.HEADCOUNT_REVISED, 52, 42, f"headcount:{first.id}")]
    assert found[1].source == f"headcount:{second.id}"
    assert found[0].at.date() == date(2026, 1, 30), "the day begins where the factory is"


def test_a_headcount_that_does_not_count_corrects_nothing(app: Flask) -> None:
    factory = factories.factory()
    making.headcount(factory, date(2026, 2, 28))
    making.headcount(factory, date(2026, 2, 28), women=50)
    headcounts.apply(SYSTEM, making.file(factory).id)
    first, second, older = entries(factory)
    assert (second.corrects, older.corrects) == (first.source, None)


def test_who_is_on_a_committee_enters_without_a_side(app: Flask) -> None:
    factory = factories.factory()
    person = factories.person(factory, line="Line 1")
    made = structure.create_committee(SYSTEM, factory.code, CommitteeKind.SAFETY, date(2026, 1, 1), None)
    member = structure.add_member(SYSTEM, factory.code, made.id, person.id, Side.WORKER, date(2026, 2, 1))
    structure.correct_side(SYSTEM, factory.code, made.id, member.id, Side.MANAGEMENT)
    structure.end_membership(SYSTEM, factory.code, made.id, member.id, date(2026, 5, 1))
    structure.end_membership(SYSTEM, factory.code, made.id, member.id, date(2026, 6, 1))
    joined, left, later = entries(factory)
    assert (joined.kind, joined.person_id, joined.line) == (EntryKind.COMMITTEE_JOINED, person.id, "Line 1")
    assert (left.kind, later.corrects) == (EntryKind.COMMITTEE_LEFT, left.source)
    assert joined.details == {"committee": made.id, "committee_kind": "safety"}
    kept = [repr(value) for entry in (joined, left, later) for value in vars(entry).values()]
    assert not any(word in value for value in kept for word in ("worker", "management"))


def test_terms_and_their_corrections(app: Flask) -> None:
    factory = factories.factory()
    tier, mode = TermKind.SUPPORT_TIER, TermKind.ENGAGEMENT_MODE
    structure.begin_term(SYSTEM, factory.code, tier, "standard", date(2026, 1, 1))
    structure.begin_term(SYSTEM, factory.code, tier, "standard", date(2026, 1, 1))
    structure.begin_term(SYSTEM, factory.code, mode, "virtual", date(2026, 2, 1))
    structure.begin_term(SYSTEM, factory.code, tier, "intensive", date(2026, 1, 1))
    first, second, third = entries(factory)
    assert [each.details for each in (first, second, third)] == [
        {"term": "support_tier", "value": "standard"}, {"term": "engagement_mode", "value": "virtual"},
        {"term": "support_tier", "value": "intensive"}]
    assert (first.corrects, second.corrects, third.corrects) == (None, None, first.source)


def test_a_factory_that_pauses_and_closes_says_so(app: Flask) -> None:
    factory = factories.factory()
    for status in (FactoryStatus.PAUSED, FactoryStatus.PAUSED, FactoryStatus.ACTIVE, FactoryStatus.CLOSED):
        structure.change_factory(SYSTEM, factory.code, settings_of(factory, status))
    assert [entry.kind for entry in entries(factory)] == [
        EntryKind.FACTORY_PAUSED, EntryKind.FACTORY_RESUMED, EntryKind.FACTORY_CLOSED]


def settings_of(factory: Factory, status: FactoryStatus) -> FactorySettings:
    names = ("code", "name", "local_name", "language", "province", "group_id", "export_zone", "os_id", "slcp_id")
    return FactorySettings(**{name: getattr(factory, name) for name in names}, rest_days=None, status=status)


def test_coverage_at_the_end_of_a_month_enters_once(app: Flask) -> None:
    factory = factories.factory()
    row = CoverageRow(1, {"en": "Supervisory Skills"}, active=10, valid=7)
    note_coverage(factory.id, date(2026, 10, 31), [row])
    note_coverage(factory.id, date(2026, 10, 31), [CoverageRow(1, {"en": "Other"}, 10, 9)])
    note_coverage(factory.id, date(2026, 9, 30), [])
    [entry] = entries(factory)
    assert entry.details == {
        "rows": [{"requirement": 1, "titles": {"en": "Supervisory Skills"}, "active": 10, "valid": 7}]}


def test_the_monthly_job_counts_factories_that_take_part(app: Flask) -> None:
    version, factory = courses.version(), factories.factory()
    coverage.require(factory.programme, version)
    factory_certificates.complete(factories.person(factory, JobRole.SUPERVISOR), factory, version)
    gone = factories.factory(status=FactoryStatus.CLOSED)
    factories.person(gone, JobRole.SUPERVISOR)
    coverage.settle()
    month = today(factory.programme.zone)
    jobs.find_due().write()
    asked = [job.payload for job in db.session.query(Job).filter_by(kind="record.coverage")]
    assert [job["first"] for job in asked] == [factory.id]
    for _ in range(2):
        jobs.coverage(factory.programme_id, factory.id, month.isoformat()).write()
    [entry] = entries(factory, EntryKind.COVERAGE)
    assert [(row["active"], row["valid"]) for row in entry.details["rows"]] == [(1, 1)]
    assert entries(gone) == []


def test_the_monthly_job_counts_lines_and_who_closed_later(app: Flask) -> None:
    version, factory = courses.version(), factories.factory()
    rule = Rule(Kind.UNIT, (version.course_id,), (JobRole.SUPERVISOR,), per_unit=1)
    requirements.requirement(factory.programme, version.course_id, "lines", rule=rule)
    for line in ("Line 1", "Line 2"):
        person = factories.person(factory, JobRole.SUPERVISOR, line=line)
    factory_certificates.complete(person, factory, version)
    coverage.settle()
    day = today(factory.programme.zone)
    factory.status, factory.closed_on = FactoryStatus.CLOSED, day + timedelta(days=1)
    jobs.coverage(factory.programme_id, factory.id, day.isoformat()).write()
    [entry] = entries(factory, EntryKind.COVERAGE)
    assert [(row["active"], row["valid"]) for row in entry.details["rows"]] == [(2, 1)]


def test_months_that_were_missed_are_caught_up(app: Flask) -> None:
    """The worker stood still from the first days of August until now."""
    factory, other = factories.factory(), factories.factory()
    row = CoverageRow(1, {"en": "Supervisory Skills"}, active=10, valid=7)
    note_coverage(other.id, date(2026, 7, 31), [row])
    with clock.telling(datetime(2026, 11, 20, tzinfo=UTC)):
        jobs.find_due().write()
    asked = [job.payload for job in db.session.query(Job).filter_by(kind="record.coverage").order_by(Job.id)]
    assert {job["first"] for job in asked} == {min(factory.id, other.id)}
    assert [job["month_end"] for job in asked] == ["2026-08-31", "2026-09-30", "2026-10-31"]


@pytest.mark.parametrize(
    ("last", "months"),
    [
        (None, ["2026-10-31"]), (date(2026, 10, 31), ["2026-10-31"]), (date(2026, 9, 30), ["2026-10-31"]),
        (date(2026, 8, 31), ["2026-09-30", "2026-10-31"]), (date(2026, 11, 30), ["2026-10-31"]),
    ],
)  # fmt: skip
def test_which_months_are_written_down(last: date | None, months: list[str]) -> None:
    assert [each.isoformat() for each in month_ends(last, date(2026, 10, 31))] == months


def test_no_more_than_a_year_is_caught_up() -> None:
    found = month_ends(date(2020, 1, 31), date(2026, 2, 28))
    assert (found[0], found[-1], len(found)) == (date(2025, 3, 31), date(2026, 2, 28), 12)


@pytest.mark.parametrize("table", ["record_entry", "record_participant"])
@pytest.mark.parametrize("change", ["UPDATE {} SET line = 'x'", "DELETE FROM {}"])
def test_the_record_refuses_changes(app: Flask, table: str, change: str) -> None:
    training, factory = closed(), factories.factory()
    person = factories.person(factory)
    attendance.seat(training, person, factory)
    mark(training.meetings[0], person.id)
    note_held(training.id)
    with pytest.raises(DBAPIError, match="append-only"), db.session.begin_nested():
        db.session.execute(sa.text(change.format(table)))


def test_a_source_that_is_a_beginning_of_another_is_another(app: Flask) -> None:
    factory = factories.factory()
    for source in ("held:1:1", "held:11:1"):
        note(factory_id=factory.id, kind=EntryKind.TRAINING_HELD, source=source, at=AT)
    assert (rounds(factory.id, "held:1:"), rounds(factory.id, "held:11:")) == (1, 1)


def test_committee_members_named_before_the_record_are_told_when_it_changes(app: Flask) -> None:
    factory = factories.factory()
    committee = lines.committee(factory)
    lines.member(committee, factories.person(factory))
    structure.change_committee(SYSTEM, factory.code, committee.id, date(2024, 1, 1), None)
    assert [entry.kind for entry in entries(factory)] == [EntryKind.COMMITTEE_JOINED]
