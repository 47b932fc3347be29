"""Phones that mark without network, what they downloaded, and a receipt for everything they brought."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.attendance.kit.rules import Decision, Detail, Kind, Result
from app.platform.db import Base
from app.platform.db.types import WallTime


class KitDevice(Base):
    """One account on one phone, and the pass by which it delivers without a sign-in."""

    __tablename__ = "kit_device"

    code: Mapped[str] = mapped_column(sa.String(22), unique=True)
    """128 random bits, made on the phone."""
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    pass_hash: Mapped[str] = mapped_column(sa.String(64))
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """When it was last signed in."""
    until: Mapped[datetime]
    """When the pass runs out."""
    revoked_at: Mapped[datetime | None]
    """When it was shut out."""
    name: Mapped[str] = mapped_column(server_default="")
    """Browser and system, as people call them."""
    sign_in_id: Mapped[int | None]
    """The sign-in in which it was seen last."""


class KitSheet(Base):
    """A half-day as a phone downloaded it: proof that its account could mark it then."""

    __tablename__ = "kit_sheet"

    device_id: Mapped[int] = mapped_column(sa.ForeignKey("kit_device.id"))
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    revision: Mapped[str]
    starts: Mapped[datetime] = mapped_column(WallTime)
    """When it was to start, by the clock on the wall."""
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("device_id", "meeting_id", "revision"),)


class KitReceipt(Base):
    """What was answered for a record, once and for ever; never changed, never removed. Its `id` is the site's count.

    The first record with an id has the empty `claim`, every other one with the same id its own digest.
    """

    __tablename__ = "kit_receipt"

    record_id: Mapped[str] = mapped_column(sa.String(32))
    """128 random bits in hexadecimal digits; of a record that could not be read, a digest of what came."""
    claim: Mapped[str] = mapped_column(sa.String(64))
    digest: Mapped[str] = mapped_column(sa.String(64))
    device_id: Mapped[int] = mapped_column(sa.ForeignKey("kit_device.id"))
    account_id: Mapped[int]
    kind: Mapped[Kind]
    meeting_id: Mapped[int | None]
    person_id: Mapped[int | None]
    counter: Mapped[int]
    device_at: Mapped[datetime | None]
    result: Mapped[Result]
    detail: Mapped[Detail | None]
    sheet_id: Mapped[int | None]
    """The download that proves the right at the time of the mark."""
    may: Mapped[bool]
    """The right at the time of the receipt."""
    at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("record_id", "claim"),
        sa.Index("ix_kit_receipt_device_meeting", "device_id", "meeting_id"),
    )


class HeldMark(Base):
    """A record that waits for a person, as it came. Beside the receipt: what is personal in it can be erased."""

    __tablename__ = "held_mark"

    receipt_id: Mapped[int] = mapped_column(sa.ForeignKey("kit_receipt.id"), unique=True)
    device_id: Mapped[int] = mapped_column(sa.ForeignKey("kit_device.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    """None when nobody can say."""
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    content: Mapped[dict[str, Any]]
    """`parts`: the text of the record; or `plain`, or `box`, `kid`, `n`, `sealed` as they came. Empty once erased."""
    note: Mapped[str] = mapped_column(server_default="")
    """Why somebody set it aside."""


class HeldDecision(Base):
    """What a person did with a held record, once; never changed."""

    __tablename__ = "held_decision"

    receipt_id: Mapped[int] = mapped_column(sa.ForeignKey("kit_receipt.id"), unique=True)
    decision: Mapped[Decision]
    account_id: Mapped[int | None]
    at: Mapped[datetime]
