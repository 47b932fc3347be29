"""Coverage of a programme is what the pages of its factories say, whatever is known of their people (DOMAIN 6.2)."""

from collections import defaultdict
from dataclasses import astuple, replace
from datetime import UTC, date, datetime

import pytest

from app.access.actor import SYSTEM
from app.coverage import queries
from app.coverage.countries import reading
from app.coverage.denominators import fitted
from app.coverage.queries import heads, wide
from app.coverage.requirements.rules import Kind, Rule, Scope
from app.factories.headcounts import operations as headcounts
from app.factories.models import FactoryTerm
from app.factories.rules import JobRole, Sex, TermKind
from app.platform import clock
from app.platform.clock import now
from app.platform.db import db
from app.reports import behind
from app.reports.behind import Wanted
from app.reports.counting import Source, counted
from app.reports.facts import standing
from app.reports.facts.asked import Asked
from app.reports.labels import against
from app.reports.rules.facts import Split
from app.reports.rules.figures import Indicator
from tests.make import completions, courses, coverage, factories, requirements
from tests.make.headcounts import said
from tests.make.reports import QUARTER
from tests.make.statements import counted as statements

F, M, OPERATOR, SUPERVISOR = Sex.F, Sex.M, JobRole.OPERATOR, JobRole.SUPERVISOR
SKILLED, TEAMS, INTENSIVE = "skilled", "teams", "intensive"
"""Supervisors hold the course; 18 of 100 operators of the headcount do; supervisors of intensive factories do."""

MEASURED = """
factory | staff list: covered supervisors, operators | headcount                          | skilled | teams
Lotus   | 1 of 2, 2 of 5                             | 4 supervisors, 6 women and 4 men   | 1 of 2  | 2 of 10
River   | -                                          | 3 supervisors, 20 women, 10 unsaid | 0 of 3  | 0 of 30
Kite    | 1 of 1, none listed                        | 2 supervisors, 8 unsaid            | 1 of 1  | 0 of 8
Reed    | 0 of 1, 1 of 2                             | -                                  | 0 of 1  | 1 of 2
Heron   | -                                          | -                                  | -       | -
Amber   | none listed, 1 of 3                        | 7 unsaid operators                 | -       | 1 of 7
"""
BY_SEX = {SKILLED: "F 2 of 7", TEAMS: "F 2 of 27, M 1 of 5,  1 of 25"}
"""Of Amber's seven nobody said the sex, so nobody's is told apart. Two women of Lotus's six and Reed's one man are covered;
of River and Kite nobody is."""


