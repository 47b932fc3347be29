"""The page of one factory, read: its head, and a row for each requirement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.access.actor import Actor
from app.access.permissions import Permission
from app.coverage import queries
from app.coverage.ledger.rules import after
from app.coverage.of_factory import queries as own
from app.coverage.of_factory.rules import (
    Equity,
    OnLine,
    Share,
    equity,
    level_pairs,
    lines_covered,
    monthly_exit,
    remains,
    runs_needed,
)
from app.coverage.queries import Adjustment, Measure
from app.coverage.queries.declared import declared
from app.coverage.queries.figures import SEXES
from app.coverage.requirements.rules import Kind
from app.coverage.rules import Figure, instant, total
from app.factories.models import Committee, Factory
from app.factories.rules import JobRole, LineKind
from app.factories.structure.queries import factories as structure
from app.factories.structure.rules import Balance, holds_on
from app.improvement.cascade import queries as cascade
from app.platform.clock import now
from app.sessions.registers.defaults import defaults
from app.sessions.registers.queries.things import planning_rules
from app.sessions.service.queries import Served, served


@dataclass(frozen=True)
class Beside:
    """What others than the programme's trainers passed on, at its own level and never added: `people` who work there
    now heard it from an ambassador (B), `heads` were counted by the factory (C).
    """

    people: int
    heads: int


@dataclass(frozen=True)
class Row:
    """A requirement, and what its figures mean. `later` is the share that is left when nobody new is trained."""

    measure: Measure
    new: own.New | None
    lines: Share | None
    pairs: Share | None
    equity: Equity | None
    runs: int
    beside: Beside
    rate: float | None
    later: float | None
    adjustments: Sequence[Adjustment]
    names: bool
    """Whether there are people behind the numbers whom the actor may see: a declared headcount has no names."""

    @property
    def by_sex(self) -> Sequence[Figure]:
        """Sexes of which somebody is active, all roles together."""
        figures = self.measure.figures
        sexes = [(sex, total(each for each in figures if each.sex is sex)) for sex in SEXES]
        return [replace(figure, sex=sex) for sex, figure in sexes if figure.active]


@dataclass(frozen=True)
class Head:
    """Who the factory is, how it is served, and how old is what is known of its people."""

    factory: Factory
    day: date
    served: Served
    sees_service: bool
    cycle_day: int
    roster_on: date | None
    roster_is_old: bool
    headcount_on: date | None
    headcount_is_old: bool


@dataclass(frozen=True)
class Body:
    """A committee that sits; the balance of its sides only for those who may see it."""

    committee: Committee
    members: int
    balance: Balance | None


def head(actor: Actor, factory: Factory, on: date | None) -> Head:
    """Eight statements."""
    zone, months = factory.programme.zone, factory.programme.headcount_months
    at = instant(zone, on, now())
    how, said = served([factory])[0], declared([factory.id], at.day, at.moment).get(factory.id)
    roster, heads_on = _day(own.roster_of(factory.id), zone), said.as_of if said else None
    return Head(
        factory=factory,
        day=at.day,
        served=how,
        sees_service=reaches(actor, Permission.SERVICE_READ, factory),
        cycle_day=(at.day - how.cycle.starts_on).days + 1,
        roster_on=roster,
        roster_is_old=roster is None or at.day >= after(roster, months),
        headcount_on=heads_on,
        headcount_is_old=heads_on is None or at.day >= after(heads_on, months),
    )


def rows(actor: Actor, factory: Factory, on: date | None) -> list[Row]:
    """Fourteen statements, one more for a past day; six more where nobody is known by name."""
    day = instant(factory.programme.zone, on, now()).day
    places, left = own.on_lines(factory, on), own.turnover(factory.id, day)
    new = own.newcomers(factory, day, on)
    line_ids = {line.id for line in own.lines(factory.id, day) if line.kind is LineKind.LINE}
    later = queries.all_adjustments(factory, on) if on else {}
    heard = {} if on else cascade.reached([factory.id], day)
    counted = {} if on else cascade.heads([factory.id], day)
    one_in = (planning_rules(factory.programme_id) or defaults()).release_one_in
    found = []
    for measure in queries.measures(factory, on):
        if not queries.sees(actor, measure.requirement, factory.id):
            continue
        asked, at = measure.requirement, places.get(measure.requirement.id, [])
        rate, share = monthly_exit(asked.roles, left), measure.whole.share
        found.append(
            Row(
                measure=measure,
                new=new.get(asked.id),
                lines=lines_covered(line_ids, at) if _by_line(measure) else None,
                pairs=level_pairs(at) if asked.kind is Kind.ROLE else None,
                equity=equity(measure.figures),
                runs=runs_needed(factory.id, at, asked.group_max, one_in),
                beside=Beside(
                    sum(
                        people for (_factory, about, role, _sex), people in heard.items()
                        if about == asked.course_id and role in asked.roles
                    ),
                    counted[factory.id, asked.course_id].heads.total if (factory.id, asked.course_id) in counted else 0,
                ),
                rate=rate,
                later=remains(share, rate) if share and rate is not None and _is_forecast(measure) else None,
                adjustments=later.get(asked.id, []),
                names=sees_people(actor, factory, asked) and _has_names(measure, at),
            )
        )
    return found


def bodies(actor: Actor, factory: Factory, day: date) -> list[Body]:
    """The committees that sit on a day. Two statements, one where the actor may not see the sides."""
    if not reaches(actor, Permission.COMMITTEES_READ, factory):
        return []
    sides: Mapping[int, Balance] = {}
    if reaches(actor, Permission.COMMITTEES_SIDE, factory):
        sides = structure.balances(factory.id, day)
    return [
        Body(committee, members, sides.get(committee.id))
        for committee, members in structure.committees(factory.id, day)
        if holds_on(committee.starts_on, committee.ends_on, day)
    ]


def reaches(actor: Actor, permission: Permission, factory: Factory) -> bool:
    return actor.scope(permission).reaches(factory.programme_id, factory.id)


def sees_people(actor: Actor, factory: Factory, requirement: queries.Required) -> bool:
    """Who sits on a committee is for those alone who may see its members."""
    return requirement.kind is not Kind.BODY or reaches(actor, Permission.COMMITTEES_READ, factory)


def sees_parts(actor: Actor, factory: Factory, requirement: queries.Required) -> bool:
    """The side for which a member speaks is shown to few (DOMAIN 5.3); roles are no secret."""
    return requirement.kind is not Kind.BODY or reaches(actor, Permission.COMMITTEES_SIDE, factory)


def _has_names(measure: Measure, places: Sequence[OnLine]) -> bool:
    return bool(places or not measure.whole.active)


def _by_line(measure: Measure) -> bool:
    return measure.requirement.kind is Kind.ROLE and JobRole.SUPERVISOR in measure.requirement.roles


def _is_forecast(measure: Measure) -> bool:
    return measure.requirement.kind in {Kind.ROLE, Kind.QUOTA, Kind.FINDING, Kind.LAW}


def _day(moment: datetime | None, zone: str) -> date | None:
    return moment.astimezone(ZoneInfo(zone)).date() if moment else None


