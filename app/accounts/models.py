"""Tables of sign-in. A person is not an account."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.roles import Role
from app.platform.db import Base


class Account(Base):
    """A sign-in of staff or of a factory focal point."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(unique=True)
    """Lower case, normalised."""
    name: Mapped[str]
    language: Mapped[str]
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    grants: Mapped[list["RoleGrant"]] = relationship(order_by="RoleGrant.id", viewonly=True)


class RoleGrant(Base):
    """A role that an account holds: at one factory, in one programme, or everywhere."""

    __tablename__ = "role_grant"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    role: Mapped[Role]
    programme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"))
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"), index=True)


class PersonPin(Base):
    """The PIN of a person, hashed with the secret key as pepper."""

    __tablename__ = "person_pin"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    pin_hash: Mapped[str]
    set_at: Mapped[datetime]


class SignIn(Base):
    """One sign-in on one device. Ending the row ends it on every process."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    training_id: Mapped[int | None]
    """The training session whose code a person used."""
    device: Mapped[str]
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (sa.CheckConstraint("(account_id IS NULL) <> (person_id IS NULL)", name="one_kind"),)
