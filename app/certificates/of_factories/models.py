"""Rules of factories' certificates in versions, the certificates, and every check."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.certificates.of_factories import rules
from app.certificates.of_factories.rules import Condition, Standing
from app.factories.models import Factory, Programme
from app.platform.db import Base

_IN_FORCE = sa.text("revoked_at IS NULL AND replaced_at IS NULL AND downgraded_at IS NULL")
_ACTIVE = sa.text("ended_at IS NULL")
IS_ENDED = sa.text(
    "(revoked_at IS NOT NULL OR replaced_at IS NOT NULL OR downgraded_at IS NOT NULL OR suspended_at IS NOT NULL)"
)
"""Asked for word by word: SQLite uses a partial index for nothing else."""


class FactoryRule(Base):
    """What a factory must reach. A change is a new version; certificates keep the one by which they were issued."""

    __tablename__ = "factory_certificate_rule"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    number: Mapped[int]
    """The same for all versions of a rule."""
    version: Mapped[int]
    name: Mapped[dict[str, str]]
    conditions: Mapped[list[dict[str, Any]]]
    months: Mapped[int]
    """How long a certificate is valid."""
    grace_days: Mapped[int]
    """How long a factory may fall short before its certificate ends."""
    made_at: Mapped[datetime]
    made_by: Mapped[int | None]
    ended_at: Mapped[datetime | None]
    """Since when no certificate is issued by this version."""

    programme: Mapped[Programme] = relationship()

    @property
    def asked(self) -> list[Condition]:
        return [rules.condition(kept) for kept in self.conditions]

    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number", "version"),
        sa.Index(
            "uq_factory_certificate_rule_active", "programme_id", "number",
            unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE,
        ),
    )


class FactoryCertificate(Base):
    """What was issued to a factory. It ends by its date, by its rule, by its successor or by hand; it is never gone."""

    __tablename__ = "factory_certificate"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    rule_id: Mapped[int] = mapped_column(sa.ForeignKey("factory_certificate_rule.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str]
    face: Mapped[dict[str, Any]]
    """Everything that is printed, and the counts behind it, frozen at issue."""
    issued_at: Mapped[datetime]
    valid_until: Mapped[datetime]
    downgrade_on: Mapped[date | None]
    """The day on which it ends unless its rule is met again."""
    suspended_at: Mapped[datetime | None]
    suspended_reason: Mapped[str | None]
    replaced_at: Mapped[datetime | None]
    replaced_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory_certificate.id"), index=True)
    downgraded_at: Mapped[datetime | None]
    lost: Mapped[list[dict[str, Any]] | None]
    """What was counted when it ended by its rule."""
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str | None]
    file_key: Mapped[str | None] = mapped_column(index=True)
    """The SHA-256 of the file; None until the file is drawn."""
    rendered_at: Mapped[datetime | None]
    key_name: Mapped[str | None]
    """The keys that sealed the file; None for a file without a seal."""

    factory: Mapped[Factory] = relationship()
    rule: Mapped[FactoryRule] = relationship()

    @property
    def standing(self) -> Standing:
        return Standing(
            self.valid_until, self.downgrade_on, self.suspended_at, self.replaced_at, self.downgraded_at,
            self.revoked_at,
        )  # fmt: skip

    __table_args__ = (
        sa.Index(
            "uq_factory_certificate_in_force", "factory_id", "rule_id",
            unique=True, sqlite_where=_IN_FORCE, postgresql_where=_IN_FORCE,
        ),
        sa.Index("ix_factory_certificate_ended", "valid_until", sqlite_where=IS_ENDED, postgresql_where=IS_ENDED),
    )


IN_FORCE = (
    FactoryCertificate.revoked_at.is_(None),
    FactoryCertificate.replaced_at.is_(None),
    FactoryCertificate.downgraded_at.is_(None),
)
"""What may still hold: one of each factory and version of a rule."""


class FactoryCheck(Base):
    """One check of one factory, never changed: of those that hold a certificate or reach the rule, every night."""

    __tablename__ = "factory_certificate_check"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    rule_id: Mapped[int] = mapped_column(sa.ForeignKey("factory_certificate_rule.id"), index=True)
    day: Mapped[date]
    """In the zone of the programme."""
    at: Mapped[datetime]
    met: Mapped[bool]
    counts: Mapped[list[dict[str, Any]]]
    """The conditions, each with what was counted."""

    __table_args__ = (sa.Index("ix_factory_certificate_check_factory", "factory_id", "rule_id", "id"),)
