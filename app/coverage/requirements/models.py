"""Tables of what is required. A version never changes; what is required next is the next version."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.coverage.requirements.rules import SourceKind, WaiverReason
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
    source_kind: Mapped[SourceKind] = mapped_column(
        default=SourceKind.PROGRAMME, server_default=SourceKind.PROGRAMME.value)
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
    reason: Mapped[WaiverReason]
    note: Mapped[str] = mapped_column(default="", server_default="")
    """A few words more, and never a name."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """The first day on which it no longer holds."""
    account_id: Mapped[int | None]
    created_at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_requirement_waiver_requirement_factory", "requirement_id", "factory_id"),)


class RequirementDraft(Base):
    """What somebody proposes: a new requirement, or the next version of one. It asks nothing of anybody yet."""

    __tablename__ = "requirement_draft"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    requirement_id: Mapped[int | None] = mapped_column(sa.ForeignKey("requirement.id"), index=True)
    """The requirement whose next version it is; once published, the one that it became."""
    code: Mapped[str]
    title: Mapped[dict[str, str]]
    rule: Mapped[dict[str, Any]]
    scope: Mapped[dict[str, Any]]
    source: Mapped[str]
    source_kind: Mapped[SourceKind]
    starts_on: Mapped[date]
    review_on: Mapped[date | None]
    account_id: Mapped[int | None]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index(
            "uq_requirement_draft_open_code", "programme_id", "code", unique=True,
            sqlite_where=sa.text("published_at IS NULL"), postgresql_where=sa.text("published_at IS NULL"),
        ),
    )
