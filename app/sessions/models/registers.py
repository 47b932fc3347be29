"""What a programme plans its training sessions with: rooms, interpreters, host accounts, and rules."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class Room(Base):
    """A room in which training sessions are held: of the programme, rented, or of a factory."""

    __tablename__ = "room"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    name: Mapped[str]
    address: Mapped[str]
    province: Mapped[str]
    places: Mapped[int | None]
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    closed_on: Mapped[date | None]

    __table_args__ = (sa.UniqueConstraint("programme_id", "name"),)


class Interpreter(Base):
    """Somebody who interprets at half-days. Most have no account."""

    __tablename__ = "interpreter"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    name: Mapped[str]
    email: Mapped[str | None]
    languages: Mapped[list[str]]
    retired_on: Mapped[date | None]

    __table_args__ = (sa.UniqueConstraint("programme_id", "name"),)


class HostAccount(Base):
    """An account at a meeting provider, by the name that trainers know. It can open one meeting at a time."""

    __tablename__ = "host_account"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    name: Mapped[str]
    provider: Mapped[str]
    closed_on: Mapped[date | None]

    __table_args__ = (sa.UniqueConstraint("programme_id", "name"),)


class PlanningRules(Base):
    """Rules by which a programme plans; one row at most, and the defaults where there is none."""

    __tablename__ = "planning_rules"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"), unique=True)
    release_one_in: Mapped[int] = mapped_column(server_default="4")
    """At most one supervisor in so many of a line is away at a time."""
    travel_near_minutes: Mapped[int] = mapped_column(server_default="30")
    """Between two places of one province, and between provinces."""
    travel_far_minutes: Mapped[int] = mapped_column(server_default="180")
    breaks: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    """Prayer and lunch: `name` by language, `starts` and `ends` as HH:MM on the wall, `days` as ISO weekdays."""
    reminder_days: Mapped[list[int]] = mapped_column(server_default="[5, 1]")
    """Working days of the factory before the first half-day on which it is reminded."""
    quiet_from: Mapped[str] = mapped_column(server_default="20:00")
    """From this time of the wall until the other no reminder or digest is sent."""
    quiet_until: Mapped[str] = mapped_column(server_default="07:00")
