"""What a person, a factory or an account was told, as far as the actor may see."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.addresses import addresses_of
from app.accounts.models import Account
from app.accounts.queries import focal_points
from app.factories.merging.queries import entries
from app.factories.models import Factory
from app.notifications.models import Telling
from app.notifications.queries import visible as visible_mails
from app.notifications.rules import TellingKind, Way
from app.platform.db import db
from app.platform.mail.models import MailMessage, MailState
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState

MOST = 200
_MAIL = (
    MailMessage.id, MailMessage.kind, MailMessage.about, MailMessage.state, MailMessage.created_at,
    MailMessage.recipient,
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One thing that was told. `what` is the kind of a mail or of a telling; `to` the address or who was told."""

    at: datetime
    way: Way
    what: str
    to: str
    state: MailState | None
    training_id: int | None
    code: str
    mail_id: int | None


def of_person(actor: Actor, person_id: int) -> list[Row]:
    """Mails to the person's addresses, and what was told to the factory in training sessions with a seat."""
    people = entries([person_id])
    has_seat = sa.exists().where(
        Seat.training_id == Telling.training_id, Seat.factory_id == Telling.factory_id, Seat.person_id.in_(people),
        Seat.state == SeatState.BOOKED,
    )
    return _rows(actor, MailMessage.recipient.in_(addresses_of(people)), has_seat)


def of_factory(actor: Actor, factory: Factory) -> list[Row]:
    """Mails to who speaks for it and reminders to its people, about training sessions; papers and chats."""
    speakers = {point.email for point in focal_points([factory.id])}
    mails = sa.select(Telling.mail_id).where(Telling.factory_id == factory.id, Telling.mail_id.is_not(None))
    about = MailMessage.about.startswith("training:", autoescape=True)
    told = sa.or_(MailMessage.id.in_(mails), sa.and_(MailMessage.recipient.in_(speakers), about))
    return _rows(actor, told, Telling.factory_id == factory.id)


def of_account(actor: Actor, account: Account) -> list[Row]:
    """Mails to the account: about training sessions that the actor may read of, and about the account itself."""
    own = sa.and_(MailMessage.recipient == account.email, MailMessage.about == f"account:{account.id}")
    return _rows(actor, MailMessage.recipient == account.email, sa.false(), or_else=own)


def _rows(
    actor: Actor, mails: sa.ColumnElement[bool], tellings: sa.ColumnElement[bool],
    or_else: sa.ColumnElement[bool] | None = None,
) -> list[Row]:  # fmt: skip
    """The latest MOST. Three statements."""
    seen = sa.and_(mails, visible_mails(actor))
    shown = sa.or_(seen, or_else) if or_else is not None else seen
    sent = db.session.execute(sa.select(*_MAIL).where(shown).order_by(MailMessage.id.desc()).limit(MOST)).all()
    noted = db.session.execute(
        sa.select(Telling.at, Telling.way, Telling.training_id, Factory.name)
        .join(Factory, Factory.id == Telling.factory_id)
        .where(tellings, Telling.kind == TellingKind.NOTICE, _visible(actor))
        .order_by(Telling.id.desc())
        .limit(MOST)
    ).all()
    codes = _codes([*(_training(row.about) for row in sent), *(row.training_id for row in noted)])
    rows = [*(_of_mail(row, codes) for row in sent), *(_of_telling(row, codes) for row in noted)]
    return sorted(rows, key=lambda row: row.at, reverse=True)[:MOST]


def _of_mail(row: Any, codes: dict[int, str]) -> Row:
    training_id = _training(row.about)
    known = training_id if training_id in codes else None
    return Row(
        row.created_at, Way.MAIL, row.kind, row.recipient, row.state, known, codes.get(training_id or 0, ""),
        row.id if known else None,
    )  # fmt: skip


def _of_telling(row: Any, codes: dict[int, str]) -> Row:
    return Row(row.at, row.way, TellingKind.NOTICE, row.name, None, row.training_id, codes[row.training_id], None)


def _training(about: str) -> int | None:
    subject, _, number = about.partition(":")
    return int(number) if subject == "training" and number.isdigit() else None


def _codes(training_ids: Iterable[int | None]) -> dict[int, str]:
    ids: Collection[int] = {number for number in training_ids if number is not None}
    rows = sa.select(TrainingSession.id, TrainingSession.code).where(TrainingSession.id.in_(ids))
    return {row.id: row.code for row in db.session.execute(rows)}


def _visible(actor: Actor) -> sa.ColumnElement[bool]:
    scope = actor.scope(Permission.MAIL_READ)
    if scope.everything:
        return sa.true()
    own = sa.select(TrainingSession.id).where(TrainingSession.programme_id.in_(scope.programmes))
    return Telling.training_id.in_(own)