class World:
    def __init__(self) -> None:
        self.programme, self.course = factories.programme(), courses.version("skills")
        self.factories = {name: factories.factory(name=name) for name in ("Lotus", "River", "Kite", "Reed", "Heron", "Amber")}
        for name, role, covered, women, men in (
            ("Lotus", SUPERVISOR, 1, 2, 0), ("Lotus", OPERATOR, 2, 4, 1), ("Kite", SUPERVISOR, 1, 1, 0), ("Reed", SUPERVISOR, 0, 1, 0),
            ("Reed", OPERATOR, 1, 0, 1), ("Reed", OPERATOR, 0, 1, 0), ("Amber", OPERATOR, 1, 3, 0),
        ):
            for place, sex in enumerate([F] * women + [M] * men):
                person = factories.person(self.factories[name], role, sex=sex)
                if place < covered:
                    completions.completion(person, self.course, self.factories[name], valid_until=None, at=now().replace(2026, 1, 5))
        for name, counts in (
            ("Lotus", {(SUPERVISOR, F): 4, (OPERATOR, F): 6, (OPERATOR, M): 4}),
            ("River", {(SUPERVISOR, F): 3, (OPERATOR, F): 20, (OPERATOR, None): 10}),
            ("Kite", {(SUPERVISOR, None): 2, (OPERATOR, None): 8}), ("Amber", {(OPERATOR, None): 7}),
        ):
            self.declare(name, counts)
        ids = (self.course.course_id,)
        for code, rule, scope in (
            (SKILLED, Rule(Kind.ROLE, ids, (SUPERVISOR,)), Scope()), (TEAMS, Rule(Kind.QUOTA, ids, (OPERATOR,), percent=18), Scope()),
            (INTENSIVE, Rule(Kind.QUOTA, ids, (SUPERVISOR,), percent=50), Scope(tiers=("intensive",))),
        ):
            requirements.requirement(self.programme, self.course.course_id, code, rule=rule, scope=scope)
        coverage.open_anew()

    def declare(self, name: str, counts: dict[tuple[JobRole, Sex | None], int]) -> None:
        with clock.telling(datetime(2026, 2, 1, tzinfo=UTC)):
            headcounts.declare(SYSTEM, self.factories[name].code, said(counts=counts))

    @property
    def asked(self) -> Asked:
        return Asked((self.programme.id,), QUARTER, now())

    def serve(self, name: str, tier: str) -> None:
        db.session.add(FactoryTerm(factory_id=self.factories[name].id, kind=TermKind.SUPPORT_TIER, value=tier, starts_on=date(2025, 1, 1), account_id=None))
        coverage.open_anew()

    def on_pages(self, on: date | None) -> dict[tuple[str, str], str]:
        return {
            (name, each.requirement.code): f"{each.whole.covered} of {each.denominator.people}"
            for name, factory in self.factories.items() for each in queries.measures(factory, on) if each.denominator.people
        }

    def in_facts(self, asked: Asked) -> dict[tuple[str, str], str]:
        sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
        for fact in standing.covered(asked):
            sums[fact.factory_id, fact.subject_id][0] += fact.met
            sums[fact.factory_id, fact.subject_id][1] += fact.number
        codes = {each.id: each.code for each in queries.required([self.programme.id], asked.last)}
        return {
            (name, codes[number]): "{} of {}".format(*each)
            for (factory_id, number), each in sums.items() for name, factory in self.factories.items() if factory.id == factory_id
        }


def test_each_factory_says_the_same_in_the_report_and_on_its_page(app: object) -> None:
    world = World()
    expected = {}
    for line in MEASURED.strip().splitlines()[1:]:
        name, _listed, _declared, *cells = (cell.strip() for cell in line.split("|"))
        expected |= {(name, code): cell for code, cell in zip((SKILLED, TEAMS), cells, strict=True) if cell != "-"}
    assert world.on_pages(QUARTER.last) == expected, "what asks nothing of a factory has no share on its page"
    assert world.in_facts(world.asked) == expected
    world.serve("River", "intensive")
    world.serve("Amber", "intensive")
    served = {**expected, ("River", INTENSIVE): "0 of 3"}
    assert world.on_pages(QUARTER.last) == world.in_facts(world.asked) == served, "Amber has a quota of people it has none of"


def test_the_overview_and_the_report_say_the_sum_of_the_pages(app: object) -> None:
    """Of every kind of factory; of the one that has more covered than it declared as many as it declared."""
    world = World()
    world.serve("River", "intensive")
    world.declare("Lotus", {(SUPERVISOR, F): 4, (OPERATOR, F): 1})
    assert world.on_pages(QUARTER.last)["Lotus", TEAMS] == "2 of 1", "the page of the factory says what does not fit"
    pages: dict[str, wide.Met] = defaultdict(wide.Met)
    for (_name, code), cell in world.on_pages(QUARTER.last).items():
        met, of = map(int, cell.split(" of "))
        pages[code] += wide.Met(min(met, of), of)
    [row] = reading.world(SYSTEM, QUARTER.last).rows
    assert row.shares == {code: each.share for code, each in pages.items()} and len(row.shares) == 3
    sums = reading.country(SYSTEM, world.programme, QUARTER.last).sums
    assert {code: wide.Met(each.met, each.of) for code, each in sums.items()} == pages
    [whole] = [each for each in counted(Source(world.asked), []) if each.indicator is Indicator.COVERAGE and not each.split]
    assert (whole.said.top, whole.said.of) == astuple(sum(pages.values(), wide.Met()))


