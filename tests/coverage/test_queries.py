"""Figures kept by events, made anew, and counted from the facts are the same figures."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.completions.models import Completion
from app.coverage import operations, queries, rules
from app.coverage.models import Holding
from app.coverage.rules import Figure, Group
from app.coverage.subscribers import on_completed, on_withdrawn
from app.factories.models import Employment, Factory, Person
from app.factories.rules import JobRole, Sex
from app.platform.db import db
from tests.counts import examples
from tests.make import completions, courses, coverage, factories
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
        zones = {at.programme_id: self.programme.zone}
        found = queries.figures([at.id], self.requirements, zones, on)
        return {figure.sex: figure for figure in found.get((at.id, self.version.course_id), [])}

    def names(self, group: Group, on: date | None = None, sex: Sex | None = None) -> list[str]:
        statement = queries.people(self.factory, self.requirements[0], group, on, sex)
        return [row.name for row in db.session.execute(statement)]


def test_covered_of_active_by_sex(app: Flask) -> None:
    story = Story()
    women = [factories.person(story.factory, sex=Sex.F, name=f"Woman {n}") for n in range(3)]
    man = factories.person(story.factory, sex=Sex.M, name="Man")
    factories.person(story.factory, JobRole.OPERATOR, sex=Sex.F, name="Operator")
    story.complete(women[0], at=datetime.now(UTC) - timedelta(days=2))
    story.complete(man, at=datetime.now(UTC) - timedelta(days=700))
    assert story.figures() == {
        Sex.F: Figure(Sex.F, active=3, covered=1, ever=1),
        Sex.M: Figure(Sex.M, active=1, covered=1, due_soon=1, ever=1),
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
    moved = factories.employ(person, other, JobRole.SUPERVISOR, number="X1")
    moved.started_on = date(2026, 9, 15)
    db.session.flush()
    assert story.figures(date(2026, 8, 31)) == {Sex.F: Figure(Sex.F, active=1, covered=1, ever=1)}
    assert story.figures(date(2026, 9, 1)) == {Sex.F: Figure(Sex.F, ever=1, lost=1)}
    assert story.names(Group.LOST, date(2026, 9, 1)) == [person.name]
    assert story.figures(date(2026, 9, 20), other) == {Sex.F: Figure(Sex.F, active=1, covered=1)}


def test_a_withdrawal_uncounts_from_then_on_and_taking_back_counts_again(app: Flask) -> None:
    story = Story()
    completion = story.complete(factories.person(story.factory, sex=Sex.M), at=NOON)
    completion.withdrawn_at = NOON + timedelta(days=10)
    on_withdrawn(CompletionWithdrawn(completion.id))
    assert story.figures(date(2026, 6, 5))[Sex.M].covered == 1
    assert story.figures(date(2026, 6, 11))[Sex.M] == Figure(Sex.M, active=1)
    completion.withdrawn_at = None
    on_completed(CourseCompleted(completion.id))
    on_completed(CourseCompleted(completion.id))
    assert story.figures(date(2026, 6, 11))[Sex.M].covered == 1


def test_two_employee_numbers_are_one_person(app: Flask) -> None:
    story = Story()
    person = factories.person(story.factory, sex=Sex.F)
    factories.employ(person, story.factory, JobRole.INDIRECT_SUPERVISOR, number="second")
    story.complete(person, at=NOON)
    assert story.figures(date(2026, 6, 5)) == {Sex.F: Figure(Sex.F, active=1, covered=1, ever=1)}
    assert story.names(Group.COVERED, date(2026, 6, 5)) == [person.name]


def test_of_two_valid_holdings_the_one_that_lasts_counts(app: Flask) -> None:
    """After two entries of a person were joined."""
    story = Story()
    person = factories.person(story.factory, sex=Sex.F)
    present = datetime.now(UTC)
    for days in (700, 30):
        story.complete(person, at=present - timedelta(days=days))
    assert story.figures() == {Sex.F: Figure(Sex.F, active=1, covered=1, ever=1)}
    [row] = db.session.execute(queries.people(story.factory, story.requirements[0], Group.COVERED)).all()
    assert row.valid_until == present + timedelta(days=700)
    story.complete(person, at=present - timedelta(days=1), valid_until=None)
    [row] = db.session.execute(queries.people(story.factory, story.requirements[0], Group.COVERED)).all()
    assert row.valid_until is None


def test_a_second_period_shows_the_lost_person_once(app: Flask) -> None:
    story = Story()
    person = factories.person(story.factory, sex=Sex.F)
    story.complete(person, at=NOON)
    story.complete(person, at=NOON + timedelta(days=800))
    db.session.query(Employment).one().ended_on = date(2028, 10, 1)
    db.session.flush()
    assert story.names(Group.LOST, date(2028, 11, 1)) == [person.name]
    assert story.figures(date(2028, 11, 1)) == {Sex.F: Figure(Sex.F, ever=1, lost=1)}


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
    assert numbers == [2, 2]


# -- the property -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Life:
    """What may happen to a person: at work in a role from - to, a completion, its end, its withdrawal; in days."""

    starts: int
    works: int | None
    role: JobRole
    sex: Sex
    completes: int | None
    valid: int | None
    withdrawn: int | None


lives = st.lists(
    st.builds(
        Life,
        starts=st.integers(0, 30),
        works=st.none() | st.integers(1, 30),
        role=st.sampled_from([JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR, JobRole.OPERATOR]),
        sex=st.sampled_from([Sex.F, Sex.M]),
        completes=st.none() | st.integers(0, 30),
        valid=st.none() | st.integers(1, 30),
        withdrawn=st.none() | st.integers(0, 20),
    ),
    max_size=8,
)
DAY = date(2026, 1, 1)


def _live(story: Story, life: Life) -> None:
    person = factories.person(story.factory, life.role, sex=life.sex)
    job = db.session.query(Employment).filter_by(person_id=person.id).one()
    job.started_on = DAY + timedelta(days=life.starts)
    job.ended_on = job.started_on + timedelta(days=life.works) if life.works else None
    db.session.flush()
    if life.completes is None:
        return
    at = datetime(2026, 1, 1, 3, tzinfo=UTC) + timedelta(days=life.completes)
    until = at + timedelta(days=life.valid) if life.valid else None
    completion = story.complete(person, at=at, valid_until=until)
    if life.withdrawn is not None:
        completion.withdrawn_at = at + timedelta(days=life.withdrawn, hours=1)
        on_withdrawn(CompletionWithdrawn(completion.id))


def _expected(story: Story, all_lives: list[Life], day: int) -> dict[Sex | None, Figure]:
    """The formulas of DOMAIN 6.2 as plain loops over the facts."""
    moment = rules.instant(story.programme.zone, DAY + timedelta(days=day), NOON).moment
    found: dict[Sex | None, Figure] = {}
    for life in all_lives:
        in_role = life.role is not JobRole.OPERATOR
        works = in_role and life.starts <= day and (life.works is None or day < life.starts + life.works)
        begun, valid, ends = False, False, None
        if life.completes is not None:
            at = datetime(2026, 1, 1, 3, tzinfo=UTC) + timedelta(days=life.completes)
            ends = at + timedelta(days=life.valid) if life.valid else None
            withdrawn = at + timedelta(days=life.withdrawn, hours=1) if life.withdrawn is not None else None
            begun = rules.is_valid(at, None, withdrawn, moment)
            valid = rules.is_valid(at, ends, withdrawn, moment)
        figure = found.get(life.sex, Figure(life.sex))
        found[life.sex] = replace(
            figure,
            active=figure.active + works,
            covered=figure.covered + (works and valid),
            due_soon=figure.due_soon + (works and valid and ends is not None),
            ever=figure.ever + (in_role and begun),
            lost=figure.lost + (in_role and begun and not works),
        )
    return {sex: figure for sex, figure in found.items() if figure != Figure(sex)}


def _holdings() -> list[tuple[object, ...]]:
    columns = (
        Holding.completion_id, Holding.person_id, Holding.course_id, Holding.valid_from, Holding.valid_until,
        Holding.withdrawn_at,
    )
    return [tuple(row) for row in db.session.execute(sa.select(*columns).order_by(Holding.completion_id))]


@pytest.mark.slow
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=lives, days=st.lists(st.integers(0, 60), min_size=1, max_size=3))
def test_kept_equals_made_anew_equals_the_facts(app: Flask, lives: list[Life], days: list[int]) -> None:
    story = Story()
    for life in lives:
        _live(story, life)
    kept = _holdings()
    for day in days:
        assert story.figures(DAY + timedelta(days=day)) == _expected(story, lives, day)
    operations.rebuild()
    assert _holdings() == kept
    assert len(kept) >= sum(life.completes is not None for life in lives)


@pytest.mark.parametrize("on", [None, date(2026, 6, 5)])
def test_roles_told_apart_add_up(app: Flask, on: date | None) -> None:
    story = Story()
    for role in (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR):
        for sex in (Sex.F, Sex.M):
            story.complete(factories.person(story.factory, role, sex=sex), at=NOON)
            factories.person(story.factory, role, sex=sex)
    apart = queries.figures_by_role(story.factory, story.requirements, on)[story.factory.id, story.version.course_id]
    assert len(apart) == 4
    assert rules.total(apart) == rules.total(story.figures(on).values())
