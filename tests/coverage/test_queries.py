"""Figures of a day, the people behind them, and how many statements they take."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.completions.models import Completion
from app.coverage import queries, rules
from app.coverage.rules import Figure, Group
from app.coverage.subscribers import on_completed, on_withdrawn
from app.factories.models import Employment, Factory, Person
from app.factories.rules import JobRole, Sex
from app.platform import clock
from app.platform.db import db
from tests.make import completions, courses, coverage, factories, requirements
from tests.make.statements import counted

NOON = datetime(2026, 6, 1, 5, tzinfo=UTC)


class Story:
    """A factory where supervisors must hold one course."""

    def __init__(self) -> None:
        self.programme = factories.programme()
        self.factory = factories.factory()
        self.version = courses.version()
        coverage.require(self.programme, self.version)
        self.requirements = queries.requirements_of(self.factory)

    def complete(self, person: Person, factory: Factory | None = None, **values: object) -> Completion:
        made = completions.completion(person, self.version, factory or self.factory, **values)
        on_completed(CourseCompleted(made.id))
        return made

    def figures(self, on: date | None = None, factory: Factory | None = None) -> dict[Sex | None, Figure]:
        at = factory or self.factory
        found = queries.figures([at.id], self.requirements, {at.programme_id: self.programme.zone}, on)
        return {figure.sex: figure for figure in found.get((at.id, self.requirements[0].id), [])}

    def names(self, group: Group, on: date | None = None, sex: Sex | None = None) -> list[str]:
        return [row.name for row in self.rows(group, on, sex)]

    def rows(self, group: Group, on: date | None = None, sex: Sex | None = None) -> list[object]:
        return list(db.session.execute(queries.people(self.factory, self.requirements[0], group, on, sex)))


def test_a_requirement_begins_by_the_calendar_of_its_programme(app: Flask) -> None:
    programme = factories.programme()
    with clock.telling(NOON):
        requirements.requirement(programme, courses.version().course_id, starts_on=date(2026, 7, 1))
    for hour, number in ((16, 0), (18, 1)):  # Phnom Penh is seven hours ahead
        with clock.telling(datetime(2026, 6, 30, hour, tzinfo=UTC)):
            assert len(queries.required([programme.id])) == number


def test_covered_of_active_by_sex(app: Flask) -> None:
    story = Story()
    women = [factories.person(story.factory, sex=Sex.F, name=f"Woman {n}") for n in range(3)]
    man = factories.person(story.factory, sex=Sex.M, name="Man")
    factories.person(story.factory, JobRole.OPERATOR, sex=Sex.F, name="Operator")
    story.complete(women[0], at=datetime.now(UTC) - timedelta(days=2))
    story.complete(man, at=datetime.now(UTC) - timedelta(days=700))
    assert story.figures() == {
        Sex.F: Figure(Sex.F, active=3, covered=1, ever=1),
        Sex.M: Figure(Sex.M, active=1, covered=1, due_soon=1, ever=1, due_90=1),
    }
    assert story.names(Group.COVERED) == ["Man", "Woman 0"]
    assert story.names(Group.UNCOVERED) == ["Woman 1", "Woman 2"]
    assert story.names(Group.COVERED, sex=Sex.M) == ["Man"]


def test_who_leaves_is_lost_and_covers_the_next_factory(app: Flask) -> None:
    story, other = Story(), factories.factory()
    person = factories.person(story.factory, sex=Sex.F)
    story.complete(person, at=NOON)
    job = db.session.query(Employment).filter_by(person_id=person.id).one()
    job.ended_on = date(2026, 9, 1)
    factories.employ(person, other, JobRole.SUPERVISOR, number="X1").started_on = date(2026, 9, 15)
    coverage.open_anew()
    assert story.figures(date(2026, 8, 31)) == {Sex.F: Figure(Sex.F, active=1, covered=1, ever=1)}
    assert story.figures(date(2026, 9, 1)) == {Sex.F: Figure(Sex.F, ever=1, lost=1)}
    assert story.names(Group.LOST, date(2026, 9, 1)) == [person.name]
    assert story.figures(date(2026, 9, 20), other) == {Sex.F: Figure(Sex.F, active=1, covered=1)}


def test_a_withdrawal_uncounts_from_then_on_and_taking_back_counts_again(app: Flask) -> None:
    story = Story()
    completion = story.complete(factories.person(story.factory, sex=Sex.M), at=NOON)
    completion.withdrawn_at = NOON + timedelta(days=10)
    coverage.open_anew()
    assert story.figures(date(2026, 6, 5))[Sex.M].covered == 1
    assert story.figures(date(2026, 6, 11))[Sex.M] == Figure(Sex.M, active=1)
    completion.withdrawn_at = None
    for _ in range(2):
        on_completed(CourseCompleted(completion.id))
    assert story.figures()[Sex.M] == Figure(Sex.M, active=1, covered=1, ever=1)
    assert story.figures(date(2026, 6, 11))[Sex.M] == Figure(Sex.M, active=1), "as it was printed then"
    completion.withdrawn_at = datetime.now(UTC)
    on_withdrawn(CompletionWithdrawn(completion.id))
    assert story.figures()[Sex.M] == Figure(Sex.M, active=1)


def test_two_employee_numbers_are_one_person(app: Flask) -> None:
    story = Story()
    person = factories.person(story.factory, sex=Sex.F)
    factories.employ(person, story.factory, JobRole.INDIRECT_SUPERVISOR, number="second")
    story.complete(person, at=NOON)
    assert story.figures() == {Sex.F: Figure(Sex.F, active=1, covered=1, ever=1)}
    assert story.names(Group.COVERED) == [person.name]


def test_of_two_completions_the_one_that_lasts_counts(app: Flask) -> None:
    """After two entries of a person were joined."""
    story = Story()
    person = factories.person(story.factory, sex=Sex.F)
    present = datetime.now(UTC)
    for days in (700, 30):
        story.complete(person, at=present - timedelta(days=days))
    assert story.figures() == {Sex.F: Figure(Sex.F, active=1, covered=1, ever=1)}
    [row] = story.rows(Group.COVERED)
    assert (row.valid_until, row.since) == (present + timedelta(days=700), date(2020, 1, 1))
    story.complete(person, at=present - timedelta(days=1), valid_until=None)
    [row] = story.rows(Group.COVERED)
    assert row.valid_until is None


def test_a_second_period_shows_the_lost_person_once(app: Flask) -> None:
    story = Story()
    person = factories.person(story.factory, sex=Sex.F)
    story.complete(person, at=NOON - timedelta(days=900))
    story.complete(person, at=NOON - timedelta(days=100))
    db.session.query(Employment).one().ended_on = date(2026, 10, 1)
    coverage.settle()
    assert story.names(Group.LOST) == [person.name]
    assert story.figures() == {Sex.F: Figure(Sex.F, ever=1, lost=1)}


def test_another_programme_asks_nothing(app: Flask) -> None:
    story = Story()
    foreign = factories.factory(programme_id=factories.programme("VN", zone="Asia/Ho_Chi_Minh").id)
    factories.person(foreign, sex=Sex.F)
    assert queries.requirements_of(foreign) == []
    zones = {foreign.programme_id: "Asia/Ho_Chi_Minh", story.programme.id: story.programme.zone}
    assert queries.figures([foreign.id, story.factory.id], story.requirements, zones) == {}


def test_statements_do_not_grow_with_factories_and_people(app: Flask) -> None:
    story = Story()
    zones = {story.programme.id: story.programme.zone}
    numbers = []
    for count in (5, 50):
        ids = [factories.factory().id for _ in range(count)]
        for factory_id in ids:
            factories.person(db.session.get_one(Factory, factory_id), sex=Sex.F)
        with counted() as statements:
            queries.figures(ids, story.requirements, zones)
        numbers.append(len(statements))
    assert numbers == [3, 3]


@pytest.mark.parametrize("on", [None, date(2026, 6, 5)])
def test_roles_told_apart_add_up(app: Flask, on: date | None) -> None:
    story = Story()
    for role in (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR):
        for sex in (Sex.F, Sex.M):
            story.complete(factories.person(story.factory, role, sex=sex), at=NOON)
            factories.person(story.factory, role, sex=sex)
    coverage.open_anew()
    apart = queries.figures_by_role(story.factory, story.requirements, on)[story.factory.id, story.requirements[0].id]
    assert len(apart) == 4
    assert rules.total(apart) == rules.total(story.figures(on).values())
