"""Entering sessions, correcting them, and what they are worth."""

from datetime import UTC, date, datetime
from secrets import token_hex
from typing import Any

import pytest
from flask import Flask

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.factories.models import Factory, Person
from app.factories.rules import JobRole, Sex
from app.improvement.ambassadors.rules import AmbassadorKind
from app.improvement.cascade import operations, queries
from app.improvement.cascade.events import CascadeCorrected, CascadeHeld
from app.improvement.cascade.models import CascadePerson, CascadeSession
from app.improvement.cascade.operations import Said, WrongPeople
from app.improvement.cascade.rules import Heads, Level, Why
from app.platform import bus
from app.platform.clock import telling
from app.platform.db import db
from app.platform.files.photos import clean
from app.platform.refusal import NotFound, Refused
from tests.make import accounts, ambassadors, courses, factories, headcounts, lessons
from tests.make.structure import line

NOON = datetime(2026, 11, 26, 5, tzinfo=UTC)
TODAY = date(2026, 11, 26)


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("F-1")


@pytest.fixture
def people(factory: Factory) -> list[Person]:
    return [factories.person(factory, JobRole.OPERATOR, sex=sex) for sex in (Sex.F, Sex.F, Sex.M, None)]


@pytest.fixture
def master(factory: Factory) -> Any:
    way, _courses = ambassadors.way()
    return ambassadors.ambassador(factory, factories.person(factory), way, kind=AmbassadorKind.MASTER_TRAINER)


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with telling(NOON):
        yield


@pytest.fixture
def told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    found: list[Any] = []
    monkeypatch.setattr(bus, "_handlers", {CascadeHeld: [found.append], CascadeCorrected: [found.append]})
    return found


def said(**values: Any) -> Said:
    return Said(**{"sent_id": token_hex(16), "held_on": TODAY, "theme": "osh", "minutes": 45, **values})


def test_a_certified_leader_with_names_is_level_b(factory: Factory, people: list[Person], master: Any, told: list[Any]) -> None:
    form = said(people=[each.id for each in people], ambassador_id=master.id, topic="Exits")
    row = operations.enter(SYSTEM, factory.code, form)
    assert (row.level, row.has_roster, row.heads) == (Level.B, True, Heads(2, 1, 1))
    assert operations.enter(SYSTEM, factory.code, form) is row, "the same form once more"
    assert told == [CascadeHeld(row.id)]
    on_it = db.session.query(CascadePerson).filter_by(cascade_id=row.id)
    assert {(each.role, each.sex) for each in on_it} == {(JobRole.OPERATOR, sex) for sex in (Sex.F, Sex.M, None)}


def test_all_else_is_level_c(factory: Factory, people: list[Person], master: Any) -> None:
    ids = [each.id for each in people]
    learner = ambassadors.ambassador(factory, factories.person(factory), master.pathway_version)
    assert operations.enter(SYSTEM, factory.code, said(people=ids, ambassador_id=learner.id)).level is Level.C
    assert operations.enter(SYSTEM, factory.code, said(people=ids)).level is Level.C
    assert operations.enter(SYSTEM, factory.code, said(heads=Heads(30, 10, 0), ambassador_id=master.id)).level is Level.C


def test_what_is_refused(factory: Factory, people: list[Person], master: Any) -> None:
    ids = [each.id for each in people]
    stranger = factories.person(factories.factory("F-2"))
    refused: list[tuple[Any, Said, str | None]] = [
        (Refused, said(held_on=date(2026, 11, 27), heads=Heads(1)), "not come yet"),
        (Refused, said(theme="weather", heads=Heads(1)), "theme"),
        (WrongPeople, said(heads=Heads()), "how many"),
        (WrongPeople, said(people=[]), "at least one"),
        (WrongPeople, said(people=[*ids, stranger.id]), "1 of these"),
        (WrongPeople, said(people=ids, held_on=date(2019, 12, 31)), "4 of these"),
        (Refused, said(people=ids, ambassador_id=master.id, held_on=date(2026, 1, 11)), "ambassador"),
        (NotFound, said(heads=Heads(1), line_id=line(factories.factory("F-3")).id), None),
        (NotFound, said(heads=Heads(1), course="no-course"), None),
    ]
    for kind, form, words in refused:
        with pytest.raises(kind, match=words):
            operations.enter(SYSTEM, factory.code, form)
    assert db.session.query(CascadeSession).count() == 0


def test_today_is_that_of_the_factory(factory: Factory) -> None:
    with telling(datetime(2026, 11, 26, 18, tzinfo=UTC)):  # past midnight in Phnom Penh
        assert operations.enter(SYSTEM, factory.code, said(held_on=date(2026, 11, 27), heads=Heads(1))).id


def test_whose_factory_it_is(factory: Factory, people: list[Person], master: Any) -> None:
    def actor(role: Role, **place: Any) -> Actor:
        return accounts.actor(accounts.account(role, **place))

    other = factories.factory("F-2")
    for role in (Role.FOCAL_POINT, Role.FACTORY_AMBASSADOR):
        assert operations.enter(actor(role, factory=factory), factory.code, said(heads=Heads(1))).id
        with pytest.raises(NotFound):
            operations.enter(actor(role, factory=other), factory.code, said(heads=Heads(1)))
    for role in (Role.ADVISOR, Role.TRAINER):
        with pytest.raises(NotFound):
            operations.enter(actor(role, programme=factories.programme()), factory.code, said(heads=Heads(1)))
    with pytest.raises(NotFound):
        operations.enter(lessons.actor(people[0]), factory.code, said(heads=Heads(1)))


