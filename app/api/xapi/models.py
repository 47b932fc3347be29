"""Statements, append-only; their texts, which can be erased; what they are found by; documents; what comes of them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class Statement(Base):
    """That something was said, by whom, and of whom. Never changed, never removed; `id` counts in the order of storing.

    Programme, factory and person say who may read it: those of the person it is about where it is about one of ours,
    else those that the writer's token reaches, where that is one.
    """

    __tablename__ = "xapi_statement"

    uuid: Mapped[str] = mapped_column(sa.String(36), unique=True)
    stored: Mapped[datetime]
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    """Of its content, so that the same id with another content is refused."""
    account_id: Mapped[int | None]
    """The account whose token wrote it; None for what this system says itself."""
    token_id: Mapped[int | None]
    programme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    target: Mapped[str | None] = mapped_column(sa.String(36), index=True)
    """The id of the statement that it is about."""
    is_voiding: Mapped[bool]


class StatementText(Base):
    """A statement as it is answered, in JSON. Gone when it may hold something of a person who is erased."""

    __tablename__ = "xapi_text"

    statement_id: Mapped[int] = mapped_column(sa.ForeignKey("xapi_statement.id"), unique=True)
    text: Mapped[str] = mapped_column(sa.Text)


class StatementKey(Base):
    """A hash of something in a statement by which it is found; `is_main` for what it is about itself."""

    __tablename__ = "xapi_key"

    statement_id: Mapped[int] = mapped_column(sa.ForeignKey("xapi_statement.id"), index=True)
    key: Mapped[str] = mapped_column(sa.String(32))
    is_main: Mapped[bool]

    __table_args__ = (sa.Index("ix_xapi_key_key_statement_id", "key", "statement_id"),)


class StatementReference(Base):
    """A statement that speaks of another, directly or through those between: who finds the other finds it too."""

    __tablename__ = "xapi_reference"

    statement_id: Mapped[int] = mapped_column(sa.ForeignKey("xapi_statement.id"))
    about_id: Mapped[int] = mapped_column(sa.ForeignKey("xapi_statement.id"), index=True)

    __table_args__ = (sa.UniqueConstraint("statement_id", "about_id"),)


class StatementFile(Base):
    """The bytes of an attachment, under their hash."""

    __tablename__ = "xapi_file"

    statement_id: Mapped[int] = mapped_column(sa.ForeignKey("xapi_statement.id"))
    sha2: Mapped[str] = mapped_column(sa.String(128))
    content_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)

    __table_args__ = (sa.UniqueConstraint("statement_id", "sha2"),)


class Document(Base):
    """What a system keeps here for itself, of an activity, of somebody, or of both. Nobody else's tokens see it."""

    __tablename__ = "xapi_document"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(sa.String(16))
    key: Mapped[str] = mapped_column(sa.String(32))
    """Hash of all that tells it from others of the kind."""
    owner_key: Mapped[str] = mapped_column(sa.String(32))
    """Hash of the activity and the person whose documents are listed together."""
    registration: Mapped[str | None] = mapped_column(sa.String(36))
    name: Mapped[str]
    """Its id, as the system chose it."""
    content_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    etag: Mapped[str] = mapped_column(sa.String(40))
    updated_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)

    __table_args__ = (
        sa.UniqueConstraint("account_id", "kind", "key"),
        sa.Index("ix_xapi_document_owner", "account_id", "kind", "owner_key"),
    )


class KnownAs(Base):
    """Under which name other systems know a person: 128 random bits that say nothing to anybody else. The first one of
    a person is the one that this system uses; more come with entries that turned out to be the same person.
    """

    __tablename__ = "xapi_person"

    name: Mapped[str] = mapped_column(sa.String(32), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)


class OtherName(Base):
    """Under which name another system knows a person, as staff here said. It means her within what a token reaches."""

    __tablename__ = "xapi_name"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    key: Mapped[str] = mapped_column(sa.String(32), index=True)
    """Hash of the name as names are compared."""
    home_page: Mapped[str | None]
    """The address of the accounts there; None for a mail address."""
    name: Mapped[str]
    sha1sum: Mapped[str | None] = mapped_column(sa.String(40), index=True)
    """Of a mail address, as statements may hold it instead."""
    account_id: Mapped[int | None]
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """Since when it means nobody."""

    __table_args__ = (
        sa.Index(
            "uq_xapi_name_live", "person_id", "key", unique=True,
            sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )


class Numbering(Base):
    """At this address the names of accounts are the employee numbers of a factory."""

    __tablename__ = "xapi_numbering"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    home_page: Mapped[str]
    account_id: Mapped[int | None]
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index("ix_xapi_numbering_home_page", "home_page"),
        sa.Index(
            "uq_xapi_numbering_live", "factory_id", "home_page", unique=True,
            sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )


class Fact(Base):
    """Which statement this system made last of a fact of its own: a mark, an attempt, a completion, a certificate."""

    __tablename__ = "xapi_fact"

    subject: Mapped[str] = mapped_column(unique=True)
    """`<thing>:<id>`."""
    said: Mapped[str | None] = mapped_column(sa.String(64))
    """Hash of what was said; None when it was taken back."""
    statement_uuid: Mapped[str | None] = mapped_column(sa.String(36))
    """The last statement: random, so that nobody can take the id before, nor ask by it what is true here."""
    round: Mapped[int]
    """How many statements there have been."""


class Bookmark(Base):
    """How far an append-only log has been told."""

    __tablename__ = "xapi_bookmark"

    log: Mapped[str] = mapped_column(unique=True)
    last_id: Mapped[int]


class ExternalCourse(Base):
    """A course of somebody else that counts in the learning record, once another system says that it was passed."""

    __tablename__ = "external_course"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    iri: Mapped[str]
    """The id of the activity, as the other system writes it."""
    title: Mapped[str]
    account_id: Mapped[int | None]
    registered_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """Since when nothing new counts."""

    __table_args__ = (sa.UniqueConstraint("programme_id", "iri"),)


class ExternalResult(Base):
    """That a person passed or completed a course of somebody else, as a statement says."""

    __tablename__ = "external_result"

    statement_id: Mapped[int] = mapped_column(sa.ForeignKey("xapi_statement.id"), unique=True)
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("external_course.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    """When the statement was voided."""
