"""The portfolio, read: one row a factory, one cell a requirement, the factory that needs most first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.access.actor import Actor
from app.coverage import queries
from app.coverage.ledger.rules import after
from app.coverage.portfolio import queries as own
from app.coverage.portfolio.findings import by_course
from app.coverage.portfolio.rules import NONE, Risk, gap, risk
from app.coverage.queries import Measure, Required
from app.coverage.requirements.rules import WHOLE
from app.coverage.rules import instant
from app.factories.models import Factory
from app.factories.structure.rules import EngagementMode, SupportTier
from app.platform.clock import now
from app.platform.i18n import text
from app.sessions.service.queries import standing


@dataclass(frozen=True)
class Chosen:
    """What the address asks for; empty means all."""

    programme: str = ""
    requirement: str = ""
    tier: str = ""
    mode: str = ""
    product: str = ""
    group: str = ""
    province: str = ""
    no_roster: bool = False
    expiring: str = ""
    """Within how many days certificates end: 60 or 90."""
    on: date | None = None


@dataclass(frozen=True)
class Row:
    """A factory. `cells` are by the code of the requirement; `worst` is what it needs most."""

    factory: Factory
    tier: str | None
    mode: str | None
    roster_on: date | None
    roster_is_old: bool
    cells: Mapping[str, Measure]
    worst: Measure | None
    risk: Risk

    @property
    def due_soon(self) -> int:
        """People whose certificates end soon, requirement by requirement."""
        return sum(measure.whole.due_soon for measure in self.cells.values())

    @property
    def due_90(self) -> int:
        """The same within 90 days."""
        return sum(measure.whole.due_90 for measure in self.cells.values())

    def ends(self, within: str) -> bool:
        """Whether a certificate ends within so many days; without them every factory fits."""
        return bool({"60": self.due_soon, "90": self.due_90}.get(within, True))


@dataclass(frozen=True)
class Portfolio:
    """`offered` are the choices for each filter, of all factories in sight."""

    rows: Sequence[Row]
    columns: Sequence[Required]
    offered: Mapping[str, Sequence[tuple[str, str]]]


def portfolio(actor: Actor, chosen: Chosen) -> Portfolio:
    """Fourteen statements; six more where a factory declared a headcount and nobody is known by name."""
    factories = own.factories(actor, chosen.on)
    requirements = _seen(actor, factories, queries.required({each.programme_id for each in factories}, chosen.on))
    nothing: tuple[str | None, str | None] = None, None
    stands = {each.id: nothing for each in factories} if chosen.on else standing(factories)
    offered = _offered(factories, requirements)
    if chosen.on:  # of a past day there is nothing but what was printed then
        offered, chosen = {**offered, "tier": [], "mode": []}, replace(chosen, no_roster=False)
    chosen = _known(chosen, offered)
    shown = [each for each in factories if _fits(each, stands[each.id], chosen)]
    asked = [each for each in requirements if chosen.requirement in {"", each.code}]
    made = _rows(actor, shown, asked, stands, chosen.on)
    old = [row for row in made if row.roster_is_old or not chosen.no_roster]
    rows = [row for row in old if row.ends(chosen.expiring)]
    programmes = {row.factory.programme_id for row in rows}
    columns = list({each.code: each for each in asked if each.programme_id in programmes}.values())
    return Portfolio(sorted(rows, key=_order), columns, offered)


def _seen(actor: Actor, factories: Sequence[Factory], requirements: Sequence[Required]) -> list[Required]:
    """Those of which the actor may know at one of the factories."""
    places = [(each.programme_id, each.id) for each in factories]
    return [
        each for each in requirements
        if any(each.programme_id == programme and queries.sees(actor, each, number) for programme, number in places)
    ]  # fmt: skip


def _known(chosen: Chosen, offered: Mapping[str, Sequence[tuple[str, str]]]) -> Chosen:
    """A choice that is not offered counts as none."""
    known = {name: {value for value, _label in choices} for name, choices in offered.items()}
    none: dict[str, Any] = {name: "" for name, values in known.items() if getattr(chosen, name) not in values}
    return replace(chosen, **none)


def _order(row: Row) -> tuple[float, float, str, int]:
    share = row.worst.share if row.worst else None
    return -row.risk.score, 1.0 if share is None else share, row.factory.name, row.factory.id


def _fits(factory: Factory, stands: tuple[str | None, str | None], chosen: Chosen) -> bool:
    group = factory.group.code if factory.group else ""
    said = [
        (chosen.programme, factory.programme.code), (chosen.tier, stands[0]), (chosen.mode, stands[1]),
        (chosen.group, group), (chosen.province, factory.province),
    ]  # fmt: skip
    return all(asked in {"", value} for asked, value in said) and chosen.product in {"", *factory.products}


def _rows(
    actor: Actor, factories: Sequence[Factory], requirements: Sequence[Required],
    stands: Mapping[int, tuple[str | None, str | None]], on: date | None,
) -> list[Row]:  # fmt: skip
    ids = [each.id for each in factories]
    measured = queries.measures_of(factories, requirements, on)
    rosters = {} if on else own.rosters(ids)
    last = {} if on else own.last_completed(ids, {each.course_id for each in requirements})
    found = {} if on else by_course(actor, ids, now().date())
    rows = []
    for factory in factories:
        day = instant(factory.programme.zone, on, now()).day
        seen = [each for each in measured[factory.id] if queries.sees(actor, each.requirement, factory.id)]
        measures = {each.requirement.code: each for each in seen}
        risks = {
            code: gap(*_gap(each)) if on else risk(
                found.get((factory.id, each.requirement.course_code), ()), *_gap(each),
                last.get((factory.id, each.requirement.course_id)), day,
            )
            for code, each in measures.items()
        }  # fmt: skip
        worst = max(risks, key=lambda code: risks[code].score, default=None)
        moment = rosters.get(factory.id)
        roster = moment.date() if moment else None
        rows.append(
            Row(
                factory, *stands[factory.id], roster,
                not on and (roster is None or day >= after(roster, factory.programme.headcount_months)), measures,
                measures[worst] if worst and risks[worst].score else None, risks[worst] if worst else NONE,
            )
        )  # fmt: skip
    return rows


def _gap(measure: Measure) -> tuple[int, int]:
    """How many are missing, of how many there are."""
    whole = measure.whole
    if measure.requirement.kind in WHOLE:
        return whole.units - whole.met, whole.units
    wanted = -(-measure.denominator.people * measure.requirement.rule.percent // 100)
    return max(0, wanted - whole.covered), measure.denominator.people


def _offered(factories: Sequence[Factory], requirements: Sequence[Required]) -> Mapping[str, Sequence[tuple[str, str]]]:
    return {
        "programme": sorted({(each.programme.code, text(each.programme.name)) for each in factories}),
        "requirement": list({each.code: (each.code, text(each.titles)) for each in requirements}.values()),
        "group": sorted({(each.group.code, each.group.name) for each in factories if each.group}),
        "province": sorted({(each.province, each.province) for each in factories}),
        "product": sorted({(product, product) for each in factories for product in each.products}),
        "tier": [(each.value, each.value) for each in SupportTier],
        "mode": [(each.value, each.value) for each in EngagementMode],
    }
