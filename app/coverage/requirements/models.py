"""Tables of what is required. A version never changes; what is required next is the next version."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class RequirementVersion(Base):
    """What a requirement says from a day on, until the next version begins or it ends."""

    __tablename__ = "requirement_version"

    requirement_id: Mapped[int] = mapped_column(sa.ForeignKey("requirement.id"))
    number: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """The first day on which the requirement no longer holds; None while it does."""
    rule: Mapped[dict[str, Any]]
    """`rules.Rule` as a document; see `documents.py`."""
    scope: Mapped[dict[str, Any]]
    source: Mapped[str]
    """Law article, programme rule or brand rule, in words."""
    review_on: Mapped[date | None]
    account_id: Mapped[int | None]
    created_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("requirement_id", "number"),)


class RequirementWaiver(Base):
    """A factory, or one person there, need not meet a requirement for a time."""

    __tablename__ = "requirement_waiver"

    requirement_id: Mapped[int] = mapped_column(sa.ForeignKey("requirement.id"))
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    reason: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """The first day on which it no longer holds."""
    account_id: Mapped[int | None]
    created_at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_requirement_waiver_requirement_factory", "requirement_id", "factory_id"),)
