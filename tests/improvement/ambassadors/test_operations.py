"""Appointing, terms that end by themselves, progress, tasks that are confirmed."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.models import Employment, Factory, Person
from app.factories.rules import JobRole
from app.improvement.ambassadors import operations, queries
from app.improvement.ambassadors.models import TaskVerdict
from app.improvement.ambassadors.rules import AmbassadorKind, Pace, TaskState, TermState, Verdict
from app.platform.audit.models import AuditEntry
from app.platform.clock import telling
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from tests.make import accounts, ambassadors, completions, factories, lessons
from tests.make.statements import counted

NOON = datetime(2026, 11, 26, 5, tzinfo=UTC)
KIND = AmbassadorKind.AMBASSADOR


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("F-1")


@pytest.fixture
def person(factory: Factory) -> Person:
    return factories.person(factory)


def appoint(factory: Factory, person: Person, first: date = ambassadors.START, last: date | None = None, actor: object = SYSTEM) -> object:
    return operations.appoint(actor, factory.code, person.id, KIND, "to-train", first, last)


def test_appointing_pins_the_edition_and_happens_once(factory: Factory, person: Person) -> None:
    way, _courses = ambassadors.way()
    row = appoint(factory, person)
    assert row.pathway_version_id == way.id
    assert appoint(factory, person) is row
    assert [entry.action for entry in db.session.query(AuditEntry)] == ["ambassadors.appoint"]
    with pytest.raises(Refused, match="already"):
        appoint(factory, person, date(2026, 5, 1))


def test_what_is_refused(factory: Factory, person: Person) -> None:
    ambassadors.way()
    stranger = factories.person(factories.factory("F-2"))
    with pytest.raises(Refused, match="does not work"):
        appoint(factory, stranger)
    with pytest.raises(Refused, match="before the first"):
        appoint(factory, person, date(2026, 5, 1), date(2026, 4, 1))
    with pytest.raises(NotFound):
        operations.appoint(SYSTEM, factory.code, person.id, KIND, "no-way", ambassadors.START, None)
    far = accounts.actor(accounts.account(Role.ADVISOR, programme=factories.programme("BD", zone="Asia/Dhaka")))
    with pytest.raises(NotFound):
        appoint(factory, person, actor=far)
    focal = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=factory))
    with pytest.raises(NotFound):
        appoint(factory, person, actor=focal)


def test_a_term_ends_by_itself_when_the_person_leaves(factory: Factory, person: Person) -> None:
    ambassadors.way()
    row = appoint(factory, person)
    job = db.session.query(Employment).filter_by(person_id=person.id).one()
    job.ended_on = date(2026, 6, 1)
    other = Employment(
        person_id=person.id, factory_id=factory.id, employee_number="N", number_key="n", role=JobRole.OFFICE, designation=None,
        line_id=None, started_on=date(2026, 6, 1), ended_on=None,
    )
    db.session.add(other)
    db.session.flush()
    with telling(NOON):
        assert queries.one(SYSTEM, row.id).state is TermState.CURRENT, "another role is no end"
        other.ended_on = date(2026, 9, 1)
        db.session.flush()
        found = queries.one(SYSTEM, row.id)
        assert (found.state, found.term.last_day) == (TermState.LEFT, date(2026, 8, 31))
        assert queries.on_pathway([factory.id]) == []
        assert queries.own_factories(person.id) == set()
    assert queries.teaching_on(factory.id, date(2026, 8, 31)) != []
    assert queries.teaching_on(factory.id, date(2026, 9, 1)) == []
    factories.employ(person, factory, JobRole.OPERATOR, number="BACK").started_on = date(2026, 10, 1)
    db.session.flush()
    with telling(NOON):
        assert queries.one(SYSTEM, row.id).state is TermState.LEFT, "who comes back is appointed anew"
    assert appoint(factory, person, date(2026, 10, 5)).id != row.id


def test_the_end_can_be_changed_within_reason(factory: Factory, person: Person) -> None:
    ambassadors.way()
    row = appoint(factory, person, last=date(2026, 6, 30))
    later = appoint(factory, person, date(2026, 7, 1))
    operations.end_term(SYSTEM, row.id, date(2026, 5, 31))
    assert row.ends_on == date(2026, 5, 31)
    with pytest.raises(Refused, match="already"):
        operations.end_term(SYSTEM, row.id, None)
    with pytest.raises(Refused, match="before the first"):
        operations.end_term(SYSTEM, later.id, date(2026, 6, 30))
    operations.end_term(SYSTEM, later.id, date(2026, 12, 31))
    operations.end_term(SYSTEM, later.id, None)
    assert later.ends_on is None


def test_modules_done_and_pace(factory: Factory, person: Person) -> None:
    way, made = ambassadors.way()
    row = ambassadors.ambassador(factory, person, way)
    completions.completion(person, made[0], factory, at=datetime(2026, 2, 1, tzinfo=UTC))
    undone = completions.completion(person, made[1], factory, at=datetime(2026, 3, 1, tzinfo=UTC))
    undone.withdrawn_at = NOON
    db.session.flush()
    with telling(NOON):  # ten months: of four modules in a year three are due
        found = queries.one(SYSTEM, row.id).progress
    assert (found.done, found.total, found.due, found.pace, found.behind) == (1, 4, 3, Pace.BEHIND, 2)


def test_certified_once_all_is_done_and_not_a_day_before(factory: Factory, person: Person) -> None:
    way, made = ambassadors.way()
    ambassadors.ambassador(factory, person, way)
    for month, version in enumerate(made, 2):
        completions.completion(person, version, factory, at=datetime(2026, month, 1, 20, tzinfo=UTC))  # the 2nd in the factory
    assert not queries.teaching_on(factory.id, date(2026, 5, 1))[0].is_certified
    assert queries.teaching_on(factory.id, date(2026, 5, 2))[0].is_certified
    master = factories.person(factory, name="Aaa Master")
    ambassadors.ambassador(factory, master, way, kind=AmbassadorKind.MASTER_TRAINER)
    assert queries.teaching_on(factory.id, ambassadors.START)[0].is_certified


def test_a_task_is_confirmed_and_the_last_word_counts(factory: Factory, person: Person) -> None:
    way, made = ambassadors.way()
    row = ambassadors.ambassador(factory, person, way)
    log = lessons.log(person, made[0], factory)
    trainer = accounts.actor(accounts.account(Role.TRAINER, programme=factories.programme()))

    def states() -> list[TaskState]:
        return [task.state for task in queries.one(SYSTEM, row.id).tasks]

    assert states() == [TaskState.LOGGED, *[TaskState.OPEN] * 3]
    for verdict in (Verdict.MORE_NEEDED, Verdict.CONFIRMED, Verdict.CONFIRMED):
        operations.decide(trainer, log.id, verdict)
    assert states()[0] is TaskState.CONFIRMED
    assert db.session.query(TaskVerdict).count() == 2, "the same once more changes nothing"
    operations.decide(trainer, log.id, Verdict.MORE_NEEDED)
    assert states()[0] is TaskState.MORE_NEEDED
    log.withdrawn_at = NOON
    db.session.flush()
    assert states()[0] is TaskState.OPEN
    with pytest.raises(NotFound):
        operations.decide(trainer, log.id, Verdict.CONFIRMED)


def test_only_who_looks_after_the_factory_confirms(factory: Factory, person: Person) -> None:
    _way, made = ambassadors.way()
    log = lessons.log(person, made[0], factory)
    for role, place in ((Role.FOCAL_POINT, {"factory": factory}), (Role.ADVISOR, {"programme": factories.programme("BD", zone="Asia/Dhaka")})):
        with pytest.raises(NotFound):
            operations.decide(accounts.actor(accounts.account(role, **place)), log.id, Verdict.CONFIRMED)
    with pytest.raises(NotFound):
        operations.decide(lessons.actor(person), log.id, Verdict.CONFIRMED)


def test_lists_take_as_many_statements_however_long(factory: Factory) -> None:
    way, made = ambassadors.way()
    seen = []
    for _ in range(3):
        for _more in range(3):
            person = factories.person(factory)
            ambassadors.ambassador(factory, person, way)
            lessons.log(person, made[0], factory)
            completions.completion(person, made[0], factory)
        db.session.flush()
        db.session.expire_all()
        with counted() as statements:
            queries.listed(SYSTEM)
        seen.append(len(statements))
    assert seen == [5] * 3
