"""Tables of who works where. Turnover lives in Employment."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.factories.rules import ImportState, JobRole, Sex
from app.platform.db import Base


class Programme(Base):
    """One country programme. `rest_days` are ISO weekdays (Monday is 1), never taken from a library."""

    __tablename__ = "programme"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[dict[str, str]]
    country: Mapped[str] = mapped_column(sa.String(2))
    zone: Mapped[str]
    rest_days: Mapped[list[int]]
    languages: Mapped[list[str]]


class Factory(Base):
    """A member company."""

    __tablename__ = "factory"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    local_name: Mapped[str | None]
    language: Mapped[str]
    """The factory's first language: certificates and letters are in it."""
    province: Mapped[str]

    programme: Mapped[Programme] = relationship()


class Line(Base):
    """A sewing line or section."""

    __tablename__ = "line"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    name: Mapped[str]

    __table_args__ = (sa.UniqueConstraint("factory_id", "name"),)


class Person(Base):
    """Anyone who can be trained. Not an account."""

    __tablename__ = "person"

    name: Mapped[str]
    local_name: Mapped[str | None]
    sex: Mapped[Sex | None]
    language: Mapped[str]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    search_text: Mapped[str]
    """Both names as `searchable` folds them."""


class Employment(Base):
    """A person at a factory under an employee number, in a role, on a line, from - to.

    Another line or role is another row. `ended_on` is the first day on which the row no longer holds; None while it
    does. The joining date is the first `started_on` of the person at the factory.
    """

    __tablename__ = "employment"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    employee_number: Mapped[str]
    number_key: Mapped[str]
    """The employee number as numbers are compared: without spaces, signs, case and leading zeros."""
    role: Mapped[JobRole | None]
    designation: Mapped[str | None]
    line_id: Mapped[int | None] = mapped_column(sa.ForeignKey("line.id"))
    started_on: Mapped[date]
    ended_on: Mapped[date | None]

    person: Mapped[Person] = relationship()
    line: Mapped[Line | None] = relationship()

    __table_args__ = (
        sa.Index(
            "uq_employment_open_number",
            "factory_id",
            "number_key",
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        ),
        sa.Index("ix_employment_factory_role", "factory_id", "role"),
    )


class RosterImport(Base):
    """A roster file that was read for a factory: first a preview, then applied or left.

    `file_key` leads to what was read, not to the file itself: columns that nobody mapped - identity cards, pay,
    addresses - are never stored. `choices` and `counts` are described in `stored.py`.
    """

    __tablename__ = "roster_import"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    file_name: Mapped[str]
    file_key: Mapped[str]
    state: Mapped[ImportState]
    choices: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    account_id: Mapped[int | None]
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]

    factory: Mapped[Factory] = relationship()
