"""What coverage says about rules today: many factories in a few statements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.certificates.of_factories import rules
from app.certificates.of_factories.models import IN_FORCE, FactoryCertificate, FactoryRule
from app.certificates.of_factories.queries import ruling
from app.certificates.of_factories.rules import Condition, Weighed
from app.coverage.queries.figures import role_figures
from app.factories.models import Factory, Programme
from app.factories.rules import FactoryStatus
from app.platform.db import db

CHUNK = 200
"""So many factories are counted with one statement."""


@dataclass(frozen=True)
class Finding:
    """A factory and a version of a rule: its conditions, weighed."""

    factory_id: int
    rule_id: int
    weighed: tuple[Weighed, ...]

    @property
    def met(self) -> bool:
        return rules.is_met(self.weighed)

    @property
    def is_near(self) -> bool:
        return rules.is_near(self.weighed)


def rules_to_check(programme_id: int) -> list[FactoryRule]:
    """Versions in use, and ended ones by which a certificate is in force."""
    holds = sa.exists().where(FactoryCertificate.rule_id == FactoryRule.id, *IN_FORCE)
    statement = sa.select(FactoryRule).where(
        FactoryRule.programme_id == programme_id, sa.or_(FactoryRule.ended_at.is_(None), holds)
    )
    return list(db.session.scalars(statement.order_by(FactoryRule.id)))


def factories_to_check(programme_id: int) -> list[int]:
    """Factories that take part, and those that hold a certificate."""
    holds = sa.exists().where(FactoryCertificate.factory_id == Factory.id, *IN_FORCE)
    takes_part = Factory.status == FactoryStatus.ACTIVE
    statement = sa.select(Factory.id).where(Factory.programme_id == programme_id, sa.or_(takes_part, holds))
    return list(db.session.scalars(statement.order_by(Factory.id)))


def findings(
    programme: Programme, asked: Mapping[int, Sequence[Condition]], factory_ids: Sequence[int]
) -> list[Finding]:
    """Every factory with every rule: `asked` are the conditions by rule. Two statements, and three a `CHUNK`."""
    needed = {row.course_id: row for row in ruling.requirements(programme.id)}
    found = []
    for chunk in _chunks(factory_ids):
        figures = role_figures(chunk, list(needed.values()), {programme.id: programme.zone})
        for factory_id in chunk:
            for rule_id, conditions in asked.items():
                counted = ((each, needed.get(each.course_id)) for each in conditions)
                weighed = (
                    rules.weigh(each, figures.get((factory_id, row.id), ()) if row else ()) for each, row in counted
                )
                found.append(Finding(factory_id, rule_id, tuple(weighed)))
    return found


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


@dataclass(frozen=True)
class Preview:
    """Which factories meet conditions today, and which nearly do, by name."""

    meet: Sequence[Factory]
    near: Sequence[Factory]
    others: int


def preview(programme: Programme, conditions: Sequence[Condition]) -> Preview:
    """What a rule would find among the factories that take part. The caller has checked the programme."""
    statement = sa.select(Factory).where(
        Factory.programme_id == programme.id, Factory.status == FactoryStatus.ACTIVE
    )
    by_id = {row.id: row for row in db.session.scalars(statement.order_by(sa.func.lower(Factory.name), Factory.id))}
    found = {each.factory_id: each for each in findings(programme, {0: conditions}, list(by_id))}
    meet = [row for row in by_id.values() if found[row.id].met]
    near = [row for row in by_id.values() if found[row.id].is_near]
    return Preview(meet, near, len(by_id) - len(meet) - len(near))
