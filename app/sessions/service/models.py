"""Rules of support tiers, modes of provinces, cycles, and the ledger of entitlements."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.factories.structure.rules import EngagementMode, SupportTier
from app.platform.db import Base
from app.sessions.service.rules import Cause, Kind, Payer


class ServiceRule(Base):
    """From a day on, factories of a tier get at least so many hours in person in a cycle. 0 ends an earlier rule."""

    __tablename__ = "service_rule"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    tier: Mapped[SupportTier]
    starts_on: Mapped[date]
    hours: Mapped[int]
    account_id: Mapped[int | None]

    __table_args__ = (sa.UniqueConstraint("programme_id", "tier", "starts_on"),)


class ProvinceMode(Base):
    """From a day on, the programme works so with the factories of a province that have no mode of their own."""

    __tablename__ = "province_mode"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    province: Mapped[str]
    mode: Mapped[EngagementMode]
    starts_on: Mapped[date]
    account_id: Mapped[int | None]

    __table_args__ = (sa.UniqueConstraint("programme_id", "province", "starts_on"),)


class Cycle(Base):
    """A day on which a cycle of a factory begins."""

    __tablename__ = "factory_cycle"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    starts_on: Mapped[date]
    account_id: Mapped[int | None]

    __table_args__ = (sa.UniqueConstraint("factory_id", "starts_on"),)


class Charge(Base):
    """What a training session takes from the entitlements of its factories. Without a row it takes nothing."""

    __tablename__ = "training_charge"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"), unique=True)
    kind: Mapped[Kind]
    payer: Mapped[Payer]
    """Who pays for what is taken beyond the entitlement."""


class EntitlementEntry(Base):
    """One line of the ledger of a factory and cycle, never changed: what is granted counts up, what is taken down."""

    __tablename__ = "entitlement_entry"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    cycle_on: Mapped[date]
    """The first day of the cycle."""
    kind: Mapped[Kind]
    amount: Mapped[int]
    cause: Mapped[Cause]
    payer: Mapped[Payer]
    note: Mapped[str]
    training_id: Mapped[int | None] = mapped_column(sa.ForeignKey("training_session.id"), index=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None]

    __table_args__ = (sa.Index("ix_entitlement_entry_factory_cycle", "factory_id", "cycle_on"),)
