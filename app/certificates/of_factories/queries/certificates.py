"""Certificates of factories: by code for everybody, lists and files for those who may."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.certificates.models import SigningKey
from app.certificates.of_factories.models import IN_FORCE, IS_ENDED, FactoryCertificate, FactoryCheck, FactoryRule
from app.certificates.of_factories.rules import Standing, State
from app.factories.models import Factory, Programme
from app.factories.queries import visible_factories
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound

_Successor = aliased(FactoryCertificate)
_EVERYTHING = (
    joinedload(FactoryCertificate.factory).joinedload(Factory.programme),
    joinedload(FactoryCertificate.rule),
)


@dataclass(frozen=True)
class Found:
    """A certificate, the number of the one that replaced it, and whether the keys that sealed its file were revoked."""

    certificate: FactoryCertificate
    successor: str | None
    has_revoked_seal: bool


def factory_certificate_by_code(code: str) -> Found | None:
    """The certificate with this code, as codes are stored; anybody who has the code may ask."""
    return _found(FactoryCertificate.code == code)


def factory_certificate_by_digest(digest: str) -> Found | None:
    """The certificate that has the file with this SHA-256; anybody who has the file may ask."""
    return _found(FactoryCertificate.file_key == digest)


def _found(asked: sa.ColumnElement[bool]) -> Found | None:
    wanted = (
        sa.select(FactoryCertificate, _Successor.number, SigningKey.revoked_at)
        .outerjoin(_Successor, _Successor.id == FactoryCertificate.replaced_by_id)
        .outerjoin(SigningKey, SigningKey.name == FactoryCertificate.key_name)
        .where(asked)
    )
    row = db.session.execute(wanted.order_by(FactoryCertificate.id.desc()).limit(1)).one_or_none()
    return Found(row[0], row[1], row[2] is not None) if row else None


def ended(after: datetime) -> list[tuple[str, Standing, str]]:
    """Code, standing and zone of what ended before its time or is under review and would otherwise hold after this."""
    one = FactoryCertificate
    columns: tuple[Any, ...] = (
        one.valid_until, one.downgrade_on, one.suspended_at, one.replaced_at, one.downgraded_at, one.revoked_at,
    )  # fmt: skip
    zone = one.face["facts"]["zone"].as_string()
    rows = db.session.execute(sa.select(one.code, zone, *columns).where(IS_ENDED, one.valid_until > after))
    return [(code, Standing(*moments), zone) for code, zone, *moments in rows]


def factory_certificate_for(
    actor: Actor, certificate_id: int, permission: Permission = Permission.CERTIFICATES_DOWNLOAD
) -> FactoryCertificate:
    """The certificate of a factory in scope. Raises NotFound."""
    statement = sa.select(FactoryCertificate).where(
        FactoryCertificate.id == certificate_id, FactoryCertificate.factory_id.in_(_factories(actor, permission))
    )
    found = db.session.scalar(statement.options(*_EVERYTHING))
    if found is None:
        raise NotFound
    return found


def undrawn(certificate_id: int) -> FactoryCertificate | None:
    """The certificate when it is in force and has no file yet."""
    return db.session.scalar(
        sa.select(FactoryCertificate).where(
            FactoryCertificate.id == certificate_id, *IN_FORCE, FactoryCertificate.file_key.is_(None)
        )
    )


def of_factory(factory_id: int) -> list[FactoryCertificate]:
    """What a factory holds and held, the newest first. The caller has checked the factory."""
    statement = sa.select(FactoryCertificate).where(FactoryCertificate.factory_id == factory_id)
    return list(db.session.scalars(statement.options(*_EVERYTHING).order_by(FactoryCertificate.id.desc()).limit(50)))


@dataclass(frozen=True)
class Wanted:
    """What the address of the list asks for; an empty text means: all."""

    programme: str = ""
    state: State | None = None
    rule: int | None = None
    """The number of a rule; it says something only together with a programme."""


def listed(actor: Actor, wanted: Wanted) -> sa.Select[Any]:
    """Certificates of factories in scope, the newest first."""
    seen = FactoryCertificate.factory_id.in_(_factories(actor, Permission.CERTIFICATES_DOWNLOAD))
    statement = (
        sa.select(FactoryCertificate)
        .join(FactoryRule, FactoryRule.id == FactoryCertificate.rule_id)
        .join(Programme, Programme.id == FactoryRule.programme_id)
        .where(seen)
        .options(*_EVERYTHING)
    )
    if wanted.programme:
        statement = statement.where(Programme.code == wanted.programme)
    if wanted.rule is not None:
        statement = statement.where(FactoryRule.number == wanted.rule)
    if wanted.state is not None:
        statement = statement.where(_is(wanted.state))
    return statement.order_by(FactoryCertificate.issued_at.desc(), FactoryCertificate.id.desc())


def programmes(actor: Actor) -> list[Programme]:
    """Programmes with a rule and a factory in scope, by code."""
    seen = visible_factories(actor, Permission.CERTIFICATES_DOWNLOAD).with_only_columns(Factory.programme_id)
    has_rules = sa.exists().where(FactoryRule.programme_id == Programme.id)
    statement = sa.select(Programme).where(has_rules, Programme.id.in_(seen))
    return list(db.session.scalars(statement.order_by(Programme.code)))


def last_check(factory_id: int, rule_ids: Collection[int]) -> dict[int, FactoryCheck]:
    """The last check of a factory by rule. The caller has checked the factory."""
    newest = (
        sa.select(sa.func.max(FactoryCheck.id))
        .where(FactoryCheck.factory_id == factory_id, FactoryCheck.rule_id.in_(rule_ids))
        .group_by(FactoryCheck.rule_id)
    )
    rows = db.session.scalars(sa.select(FactoryCheck).where(FactoryCheck.id.in_(newest)))
    return {row.rule_id: row for row in rows}


def checks_of(certificate: FactoryCertificate) -> list[FactoryCheck]:
    """The last checks of a certificate, the newest first. The caller has checked the factory."""
    statement = sa.select(FactoryCheck).where(
        FactoryCheck.factory_id == certificate.factory_id,
        FactoryCheck.rule_id == certificate.rule_id,
        FactoryCheck.at >= certificate.issued_at,
    )
    return list(db.session.scalars(statement.order_by(FactoryCheck.id.desc()).limit(30)))


def _factories(actor: Actor, permission: Permission) -> sa.Select[Any]:
    return visible_factories(actor, permission).with_only_columns(Factory.id)


def _is(state: State) -> sa.ColumnElement[bool]:
    """`rules.state`, in SQL."""
    one = FactoryCertificate
    revoked, replaced, lost = (
        column.is_not(None) for column in (one.revoked_at, one.replaced_at, one.downgraded_at)
    )
    expired, held_up, at_risk = one.valid_until <= now(), one.suspended_at.is_not(None), one.downgrade_on.is_not(None)
    tests = {
        State.REVOKED: revoked,
        State.REPLACED: replaced,
        State.DOWNGRADED: lost,
        State.EXPIRED: expired,
        State.SUSPENDED: held_up,
        State.AT_RISK: at_risk,
    }
    before: list[sa.ColumnElement[bool]] = []
    for each, test in tests.items():
        if each is state:
            return sa.and_(test, *before)
        before.append(sa.not_(test))
    return sa.and_(*before)
