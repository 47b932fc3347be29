"""Periods that are reported, and what a frozen one keeps."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.factories.models import Programme
from app.platform.clock import now
from app.platform.db import Base
from app.reports.rules.facts import FactKind, Split
from app.reports.rules.period import Ending, Every, Failure

_OF_ALL = sa.text("programme_id IS NULL")


class ReportingPeriod(Base):
    """From a day to a day, both included, of one programme or of all. Once frozen it never changes."""

    __tablename__ = "reporting_period"

    programme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    """None stands for all programmes."""
    title: Mapped[str] = mapped_column(sa.String(120))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None]
    frozen_at: Mapped[datetime | None]
    frozen_by: Mapped[int | None]

    programme: Mapped[Programme | None] = relationship()

    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="in_order"),
        sa.Index("uq_reporting_period_of_programme", "programme_id", "title", "starts_on", "ends_on", unique=True),
        sa.Index(
            "uq_reporting_period_of_all", "title", "starts_on", "ends_on", unique=True, sqlite_where=_OF_ALL,
            postgresql_where=_OF_ALL,
        ),
    )

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


class FrozenReport(Base):
    """The figures of a period as they were told. One a period: of two who freeze it at once one finds it done."""

    __tablename__ = "frozen_report"

    period_id: Mapped[int] = mapped_column(sa.ForeignKey("reporting_period.id"), unique=True)
    frozen_at: Mapped[datetime]
    account_id: Mapped[int | None]
    figures: Mapped[list[dict[str, Any]]]
    """Each as `rules.figures.stored`: indicator, split, value of the split, numbers."""
    facts: Mapped[int]
    """How many facts are behind them."""
    definitions: Mapped[dict[str, int]] = mapped_column(server_default="{}")
    """Indicator -> number of the definition by which it was counted; empty if frozen before these were kept."""
    committee_shares: Mapped[dict[str, int]] = mapped_column(server_default="{}")
    """Code of a programme -> how many in 100 of each side made a committee a trained one; empty likewise."""


class ReportedFact(Base):
    """A fact behind the figures of a frozen period, as it was then: ids and numbers, never a name. Append-only."""

    __tablename__ = "reported_fact"

    period_id: Mapped[int] = mapped_column(sa.ForeignKey("reporting_period.id"))
    kind: Mapped[FactKind]
    programme_id: Mapped[int]
    factory_id: Mapped[int | None]
    training_id: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    subject_id: Mapped[int | None]
    version_id: Mapped[int | None]
    sex: Mapped[str] = mapped_column(sa.String(20))
    person_type: Mapped[str] = mapped_column(sa.String(20))
    modality: Mapped[str] = mapped_column(sa.String(20))
    tier: Mapped[str] = mapped_column(sa.String(20))
    funding: Mapped[str] = mapped_column(sa.String(20))
    word: Mapped[str] = mapped_column(sa.String(20))
    number: Mapped[int]
    met: Mapped[int]
    more: Mapped[int]
    amount: Mapped[int] = mapped_column(sa.BigInteger)
    before: Mapped[float]
    after: Mapped[float]
    role: Mapped[str] = mapped_column(sa.String(20))
    language: Mapped[str] = mapped_column(sa.String(20))
    payer: Mapped[str] = mapped_column(sa.String(120))
    group_id: Mapped[int | None]

    __table_args__ = (sa.Index("ix_reported_fact_period_kind", "period_id", "kind"),)


class PromotionCourse(Base):
    """A course that leads to promotion, as a programme says: reports follow the women who completed it."""

    __tablename__ = "promotion_course"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"), index=True)

    __table_args__ = (sa.UniqueConstraint("programme_id", "course_id"),)


_OPEN = sa.text("made_at IS NULL AND failed IS NULL")


class MadeReport(Base):
    """A report as a paper, made by a job for whoever ordered it and kept for a day."""

    __tablename__ = "made_report"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    period_id: Mapped[int | None] = mapped_column(sa.ForeignKey("reporting_period.id"), index=True)
    """The frozen period that it is of; None: by what is known now."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    split: Mapped[Split]
    ending: Mapped[Ending]
    language: Mapped[str]
    same: Mapped[str] = mapped_column(sa.String(64))
    """Equal for equal orders: of one that is being made there is no second."""
    subscription_id: Mapped[int | None] = mapped_column(sa.ForeignKey("report_subscription.id"), index=True)
    ordered_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    failed: Mapped[Failure | None]
    programmes: Mapped[list[int] | None]
    """Ids of those that the made file speaks of."""
    key: Mapped[str | None]
    """Where the file is; None before it is made and after its day."""
    size: Mapped[int | None]
    expires_at: Mapped[datetime | None]

    programme: Mapped[Programme | None] = relationship()

    __table_args__ = (
        sa.Index("uq_made_report_open", "same", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        sa.Index("uq_made_report_of_subscription", "subscription_id", "starts_on", unique=True),
    )

    @property
    def is_settled(self) -> bool:
        """Nothing more will happen to it but its end."""
        return self.made_at is not None or self.failed is not None

    @property
    def is_over(self) -> bool:
        """Its day is over: the file is deleted, or will be within the hour."""
        return self.expires_at is not None and now() >= self.expires_at


class ReportSubscription(Base):
    """Somebody wants the report of each month or quarter once it is over."""

    __tablename__ = "report_subscription"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    programme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    every: Mapped[Every]
    split: Mapped[Split]
    ending: Mapped[Ending]
    language: Mapped[str]
    same: Mapped[str] = mapped_column(sa.String(40))
    """Equal for the same programme - or all -, rhythm, split and kind of file."""
    created_at: Mapped[datetime]
    sent_until: Mapped[date]
    """The last day of the last period that was sent, or that was over when it began."""
    ended_at: Mapped[datetime | None]

    programme: Mapped[Programme | None] = relationship()

    __table_args__ = (
        sa.Index(
            "uq_report_subscription_open", "account_id", "same", unique=True,
            sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )
