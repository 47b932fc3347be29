"""Packs that somebody ordered, and what the first pack of a time and day said."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.factories.models import Factory
from app.learning_record.evidence.rules import Failure, PartKind, Period
from app.platform.clock import now
from app.platform.db import Base
from app.platform.db.types import Json

_OPEN = sa.text("made_at IS NULL AND failed IS NULL")


class EvidencePack(Base):
    """The evidence of a factory as one file, made by a job for whoever ordered it and kept for a day."""

    __tablename__ = "evidence_pack"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    as_of: Mapped[date]
    language: Mapped[str]
    same: Mapped[str]
    """Equal for equal orders: of one that is being made there is no second."""
    done: Mapped[int]
    steps: Mapped[int]
    """How much of how much is written; no steps are known before it is begun."""
    file_key: Mapped[str | None]
    size: Mapped[int | None]
    sha256: Mapped[str | None]
    ordered_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    failed: Mapped[Failure | None]

    factory: Mapped[Factory] = relationship()

    @property
    def period(self) -> Period:
        return Period(self.since, self.until, self.as_of)

    @property
    def is_settled(self) -> bool:
        """Nothing more will happen to it but its end."""
        return self.made_at is not None or self.failed is not None

    @property
    def is_over(self) -> bool:
        """Its day is over: the file is deleted, or will be within the hour."""
        return self.expires_at is not None and now() >= self.expires_at

    __table_args__ = (
        sa.Index("uq_evidence_pack_open", "same", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )


OPEN = (EvidencePack.made_at.is_(None), EvidencePack.failed.is_(None))
"""Still being made."""


class EvidenceState(Base):
    """What the first pack of this time, day and language said. Every later one says the same, in the same words."""

    __tablename__ = "evidence_state"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    since: Mapped[date]
    until: Mapped[date]
    as_of: Mapped[date]
    language: Mapped[str]
    head: Mapped[dict[str, Any]]
    """What the manifest says of the whole: whose it is, and what it cannot say."""
    taken_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("factory_id", "since", "until", "as_of", "language"),)


class EvidencePart(Base):
    """One list of it, the files of certificates, or the readable page. Who somebody is stands in it as a number of
    `evidence_person`.
    """

    __tablename__ = "evidence_part"

    state_id: Mapped[int] = mapped_column(sa.ForeignKey("evidence_state.id"))
    position: Mapped[int]
    kind: Mapped[PartKind]
    name: Mapped[str]
    title: Mapped[str]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """Packed: lists are large, and say the same again and again."""

    __table_args__ = (sa.UniqueConstraint("state_id", "position"),)


class EvidencePerson(Base):
    """Who somebody was in it: names and numbers as they were written then. Erasing the person empties them."""

    __tablename__ = "evidence_person"

    state_id: Mapped[int] = mapped_column(sa.ForeignKey("evidence_state.id"))
    place: Mapped[int]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    texts: Mapped[list[str]]

    __table_args__ = (sa.UniqueConstraint("state_id", "place"),)


class EvidenceQuarter(Base):
    """What was first said of the questions of a test in a quarter: every pack says it so, whatever arrives later."""

    __tablename__ = "evidence_quarter"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    begins_on: Mapped[date]
    figures: Mapped[list[list[Any]]] = mapped_column(Json)
    """For each question its number, why there are none, asked, answered, facility, discrimination."""
    said_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("factory_id", "unit_id", "begins_on"),)
