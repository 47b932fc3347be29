"""A check: what was counted is written down, and what follows from it is done. Twice at once does it once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.access.permissions import Permission
from app.certificates.of_factories import rules
from app.certificates.of_factories.models import IN_FORCE, FactoryCertificate, FactoryCheck, FactoryRule
from app.certificates.of_factories.operations.ending import downgrade, recover, warn
from app.certificates.of_factories.operations.issuing import issue
from app.certificates.of_factories.queries import ruling
from app.certificates.of_factories.queries.weighing import Finding, findings, rules_to_check
from app.certificates.of_factories.rules import Current, Step
from app.factories.models import Factory
from app.factories.queries import factory_by_code
from app.factories.rules import FactoryStatus
from app.platform import audit
from app.platform.clock import now, today
from app.platform.db import db

Held = Mapping[tuple[int, int], FactoryCertificate]
"""(factory, number of a rule) -> the certificate in force."""


def check_factory(actor: Actor, factory_code: str) -> Factory:
    """Count a factory now and do what follows, also where a certificate was revoked before. Raises NotFound.

    A factory that takes no part is issued nothing.
    """
    factory = factory_by_code(actor, factory_code, Permission.CERTIFICATES_MANAGE)
    asked = {rule.id: rule.asked for rule in rules_to_check(factory.programme_id)}
    found = findings(factory.programme, asked, [factory.id])
    met = [each.rule_id for each in found if each.met]
    audit.record(actor, "factory_certificates.check", f"factory:{factory.id}", met=met)
    settle(factory.programme_id, found, actor=actor, by_hand=True)
    return factory


def settle(
    programme_id: int, found: Sequence[Finding], *, actor: Actor = SYSTEM, by_hand: bool = False
) -> None:
    """Do what follows from what was found: issue, warn, recover, end. Statements grow with what changes, and for each
    thousand checks that are kept by one.
    """
    asked = {rule.id: rule for rule in rules_to_check(programme_id)}
    known = [each for each in found if each.rule_id in asked]
    factory_ids = {each.factory_id for each in known}
    held = _held(programme_id)
    active, barred = _active(programme_id), set() if by_hand else _barred(programme_id)
    by_rule: dict[tuple[int, int], list[Finding]] = defaultdict(list)
    for each in known:
        by_rule[each.factory_id, asked[each.rule_id].number].append(each)
    _write_down(known, held, asked, by_hand=by_hand)
    steps = [
        _step(group, held.get(key), asked, is_barred=key in barred or key[0] not in active)
        for key, group in by_rule.items()
    ]
    todo = [(step, each) for step, each in steps if step is not Step.NONE]
    if todo:
        _do(actor, programme_id, todo, held, asked, factory_ids)


def _step(
    group: Sequence[Finding], current: FactoryCertificate | None,
    asked: Mapping[int, FactoryRule], *, is_barred: bool,
) -> tuple[Step, Finding]:
    """What follows for one factory and rule: the version in use issues, the version of the certificate keeps it."""
    newest = next((each for each in group if asked[each.rule_id].ended_at is None), None)
    own = next((each for each in group if current is not None and each.rule_id == current.rule_id), None)
    judged = newest if newest is not None and (newest.met or own is None) else own or group[0]
    rule = asked[judged.rule_id]
    seen = None
    if current is not None:
        is_under_review = current.suspended_at is not None
        seen = Current(current.valid_until, current.rule_id == rule.id, current.downgrade_on, is_under_review)
    step = rules.step(
        met=judged.met, current=seen, at=now(), today=today(rule.programme.zone), grace=rule.grace_days,
        may_issue=rule.ended_at is None and not is_barred,
    )  # fmt: skip
    return step, judged


def _do(
    actor: Actor, programme_id: int, todo: Iterable[tuple[Step, Finding]], held: Held,
    asked: Mapping[int, FactoryRule], factory_ids: Iterable[int],
) -> None:
    factories = {row.id: row for row in db.session.scalars(sa.select(Factory).where(Factory.id.in_(factory_ids)))}
    titles = {row.course_id: row.titles for row in ruling.requirements(programme_id)}
    for step, each in todo:
        rule = asked[each.rule_id]
        current = held.get((each.factory_id, rule.number))
        if step is Step.ISSUE:
            issue(actor, factories[each.factory_id], rule, each.weighed, titles, current)
        elif current is not None and step is Step.WARN:
            warn(actor, current.id, today(rule.programme.zone), rule.grace_days)
        elif current is not None and step is Step.RECOVER:
            recover(actor, current.id)
        elif current is not None:
            downgrade(actor, current.id, each.weighed)


def _held(programme_id: int) -> Held:
    statement = (
        sa.select(FactoryRule.number, FactoryCertificate)
        .join(FactoryRule, FactoryRule.id == FactoryCertificate.rule_id)
        .where(FactoryRule.programme_id == programme_id, *IN_FORCE)
        .execution_options(populate_existing=True)
        .order_by(FactoryCertificate.id)
    )
    return {(row.factory_id, number): row for number, row in db.session.execute(statement)}


def _active(programme_id: int) -> set[int]:
    """Factories that take part: only they are issued anything, what the others hold runs to its end."""
    taking_part = sa.select(Factory.id).where(
        Factory.programme_id == programme_id, Factory.status == FactoryStatus.ACTIVE
    )
    return set(db.session.scalars(taking_part))


def _barred(programme_id: int) -> set[tuple[int, int]]:
    """Factories and rules whose last certificate was revoked by hand."""
    newest = (
        sa.select(sa.func.max(FactoryCertificate.id))
        .join(FactoryRule, FactoryRule.id == FactoryCertificate.rule_id)
        .where(FactoryRule.programme_id == programme_id)
        .group_by(FactoryCertificate.factory_id, FactoryRule.number)
    )
    statement = (
        sa.select(FactoryCertificate.factory_id, FactoryRule.number)
        .join(FactoryRule, FactoryRule.id == FactoryCertificate.rule_id)
        .where(FactoryCertificate.id.in_(newest), FactoryCertificate.revoked_at.is_not(None))
    )
    return {(factory_id, number) for factory_id, number in db.session.execute(statement)}


def _write_down(
    found: Sequence[Finding], held: Held, asked: Mapping[int, FactoryRule], *, by_hand: bool
) -> None:
    """Who holds a certificate or reaches the rule, and what somebody asked for."""
    at = now()
    rows: list[dict[str, Any]] = [
        {
            "factory_id": each.factory_id,
            "rule_id": each.rule_id,
            "day": today(asked[each.rule_id].programme.zone),
            "at": at,
            "met": each.met,
            "counts": [rules.stored_weighed(one) for one in each.weighed],
        }
        for each in found
        if by_hand or each.met or (each.factory_id, asked[each.rule_id].number) in held
    ]
    if rows:
        db.session.execute(sa.insert(FactoryCheck), rows)

