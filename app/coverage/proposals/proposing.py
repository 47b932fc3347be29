"""A proposal: the runs that the people of some factories need."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from app.courses.models import CourseVersion
from app.coverage.proposals import queries
from app.coverage.proposals.rules import (
    HORIZON,
    Run,
    Teacher,
    fitting_days,
    split_into_runs,
    together,
    way,
    without_reserved,
)
from app.coverage.queries import Required
from app.factories.models import Factory, Programme
from app.factories.structure.rules import rest_days_of
from app.sessions.registers.defaults import defaults
from app.sessions.registers.queries.things import planning_rules
from app.sessions.rules import Modality
from app.sessions.service.queries import served

MOST_RUNS = 20
"""So many runs are proposed at a time; who needs more, proposes again."""


@dataclass(frozen=True)
class Gap:
    """A factory with people who are not covered; `reserved` places are held for some of them already."""

    factory: Factory
    people: int
    uncovered: int
    reserved: int


@dataclass(frozen=True)
class Wanted:
    """For which factories, from which day on, how many half-days how many days apart, at which time, in groups of what
    size, in which language.
    """

    programme: Programme
    requirement: Required
    version: CourseVersion
    factories: Sequence[Factory]
    first: date
    half_days: int
    apart: int
    starts: time
    largest: int
    language: str


@dataclass(frozen=True)
class ProposedRun:
    """One run. `days` are fewer than asked for where no more fit; `trainers` are free on all of them."""

    run: Run
    modality: Modality
    in_person: int
    virtual: int
    days: Sequence[date]
    trainers: Sequence[Teacher]
    is_small: bool
    """Smaller than the course should be."""


@dataclass(frozen=True)
class Proposed:
    """What is proposed. `hidden` more runs would be needed."""

    runs: Sequence[ProposedRun]
    hidden: int
    ways: Mapping[int, Modality]
    one_in: int


def gaps(programme: Programme, requirement: Required, factories: Collection[Factory]) -> list[Gap]:
    """Factories with somebody in a required role, those with most people to train first. Two statements."""
    ids = [factory.id for factory in factories]
    people, uncovered = Counter[int](), Counter[int]()
    for crew in queries.crews(programme, requirement, ids):
        people[crew.factory_id] += crew.people
        uncovered[crew.factory_id] += crew.uncovered
    held = queries.reserved(requirement, ids)
    rows = [Gap(each, people[each.id], uncovered[each.id], held[each.id]) for each in factories if people[each.id]]
    return sorted(rows, key=lambda row: (-row.uncovered, row.factory.name, row.factory.id))


def propose(wanted: Wanted) -> Proposed:
    """The runs, one after the other. Sixteen statements, however many people. The caller has checked the factories."""
    ids = [factory.id for factory in wanted.factories]
    crews = queries.crews(wanted.programme, wanted.requirement, ids)
    left = without_reserved(crews, queries.reserved(wanted.requirement, ids))
    one_in = (planning_rules(wanted.programme.id) or defaults()).release_one_in
    runs = split_into_runs(left, wanted.largest, one_in)
    ways = {
        row.factory.id: way(row.mode, row.tier, wanted.version.modalities) for row in served(list(wanted.factories))
    }
    last = wanted.first + timedelta(days=HORIZON * 2)
    teachers = queries.teachers(wanted.programme, wanted.requirement.course_id, wanted.first, last)
    dated = zip(runs[:MOST_RUNS], _dates(wanted, len(runs[:MOST_RUNS])), strict=True)
    made = [_proposed(wanted, run, days, ways, teachers) for run, days in dated]
    return Proposed(made, max(0, len(runs) - MOST_RUNS), ways, one_in)


def _dates(wanted: Wanted, runs: int) -> list[list[date]]:
    """Days for each run, after those of the run before: people of one line are never away at the same time."""
    rests = [rest_days_of(factory, wanted.programme) for factory in wanted.factories]
    days_off = queries.holidays(wanted.programme.id, wanted.first, HORIZON * 2)
    found: list[list[date]] = []
    first = wanted.first
    for _run in range(runs):
        days = fitting_days(first, wanted.half_days, rests, days_off, wanted.apart)
        found.append(days)
        first = days[-1] + timedelta(days=1) if days else first
    return found


def _proposed(
    wanted: Wanted, run: Run, days: list[date], ways: Mapping[int, Modality], teachers: Sequence[Teacher]
) -> ProposedRun:
    in_person = sum(count for factory, count in run.counts.items() if ways[factory] is Modality.IN_PERSON)
    return ProposedRun(
        run=run,
        modality=together(ways[factory] for factory in run.counts),
        in_person=in_person,
        virtual=run.people - in_person,
        days=days,
        trainers=[each for each in teachers if each.can(days, wanted.language)],
        is_small=run.people < wanted.version.group_min,
    )
