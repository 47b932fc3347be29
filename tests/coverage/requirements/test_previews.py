"""What a version would do is counted before it is published, by the same definition as coverage itself."""

from datetime import date, timedelta

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.courses.models import CourseVersion
from app.coverage import queries
from app.coverage.requirements.previews import people_due, preview
from app.coverage.requirements.previews.counting import Preview
from app.coverage.requirements.rules import Happening, Kind, Rule, Scope
from app.factories.models import Factory, FactoryTerm, Person
from app.factories.rules import CommitteeKind, JobRole, Sex, Side, TermKind
from app.improvement.ambassadors.models import Ambassador
from app.improvement.ambassadors.rules import AmbassadorKind
from app.platform.clock import now, today
from app.platform.db import db
from tests.make import (
    ambassadors,
    completions,
    courses,
    coverage,
    factories,
    findings,
    headcounts,
    requirements,
    statements,
    structure,
)

ZONE = "Asia/Phnom_Penh"
LEADERS = requirements.LEADERS


def hold(person: Person, factory: Factory, version: CourseVersion, **values: object) -> None:
    completions.completion(person, version, factory, **values)


class Place:
    """Two factories: one with four supervisors of whom one is covered and one is not for long, one with two."""

    def __init__(self) -> None:
        self.version: CourseVersion = courses.version("skills")
        self.course = self.version.course_id
        self.big, self.small = factories.factory("BIG", name="Big"), factories.factory("SMALL", name="Small")
        self.people = [factories.person(self.big, line="Line 1", sex=Sex.F if n < 3 else Sex.M) for n in range(4)]
        self.others = [factories.person(self.small) for _ in range(2)]
        for person in self.people[:1]:
            hold(person, self.big, self.version)
        self.day = today(ZONE)

    def see(self, rule: Rule, scope: Scope = Scope(), day: date | None = None, of: int | None = None) -> Preview:  # noqa: B008
        return preview(self.big.programme_id, ZONE, rule, scope, day or self.day, of)

    def role(self) -> Rule:
        return Rule(Kind.ROLE, (self.course,), LEADERS)


@pytest.fixture
def place(app: Flask) -> Place:
    return Place()


def dues(found: Preview) -> dict[str, int]:
    return {each.factory.code: each.due for each in found.factories}


def test_everybody_in_the_role_who_holds_nothing_would_be_due(place: Place) -> None:
    found = place.see(place.role())
    assert (found.due, found.with_due, found.asked, found.valid) == (5, 2, 6, 1)
    assert dues(found) == {"BIG": 3, "SMALL": 2} and [each.factory.code for each in found.factories] == ["BIG", "SMALL"]
    by_sex = {each.sex: (each.asked, each.valid, each.due) for each in found.factories[0].counts}
    assert by_sex == {Sex.F: (3, 1, 2), Sex.M: (1, 0, 1)}
    named = [each.person.id for each in people_due(place.big.id, ZONE, place.role(), place.day)]
    assert sorted(named) == [person.id for person in place.people[1:]]


def test_the_numbers_are_those_of_the_people_at_every_factory(place: Place) -> None:
    hold(place.people[1], place.small, place.version, valid_until=completions.AT - timedelta(days=2))
    for rule in (place.role(), requirements.rules(place.course)[Kind.LAW], Rule(Kind.LAW, (place.course,), LEADERS, hours=2)):
        for row in place.see(rule).factories:
            assert row.due == len(people_due(row.factory.id, ZONE, rule, place.day))


def test_a_version_that_begins_later_is_seen_as_of_its_first_day(place: Place) -> None:
    later = completions.AT.date() + timedelta(days=731)
    assert dues(place.see(place.role(), day=later)) == {"BIG": 4, "SMALL": 2}


def test_waivers_are_left_out(place: Place) -> None:
    made = requirements.requirement(place.big.programme, place.course)
    requirements.waiver(place.small, made)
    requirements.waiver(place.big, made, place.people[3])
    found = place.see(place.role(), of=made.id)
    assert dues(found) == {"BIG": 2, "SMALL": 0}
    assert [each.waived for each in found.factories] == [1, 2]
    assert len(people_due(place.big.id, ZONE, place.role(), place.day, made.id)) == 2


def test_tier_product_and_size_decide_which_factories_are_asked(place: Place) -> None:
    place.big.products = ["denim"]
    for start, tier in ((date(2026, 1, 1), "intensive"), (place.day + timedelta(days=9), "standard")):
        db.session.add(FactoryTerm(factory_id=place.small.id, kind=TermKind.SUPPORT_TIER, value=tier, starts_on=start))
    headcounts.headcount(place.small)
    for scope, codes in (
        (Scope(tiers=("intensive",)), ["SMALL"]), (Scope(products=("denim", "knit")), ["BIG"]),
        (Scope(smallest=42), ["SMALL"]), (Scope(smallest=43), []), (Scope(largest=42), ["SMALL"]), (Scope(), ["BIG", "SMALL"]),
    ):
        assert [each.factory.code for each in place.see(place.role(), scope).factories] == codes, scope
    assert dues(place.see(place.role(), Scope(tiers=("intensive",)), place.day + timedelta(days=10))) == {}


