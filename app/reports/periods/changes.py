"""What has changed since a period was frozen: facts that no longer count, facts that count since, and numbers."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.factories.models import Person
from app.platform.db import db
from app.reports import behind
from app.reports.behind import Row, Wanted
from app.reports.counting import Source
from app.reports.facts import large
from app.reports.rules.facts import COLUMNS, OF_FACTORIES, Fact
from app.reports.rules.figures import Figure, Indicator

MOST = 200
"""Changes of one kind that are shown; the difference itself is of all."""

_THING = ("programme_id", "factory_id", "training_id", "person_id", "subject_id", "sex", "word")
_OF_FACTORY = ("programme_id", "factory_id")
_NUMBERS: Mapping[Indicator, tuple[str, ...]] = {
    Indicator.PERSON_DAYS: ("number",), Indicator.HOURS: ("amount",), Indicator.COMPLETION: ("met",),
    Indicator.CERTIFICATION: ("more",), Indicator.GAIN: ("before", "after"), Indicator.SATISFACTION: ("met", "number"),
    Indicator.BEHAVIOUR: ("before", "after"), Indicator.COVERAGE: ("met", "number"), Indicator.COMMITTEES: ("more",),
    Indicator.COMMITTEE_WOMEN: ("amount", "met"), Indicator.PROMOTION: ("met",), Indicator.COST_SHARE: ("amount",),
    Indicator.CASCADE_B: ("number",), Indicator.CASCADE_C: ("number",),
}  # fmt: skip
"""What of a fact an indicator counts, beside that it is there."""


@dataclass(frozen=True)
class Adjustment:
    """A figure as it was told, and by what is known now; None where there was or is none."""

    indicator: Indicator
    told: Figure | None
    now: Figure | None
    is_other: bool = False
    """What was told was counted by an earlier definition: the difference is no late entry."""

    @property
    def is_moved(self) -> bool:
        """Whether something was entered late."""
        return not self.is_same and not self.is_other

    @property
    def is_same(self) -> bool:
        return bool(self._said(self.told) == self._said(self.now))

    @property
    def word(self) -> str:
        """Of costs the currency."""
        either = self.told or self.now
        return either.word if either else ""

    @property
    def is_hidden(self) -> bool:
        """Whether one of the two speaks of too few people: then their difference says too much as well."""
        return any(each is not None and each.is_hidden for each in (self.told, self.now))

    @staticmethod
    def _said(figure: Figure | None) -> Any:
        """Sums in another order differ in the last digits."""
        if figure is None:
            return None
        said = figure.said
        return round(said.top, 6), said.of

    @property
    def difference(self) -> float:
        """By how much the number - of a share the number on top - grew."""
        then, since = (each.said.top if each else 0.0 for each in (self.told, self.now))
        return since - then


def adjustments(
    told: list[Figure], now: list[Figure], earlier: Collection[Indicator] = ()
) -> list[Adjustment]:
    """Figures for everybody, side by side; those of costs by currency. `earlier` were counted by an earlier definition
    when they were told.
    """
    was, is_ = ({(each.indicator, each.word): each for each in of if not each.split} for of in (told, now))
    order = list(Indicator)
    keys = sorted({*was, *is_}, key=lambda key: (order.index(key[0]), key[1]))
    return [Adjustment(key[0], was.get(key), is_.get(key), key[0] in earlier) for key in keys]


@dataclass(frozen=True)
class Joined:
    """Somebody who was counted under an entry of its own then, and turned out to be somebody else."""

    then: Person
    now: Person


@dataclass(frozen=True)
class Changed:
    """Facts that are only there now, or only were then. A number that changed stands in both; of somebody who turned
    out to be somebody else this is said once, and what both of them did stands in neither.
    """

    gone: list[Row]
    new: list[Row]
    joined: list[Joined]


def changed(frozen: Source, now: Source, indicator: Indicator, word: str = "") -> Changed:
    """The facts behind the difference between both figures. A fixed number of statements."""
    if behind.is_large(indicator):
        kept = large.kept(frozen.period_id or 0).subquery()
        then, since = _led(kept), _led(now.large().subquery())
        gone, new = (_apart(one, other, indicator) for one, other in ((then, since), (since, then)))
        kind = Wanted(indicator).kind.value
        joined = _joined(sa.select(kept.c.person_id).where(kept.c.kind == kind))
    else:
        facts = [behind.few(each, Wanted(indicator, word=word)) for each in (frozen, now)]
        if indicator is Indicator.COVERAGE:
            facts = [_together(each) for each in facts]
        joined = _joined({fact.person_id for fact in facts[0]} - {None})
        leads = {each.then.id: each.now.id for each in joined}
        before, after = (Counter(_key(fact, indicator, leads) for fact in each) for each in facts)
        gone, new = (_facts(each, indicator) for each in (before - after, after - before))
    rows = behind.named([*gone[:MOST], *new[:MOST]])
    return Changed(rows[: len(gone[:MOST])], rows[len(gone[:MOST]) :], joined)


def _led(facts: Any) -> Any:
    """The same facts, each of whoever its person turned out to be."""
    holder = sa.func.coalesce(Person.merged_into_id, facts.c.person_id).label("person_id")
    columns = (holder if name == "person_id" else facts.c[name] for name in COLUMNS)
    return sa.select(*columns).outerjoin(Person, Person.id == facts.c.person_id).subquery()


def _joined(person_ids: Any) -> list[Joined]:
    """Who of these turned out to be somebody else. One statement."""
    winner = aliased(Person)
    pairs = sa.select(Person, winner).join(winner, winner.id == Person.merged_into_id)
    found = db.session.execute(pairs.where(Person.id.in_(person_ids)).order_by(Person.id).limit(MOST))
    return [Joined(then, now) for then, now in found]


def _apart(one: Any, other: Any, indicator: Indicator) -> list[Any]:
    """Rows of one that are not in the other; of persons the persons."""
    whole = ("training_id", "person_id", *_NUMBERS.get(indicator, ()))
    kind = Wanted(indicator).kind
    of_factories = kind in OF_FACTORIES
    names = ("person_id",) if indicator is Indicator.PERSONS else _OF_FACTORY if of_factories else whole
    sides = [sa.select(*(each.c[name] for name in names)).where(each.c.kind == kind) for each in (one, other)]
    apart = sa.except_(*sides).subquery()
    factory = () if of_factories else (sa.func.max(one.c.factory_id).label("factory_id"),)
    same = [one.c[name] == apart.c[name] for name in names]
    rows = sa.select(*(apart.c[name] for name in names), *factory).join(one, sa.and_(one.c.kind == kind, *same))
    grouped = rows.group_by(*(apart.c[name] for name in names)).order_by(*(apart.c[name] for name in names))
    found = db.session.execute(grouped.limit(MOST))
    return [Fact(kind, *row) for row in found] if of_factories else list(found)


def _together(facts: Iterable[Fact]) -> list[Fact]:
    """Coverage as earlier periods keep it: all roles of a requirement, factory and sex in one."""
    found: dict[tuple[Any, ...], Fact] = {}
    for fact in facts:
        key = fact.programme_id, fact.factory_id, fact.subject_id, fact.sex
        before = found.get(key, replace(fact, number=0, met=0))
        found[key] = replace(before, role="", number=before.number + fact.number, met=before.met + fact.met)
    return list(found.values())


def _key(fact: Fact, indicator: Indicator, leads: Mapping[int, int]) -> tuple[Any, ...]:
    numbers = (getattr(fact, name) for name in _NUMBERS.get(indicator, ()))
    own = replace(fact, person_id=leads.get(fact.person_id or 0, fact.person_id))
    return (*(getattr(own, name) for name in _THING), *(round(each, 6) for each in numbers))


def _facts(keys: Counter[tuple[Any, ...]], indicator: Indicator) -> list[Fact]:
    names = (*_THING, *_NUMBERS.get(indicator, ()))
    kind = Wanted(indicator).kind
    return [Fact(kind, **dict(zip(names, key, strict=True))) for key in sorted(keys.elements(), key=repr)]
