"""Tables of who works where. Turnover lives in Employment."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.factories.rules import (
    CommitteeKind,
    EndReason,
    FactoryStatus,
    ImportState,
    JobRole,
    LineKind,
    Sex,
    Side,
    TermKind,
)
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
    headcount_months: Mapped[int] = mapped_column(server_default="6")
    """A declared headcount older than this is called old (DOMAIN 6.2)."""
    renewal_days: Mapped[int] = mapped_column(server_default="90")
    """So many days before it ends what a person completed can be renewed."""
    certificate_wait_days: Mapped[int] = mapped_column(server_default="0")
    """So many days after its issue the file of a certificate is drawn: time for late corrections."""
    committee_share: Mapped[int] = mapped_column(server_default="80")
    """Of each side of a committee so many in 100 are trained before reports count it as trained."""


class Group(Base):
    """A manufacturer that owns several factories."""

    __tablename__ = "factory_group"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    country: Mapped[str | None] = mapped_column(sa.String(2))


class Holiday(Base):
    """A day on which a programme's factories rest. A provisional one may move by a day: it warns and never blocks."""

    __tablename__ = "holiday"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    day: Mapped[date]
    name: Mapped[dict[str, str]]
    is_provisional: Mapped[bool]

    __table_args__ = (sa.UniqueConstraint("programme_id", "day"),)


class Factory(Base):
    """A member company. `rest_days` are its own ISO weekdays; None means those of the programme."""

    __tablename__ = "factory"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    local_name: Mapped[str | None]
    language: Mapped[str]
    """The factory's first language: certificates and letters are in it."""
    province: Mapped[str]
    group_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory_group.id"), index=True)
    export_zone: Mapped[str | None]
    """The export processing zone it lies in, by name."""
    os_id: Mapped[str | None]
    """Its id in the open register of factories (OS Hub), under which buyers know it."""
    slcp_id: Mapped[str | None]
    """Its id in the converged assessment programme (SLCP)."""
    rest_days: Mapped[list[int] | None]
    status: Mapped[FactoryStatus] = mapped_column(server_default=FactoryStatus.ACTIVE.value)
    closed_on: Mapped[date | None]
    """The first day on which it was closed; None while it is not."""
    products: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    """What it makes, as words of `rules.Product`."""

    programme: Mapped[Programme] = relationship()
    group: Mapped[Group | None] = relationship()

    @property
    def names(self) -> list[str]:
        """Everything by which a file can mean it."""
        return [name for name in (self.name, self.local_name, self.code) if name]


class FactoryTerm(Base):
    """Support tier or engagement mode of a factory from a day on, until the next term of the same kind."""

    __tablename__ = "factory_term"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    kind: Mapped[TermKind]
    value: Mapped[str]
    starts_on: Mapped[date]
    account_id: Mapped[int | None]

    __table_args__ = (sa.UniqueConstraint("factory_id", "kind", "starts_on"),)


class Committee(Base):
    """A bipartite or safety committee of a factory, for one term."""

    __tablename__ = "committee"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    kind: Mapped[CommitteeKind]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    __table_args__ = (
        sa.Index(
            "uq_committee_open_kind", "factory_id", "kind", unique=True,
            sqlite_where=sa.text("ends_on IS NULL"), postgresql_where=sa.text("ends_on IS NULL"),
        ),
    )


class CommitteeMember(Base):
    """A person on a committee. The side is shown only to those who need it."""

    __tablename__ = "committee_member"

    committee_id: Mapped[int] = mapped_column(sa.ForeignKey("committee.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    side: Mapped[Side]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped["Person"] = relationship()

    __table_args__ = (sa.UniqueConstraint("committee_id", "person_id", "starts_on"),)


class Line(Base):
    """A sewing line or section."""

    __tablename__ = "line"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    name: Mapped[str]
    kind: Mapped[LineKind] = mapped_column(server_default=LineKind.LINE.value)
    closed_on: Mapped[date | None]

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
    birth_band: Mapped[str | None] = mapped_column(sa.String(9))
    """Five years in which the person was born, as `1990-1994`; never a date of birth."""
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    """The person that this duplicate turned out to be; old cards, codes and certificates lead there."""
    erased_at: Mapped[datetime | None]
    """When everything personal was taken out of the row."""

    __table_args__ = (
        # SQLite reads it in order and stops at the end of the page; PostgreSQL looks trigrams up, where it has them.
        sa.Index(
            "ix_person_search_text", "search_text",
            postgresql_using="gin", postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
        # Whose address is it, however it is written. No batch of a later migration carries it over on SQLite.
        sa.Index("ix_person_lower_email", sa.text("lower(email)")),
        # The log speaks of people by number: the number of somebody who is gone is never given to another.
        {"sqlite_autoincrement": True},
    )


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
    end_reason: Mapped[EndReason | None]

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
    work_began_at: Mapped[datetime | None]
    """When a job was last asked to read or apply it."""
    rows_done: Mapped[int | None]
    """How far a large file has been worked through; the total is in `counts`."""
    undo: Mapped[dict[str, Any] | None]
    """What applying changed, so that it can be taken back until the next import."""

    factory: Mapped[Factory] = relationship()


class PersonMerge(Base):
    """Two rows that were one person. `moved` says which rows went over and what each of the two said before."""

    __tablename__ = "person_merge"

    winner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    loser_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    account_id: Mapped[int | None]
    merged_at: Mapped[datetime]
    moved: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None]


class NotTheSame(Base):
    """Two people that somebody looked at and found to be two; they are not suggested again."""

    __tablename__ = "not_the_same"

    first_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    second_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    account_id: Mapped[int | None]
    at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("first_id", "second_id"),
        sa.CheckConstraint("first_id < second_id", name="in_order"),
    )