def test_headcounts_are_read_where_they_decide_alone(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not of factories with a staff list in a programme without a quota."""
    world, asked = World(), list[set[int]]()
    monkeypatch.setattr(heads, "spots", lambda factories: asked.append({*factories}) or ({}, {}))
    abroad = factories.programme("VN", zone="Asia/Ho_Chi_Minh")
    requirements.requirement(abroad, world.course.course_id, "abroad", rule=Rule(Kind.ROLE, (world.course.course_id,), (SUPERVISOR,)))
    world.factories["Mekong"] = factories.factory(name="Mekong", programme_id=abroad.id)
    factories.person(world.factories["Mekong"], SUPERVISOR)
    world.declare("Mekong", {(SUPERVISOR, F): 4})
    coverage.open_anew()
    zones = {each.id: each.zone for each in (world.programme, abroad)}
    wide.world(queries.required(zones, QUARTER.last), zones, QUARTER.last)
    assert asked == [{world.factories[name].id for name in ("Lotus", "River", "Kite", "Amber")}]


def test_the_total_is_the_sum_however_it_is_told_apart(app: object) -> None:
    world = World()
    [whole] = [each for each in counted(Source(world.asked), [Split.SEX]) if each.indicator is Indicator.COVERAGE and not each.split]
    assert against(whole) == "6 of 64", "2 of 7 and 4 of 57"
    for splits in ([], [Split.ROLE], [Split.TIER], [Split.ROLE, Split.GROUP]):
        facts = standing.covered(world.asked, splits)
        assert (sum(each.met for each in facts), sum(each.number for each in facts)) == (6, 64)


def test_sexes_are_those_of_the_headcount(app: object) -> None:
    world = World()
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    codes = {each.id: each.code for each in queries.required([world.programme.id], QUARTER.last)}
    for fact in standing.covered(world.asked, [Split.SEX]):
        found[codes[fact.subject_id]][fact.sex][0] += fact.met
        found[codes[fact.subject_id]][fact.sex][1] += fact.number
    told = {code: ", ".join(f"{sex} {own[sex][0]} of {own[sex][1]}" for sex in ("F", "M", "") if sex in own) for code, own in found.items()}
    assert told == BY_SEX


def test_more_factories_take_no_more_statements(app: object) -> None:
    world = World()
    with statements() as before:
        standing.covered(world.asked)
        reading.world(SYSTEM, QUARTER.last)
    for number in range(4):
        name = f"More {number}"
        world.factories[name] = factories.factory(name=name)
        world.declare(name, {(SUPERVISOR, None): 5})
    db.session.flush()
    with statements() as after:
        standing.covered(world.asked)
        reading.world(SYSTEM, QUARTER.last)
    assert len(after) == len(before) <= 40


def test_behind_the_figure_it_is_said_who_is_known_by_number_alone(app: object) -> None:
    world = World()
    rows = behind.few(Source(world.asked), Wanted(Indicator.COVERAGE))
    assert sum(fact.more for fact in rows) == 3 + 10 + 30 + 8 + 7
    asked = replace(world.asked, factory_id=world.factories["River"].id)
    assert [(fact.sex, fact.met, fact.number) for fact in standing.covered(asked, ())] == [("F", 0, 3), ("", 0, 10), ("F", 0, 20)]


@pytest.mark.parametrize(
    ("heads", "covered", "told"),
    [
        ({("a", F): 6, ("a", M): 4}, {("a", F): 2}, {("a", F): (6, 2), ("a", M): (4, 0)}),
        ({("a", F): 6, ("a", None): 4}, {("a", F): 2}, {("a", None): (10, 2)}),
        ({("a", F): 6, ("b", M): 4}, {("a", M): 1}, {("a", None): (6, 1), ("b", None): (4, 0)}),
        ({("a", F): 6}, {("b", F): 1}, {(None, None): (6, 1)}),
        ({("a", F): 6}, {("a", F): 9}, {(None, None): (6, 6)}),
        ({}, {("a", F): 9}, {(None, None): (0, 0)}),
    ],
)
def test_nobody_is_covered_twice_and_none_of_whom_the_headcount_knows_nothing(heads: object, covered: object, told: object) -> None:
    assert fitted(heads, covered) == told