def test_a_quota_counts_what_is_lacking_of_the_declared_headcount(place: Place) -> None:
    rule = Rule(Kind.QUOTA, (place.course,), LEADERS, percent=50)
    assert dues(place.see(rule)) == {"BIG": 1, "SMALL": 1}
    heads = headcounts.said(counts={(JobRole.SUPERVISOR, Sex.F): 9})
    headcounts.operations.declare(SYSTEM, "BIG", heads)
    assert dues(place.see(rule)) == {"BIG": 4, "SMALL": 1}


def test_lines_and_shifts_count_what_is_lacking_on_each(place: Place) -> None:
    rule = Rule(Kind.UNIT, (place.course,), LEADERS, per_unit=1, per_shift=True)
    structure.line(place.big, "Line 2")
    assert dues(place.see(rule)) == {"BIG": 1, "SMALL": 0}
    headcounts.headcount(place.big, shifts=2)
    assert dues(place.see(rule)) == {"BIG": 3, "SMALL": 0}


def test_a_committee_is_asked_on_both_sides(place: Place) -> None:
    committee = structure.committee(place.big, CommitteeKind.SAFETY)
    for person, side in ((place.people[0], Side.WORKER), (place.people[1], Side.WORKER), (place.people[2], Side.MANAGEMENT)):
        structure.member(committee, person, side)
    rule = Rule(Kind.BODY, (place.course,), committees=(CommitteeKind.SAFETY,))
    found = place.see(rule)
    assert dues(found) == {"BIG": 2, "SMALL": 0}
    assert {each.part: each.due for each in found.factories[0].counts} == {Side.WORKER: 1, Side.MANAGEMENT: 1}
    assert len(people_due(place.big.id, ZONE, rule, place.day)) == 2


def test_ambassadors_are_asked_and_master_trainers_are_not(place: Place) -> None:
    version = courses.pathway("factory-ambassador", [{"course": "skills"}])
    for person, kind in zip(place.people[:3], (AmbassadorKind.AMBASSADOR, AmbassadorKind.AMBASSADOR, AmbassadorKind.MASTER_TRAINER), strict=True):
        term = {"kind": kind, "pathway_version_id": version.id, "starts_on": date(2025, 1, 1), "ends_on": None}
        db.session.add(Ambassador(person_id=person.id, factory_id=place.big.id, account_id=None, appointed_at=now(), **term))
    rule = Rule(Kind.PATHWAY, (place.course,), needed=1, months=12)
    assert dues(place.see(rule)) == {"BIG": 1, "SMALL": 0}
    assert [each.person.id for each in people_due(place.big.id, ZONE, rule, place.day)] == [place.people[1].id]
    requirements.requirement(place.big.programme, place.course, "way", rule=rule)
    coverage.settle()
    [measure] = queries.measures(place.big)
    assert (measure.whole.active, measure.whole.covered, measure.whole.uncovered) == (2, 1, 1), "the ledger says the same"


def test_what_follows_findings_asks_only_where_one_is_open(place: Place) -> None:
    rule = requirements.rules(place.course)[Kind.FINDING]
    assert place.see(rule).factories == [], "nothing was found anywhere"
    findings.applied(findings.row("BIG"), findings.row("SMALL", "OS-02-Q01"))
    assert dues(place.see(rule)) == {"BIG": 3}, "the finding of the other is of another point"
    findings.applied(findings.row("BIG", day="2026-03-31", status="closed"))
    assert place.see(rule).factories == []
    assert dues(place.see(rule, day=date(2026, 2, 1))) == {"BIG": 4}, "of a day before it was closed, and before she was covered"


def test_a_cadence_counts_what_was_held(place: Place) -> None:
    rule = Rule(Kind.CADENCE, happening=Happening.DRILL, needed=2, months=6)
    for ago in (10, 40, 300):
        ambassadors.drill(place.big, held_on=place.day - timedelta(days=ago))
    found = place.see(rule)
    assert [(each.factory.code, each.held) for each in found.factories] == [("SMALL", 0), ("BIG", 2)]
    assert (found.needed, found.rare, found.due, found.asked) == (2, 1, 0, 0)


def test_nobody_and_everybody_are_counted_and_not_refused(place: Place) -> None:
    assert place.see(Rule(Kind.ROLE, (place.course,))).due == 0
    assert place.see(Rule(Kind.ROLE, (place.course,), tuple(JobRole))).due == 5


def test_more_factories_cost_no_more_statements(place: Place) -> None:
    with statements.counted() as few:
        place.see(place.role())
    for _ in range(5):
        hold(factories.person(more := factories.factory()), more, place.version)
    with statements.counted() as many:
        assert place.see(place.role()).asked == 11
    assert len(few) == len(many) <= 8