def test_a_person_enters_what_she_led_herself(factory: Factory, people: list[Person], master: Any) -> None:
    another = ambassadors.ambassador(factory, people[0], master.pathway_version)
    me = lessons.actor(people[0])
    row = operations.enter(me, factory.code, said(heads=Heads(5), ambassador_id=master.id))
    assert (row.ambassador_id, row.account_id) == (another.id, None)
    assert queries.one(me, factory.id, row.id)
    theirs = operations.enter(SYSTEM, factory.code, said(heads=Heads(5), ambassador_id=master.id))
    with pytest.raises(NotFound):
        queries.one(me, factory.id, theirs.id)
    with pytest.raises(NotFound):
        operations.withdraw(me, factory.code, theirs.id, Why.OTHER)
    another.ends_on = date(2026, 11, 25)
    db.session.flush()
    with pytest.raises(NotFound):
        operations.enter(me, factory.code, said(heads=Heads(5)))


def test_a_correction_is_a_row_that_points_at_the_old_one(factory: Factory, people: list[Person], master: Any, told: list[Any]) -> None:
    first = operations.enter(SYSTEM, factory.code, said(heads=Heads(50, 10), ambassador_id=master.id))
    second = operations.correct(
        SYSTEM, factory.code, first.id, said(people=[people[0].id], ambassador_id=master.id), Why.WRONG_PEOPLE
    )
    third = operations.correct(SYSTEM, factory.code, second.id, said(heads=Heads(3)), Why.OTHER)
    assert [each.id for each in queries.chain(second)] == [first.id, second.id, third.id]
    assert (first.heads, second.corrects_id, third.first_id) == (Heads(50, 10), first.id, first.id)
    assert told == [CascadeHeld(first.id), CascadeCorrected(second.id), CascadeCorrected(third.id)]
    counted = db.session.scalars(queries.listed(SYSTEM, factory.id, queries.Chosen())).all()
    assert [each.id for each in counted] == [third.id]
    with pytest.raises(Refused, match="corrected already"):
        operations.correct(SYSTEM, factory.code, first.id, said(heads=Heads(3)), Why.OTHER)


def test_what_was_not_held_counts_nobody_and_stays(factory: Factory, told: list[Any]) -> None:
    row = operations.enter(SYSTEM, factory.code, said(heads=Heads(50)))
    gone = operations.withdraw(SYSTEM, factory.code, row.id, Why.NOT_HELD)
    assert operations.withdraw(SYSTEM, factory.code, row.id, Why.NOT_HELD) is gone
    assert operations.withdraw(SYSTEM, factory.code, gone.id, Why.NOT_HELD) is gone
    assert told == [CascadeHeld(row.id), CascadeCorrected(gone.id)]
    assert (gone.heads, gone.is_withdrawn, row.heads) == (Heads(), True, Heads(50))
    assert queries.heads([factory.id], TODAY) == {}


def test_a_photo_tells_nothing_of_the_phone(factory: Factory) -> None:
    row = operations.enter(SYSTEM, factory.code, said(heads=Heads(1), photo=clean(lessons.photo(mark="zqphone"))))
    assert row.evidence_key is not None


def test_reached_counts_each_person_who_is_still_there_once(factory: Factory, people: list[Person], master: Any) -> None:
    version = courses.version("fire-safety")
    ids = [each.id for each in people]
    values: dict[str, Any] = {"ambassador_id": master.id, "course": "fire-safety"}
    operations.enter(SYSTEM, factory.code, said(people=ids, **values))
    operations.enter(SYSTEM, factory.code, said(people=ids[:2], held_on=date(2026, 11, 1), **values))
    operations.enter(SYSTEM, factory.code, said(heads=Heads(400, 100), **values))
    operations.enter(SYSTEM, factory.code, said(people=ids, theme="working-time"))
    expected = {(JobRole.OPERATOR, Sex.F): 2, (JobRole.OPERATOR, Sex.M): 1, (JobRole.OPERATOR, None): 1}
    assert queries.reached([factory.id], TODAY) == {
        (factory.id, about, role, sex): number for about in ("osh", version.course_id) for (role, sex), number in expected.items()
    }
    assert queries.reached([factory.id], date(2026, 11, 2)) == {
        (factory.id, about, JobRole.OPERATOR, Sex.F): 2 for about in ("osh", version.course_id)
    }, "on a past day what was held by then"
    found = queries.heads([factory.id], TODAY)
    assert {about: (each.sessions, each.heads) for (_factory, about), each in found.items()} == {
        "osh": (1, Heads(400, 100)), version.course_id: (1, Heads(400, 100)), "working-time": (1, Heads(2, 1, 1)),
    }, "level C, apart"
    db.session.query(factories.Employment).filter_by(person_id=ids[0]).update({"ended_on": TODAY})
    assert queries.reached([factory.id], TODAY)[factory.id, "osh", JobRole.OPERATOR, Sex.F] == 1, "who left is lost"
    figures = queries.figures(factory.id, TODAY)
    assert (figures.people, figures.of(Level.B).sessions, figures.of(Level.C).heads) == (3, 2, Heads(402, 101, 1))
    assert queries.reached([factories.factory("F-2").id], TODAY) == {}


def test_numbers_of_people_and_of_the_headcount(factory: Factory, people: list[Person]) -> None:
    [job] = db.session.query(factories.Employment).filter_by(person_id=people[0].id)
    found, missing = queries.numbered(factory.id, TODAY, [job.employee_number, "nobody"])
    assert ([each.person_id for each in found], missing) == ([people[0].id], ["nobody"])
    assert queries.declared(factory.id, TODAY) is None
    headcounts.headcount(factory)
    assert queries.declared(factory.id, TODAY)
