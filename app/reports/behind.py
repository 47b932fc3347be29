"""What a figure counts, one by one: the same facts, so that their number is the figure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.coverage.models import Requirement
from app.factories.models import Factory, Person
from app.platform.db import db
from app.reports.counting import Source, known_of, told_apart
from app.reports.definitions import DEFINITIONS
from app.reports.rules.facts import COLUMNS, LARGE, NOT_SAID, Fact, Split, values_of
from app.reports.rules.figures import Indicator, Shape
from app.sessions.models import TrainingSession

TOPS: Mapping[Indicator, str] = {
    Indicator.COMPLETION: "met", Indicator.CERTIFICATION: "more", Indicator.COMMITTEES: "more",
    Indicator.PROMOTION: "met",
}  # fmt: skip
"""Of a share that counts facts: the number that is 1 for those that are counted on top."""


@dataclass(frozen=True)
class Wanted:
    """Which facts: of an indicator, one value of a split - or everybody -, and perhaps only those on top of a share."""

    indicator: Indicator
    split: Split | None = None
    value: str = NOT_SAID
    only_top: bool = False
    word: str = NOT_SAID
    """Of costs the currency: two are never added."""

    @property
    def kind(self) -> Any:
        return DEFINITIONS[self.indicator].kind

    @property
    def top(self) -> str | None:
        """The number that decides whether a fact is on top; None where a fact is not simply in or out."""
        return TOPS.get(self.indicator)


@dataclass(frozen=True)
class Row:
    """A fact with the names of what it is about."""

    fact: Any
    person: Any
    factory: Any
    training: Any
    requirement: Any


def statement(source: Source, wanted: Wanted) -> sa.Select[Any]:
    """Facts about people, as a statement in a fixed order: of persons one row each, with the sums of their facts."""
    facts = source.large().cte("facts")
    rows = sa.select(*(facts.c[name] for name in COLUMNS)).where(facts.c.kind == wanted.kind.value)
    if wanted.split is not None:
        value, start = told_apart(facts, wanted.split, known_of([wanted.split]))
        rows = rows.select_from(start).where(value == wanted.value)
    if wanted.only_top and wanted.top:
        rows = rows.where(facts.c[wanted.top] == 1)
    if wanted.indicator is not Indicator.PERSONS:
        return rows.order_by(facts.c.training_id.desc(), facts.c.person_id, facts.c.factory_id)
    each = rows.subquery()
    sums = [sa.func.sum(each.c[name]).label(name) for name in ("number", "amount")]
    return (
        sa.select(each.c.person_id, sa.func.max(each.c.factory_id).label("factory_id"), *sums,
                  sa.func.count().label("sessions"))
        .group_by(each.c.person_id)
        .order_by(each.c.person_id)
    )  # fmt: skip


def few(source: Source, wanted: Wanted) -> list[Fact]:
    """Facts of which there are few."""
    known = known_of([wanted.split] if wanted.split else [])
    split = wanted.split
    return [
        fact for fact in source.small(kinds=[wanted.kind])
        if fact.kind is wanted.kind and fact.word == wanted.word
        and (split is None or wanted.value in values_of(fact, split, known))
        and not (wanted.only_top and wanted.top and not getattr(fact, wanted.top))
    ]  # fmt: skip


def is_large(indicator: Indicator) -> bool:
    return DEFINITIONS[indicator].kind in LARGE


def number_of(source: Source, wanted: Wanted) -> int:
    """How many rows stand behind a figure."""
    if is_large(wanted.indicator):
        rows = statement(source, wanted).order_by(None).subquery()
        return db.session.scalar(sa.select(sa.func.count()).select_from(rows)) or 0
    return len(few(source, wanted))


def named(facts: Sequence[Any]) -> list[Row]:
    """With the names of a page of facts. Four statements, one for each kind of thing that there is."""
    people = _by_id(Person, facts, "person_id")
    factories = _by_id(Factory, facts, "factory_id")
    trainings = _by_id(TrainingSession, facts, "training_id")
    subjects = [fact for fact in facts if getattr(fact, "kind", "") == "covered"]
    requirements = _by_id(Requirement, subjects, "subject_id")
    return [
        Row(
            fact, _of(people, fact, "person_id"), _of(factories, fact, "factory_id"),
            _of(trainings, fact, "training_id"),
            requirements.get(getattr(fact, "subject_id", None) or 0) if requirements else None,
        )
        for fact in facts
    ]  # fmt: skip


def _of(found: Mapping[int, Any], fact: Any, name: str) -> Any:
    return found.get(getattr(fact, name, None) or 0)


def _by_id(table: Any, facts: Collection[Any], name: str) -> Mapping[int, Any]:
    ids = {getattr(fact, name, None) for fact in facts} - {None}
    if not ids:
        return {}
    return {row.id: row for row in db.session.scalars(sa.select(table).where(table.id.in_(ids)))}


def amounts(indicator: Indicator) -> tuple[str, ...]:
    """The numbers of a fact that the figure adds up, in the words of the template."""
    if indicator in TOPS:
        return ("top",)
    if DEFINITIONS[indicator].shape is Shape.GAIN:
        return ("before", "after")
    return {
        Indicator.PERSONS: ("sessions", "days"), Indicator.PARTICIPATIONS: ("days",),
        Indicator.PERSON_DAYS: ("days",), Indicator.HOURS: ("hours",), Indicator.SATISFACTION: ("met", "of"),
        Indicator.COVERAGE: ("met", "of"), Indicator.COMMITTEE_WOMEN: ("women", "met"),
        Indicator.COST_SHARE: ("money",), Indicator.CASCADE_B: ("of",), Indicator.CASCADE_C: ("of",),
    }.get(indicator, ())  # fmt: skip
