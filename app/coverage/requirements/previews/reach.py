"""The factories that a scope reaches on a day, with what their last headcount says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.coverage.ledger.facts.findings import open_findings
from app.coverage.requirements.rules import Kind, Rule, Scope
from app.factories.headcounts.models import Headcount, HeadcountCount
from app.factories.headcounts.queries import COUNTING
from app.factories.models import Factory, FactoryTerm
from app.factories.rules import FactoryStatus, TermKind
from app.platform.db import db


@dataclass(frozen=True)
class Reached:
    """A factory in the scope."""

    id: int
    code: str
    name: str
    local_name: str | None
    language: str
    declared: int | None
    """People of the roles of the rule by the last headcount; None where there is none."""
    shifts: int


def reached(programme_id: int, rule: Rule, scope: Scope, day: date, *, code: str | None = None) -> list[Reached]:
    """By name. Two statements, three where it follows findings, however many factories there are; with a code, that
    factory alone.
    """
    sizes = _sizes(programme_id, rule, day)
    tier = (
        sa.select(FactoryTerm.value)
        .where(FactoryTerm.factory_id == Factory.id, FactoryTerm.kind == TermKind.SUPPORT_TIER,
               FactoryTerm.starts_on <= day)
        .order_by(FactoryTerm.starts_on.desc()).limit(1).scalar_subquery()
    )
    statement = (
        sa.select(Factory.id, Factory.code, Factory.name, Factory.local_name, Factory.language, Factory.products, tier)
        .where(Factory.programme_id == programme_id, Factory.status != FactoryStatus.CLOSED)
        .order_by(Factory.name, Factory.id)
    )
    if code is not None:
        statement = statement.where(Factory.code == code)
    found = []
    for key, own_code, name, local_name, language, products, in_tier in db.session.execute(statement):
        people, declared, shifts = sizes.get(key, (None, None, None))
        if scope.has(in_tier, products, people):
            found.append(Reached(key, own_code, name, local_name, language, declared, shifts or 1))
    return _with_findings(found, rule, day) if rule.kind is Kind.FINDING else found


def _with_findings(found: Sequence[Reached], rule: Rule, day: date) -> list[Reached]:
    """Only where a finding is open that the rule follows."""
    opened = open_findings([each.id for each in found], rule.points)
    return [
        each for each in found
        if any(stretch.has(day) for point in opened.get(each.id, {}).values() for stretch in point)
    ]  # fmt: skip


def _sizes(programme_id: int, rule: Rule, day: date) -> dict[int, Sequence[Any]]:
    """All people, those of the roles, and the shifts, by factory, from the headcount that counts on a day."""
    place = sa.func.row_number().over(partition_by=Headcount.factory_id, order_by=COUNTING)
    last = (
        sa.select(Headcount.id, Headcount.factory_id, Headcount.shifts, place.label("place"))
        .join(Factory, Factory.id == Headcount.factory_id)
        .where(Factory.programme_id == programme_id, Headcount.as_of <= day)
        .subquery()
    )
    asked = sa.case((HeadcountCount.role.in_(rule.roles), HeadcountCount.people), else_=0)
    statement = (
        sa.select(last.c.factory_id, sa.func.sum(HeadcountCount.people), sa.func.sum(asked), last.c.shifts)
        .join(HeadcountCount, HeadcountCount.headcount_id == last.c.id)
        .where(last.c.place == 1)
        .group_by(last.c.factory_id, last.c.shifts)
    )
    return {key: rest for key, *rest in db.session.execute(statement)}
