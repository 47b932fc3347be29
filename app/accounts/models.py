"""Tables of sign-in. A person is not an account."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.roles import Role
from app.accounts.device_names import kept_name
from app.accounts.prints import PrintKind
from app.accounts.rules import LinkPurpose
from app.platform.db import Base


class Account(Base):
    """A sign-in of staff or of a factory focal point."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(unique=True)
    """Lower case, normalised."""
    name: Mapped[str]
    language: Mapped[str]
    zone: Mapped[str | None]
    """Where the holder lives, when that is not the zone of the programme in which he works."""
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    totp_secret: Mapped[str | None]
    """The shared secret of an authenticator app, in base 32; None without one."""
    totp_step: Mapped[int | None]
    """The last time step whose code was used: a code works once."""

    grants: Mapped[list["RoleGrant"]] = relationship(order_by="RoleGrant.id", viewonly=True)


class RoleGrant(Base):
    """A role that an account holds: in one training session, at one factory, in one group or programme, or everywhere.

    That of a training session names its programme as well, whose staff may withdraw it.
    """

    __tablename__ = "role_grant"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    role: Mapped[Role]
    programme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"))
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory_group.id"))
    training_id: Mapped[int | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    """The first day on which the role is no longer held."""


class Passkey(Base):
    """A passkey of an account (WebAuthn)."""

    __tablename__ = "passkey"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(sa.LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sign_count: Mapped[int]
    name: Mapped[str]
    created_at: Mapped[datetime]


class RecoveryCode(Base):
    """A code that stands in once for a lost second factor."""

    __tablename__ = "recovery_code"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]


class OneTimeLink(Base):
    """A link that works once, for one purpose, until it expires. Only its digest is kept."""

    __tablename__ = "one_time_link"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    purpose: Mapped[LinkPurpose]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class PersonCard(Base):
    """The printed card of a person. The token tells nothing by itself and opens nothing without the PIN."""

    __tablename__ = "person_card"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    token: Mapped[str] = mapped_column(unique=True)
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class PrintOrder(Base):
    """Cards or PIN slips of a factory, printed by a job for whoever ordered them. The file is kept for a day."""

    __tablename__ = "print_order"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    kind: Mapped[PrintKind]
    language: Mapped[str]
    people: Mapped[list[int]]
    """Ids of the people, in the order of the paper."""
    done: Mapped[int]
    """How many of them are drawn."""
    ordered_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    file_key: Mapped[str | None]
    """None before it is drawn and after it is deleted."""


class NoticeShown(Base):
    """Which version of the privacy notice somebody was shown, in which language, and when."""

    __tablename__ = "notice_shown"

    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    version: Mapped[str]
    language: Mapped[str]
    at: Mapped[datetime]


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
    factor_at: Mapped[datetime | None]
    """When the second factor was given in this sign-in; staff pages want it."""
    is_kiosk: Mapped[bool] = mapped_column(server_default=sa.false())
    """A shared tablet: it is signed out after each task."""

    @property
    def device_name(self) -> str:
        """The device in words that its owner knows it by."""
        return kept_name(self.device)

    __table_args__ = (sa.CheckConstraint("(account_id IS NULL) <> (person_id IS NULL)", name="one_kind"),)
