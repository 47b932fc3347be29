"""Who knocks with which token, and whether anything has changed since: one statement, whatever the answer."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import current_app

from app.accounts.models import Account, RoleGrant
from app.factories.models import Factory, Person
from app.platform.clock import now
from app.platform.db import db
from app.sessions.feeds.models import Feed, FeedStamp
from app.sessions.feeds.rules import FeedKind, feed_of, opens
from app.sessions.models import Seat, Trainer, TrainingSession
from app.sessions.rules import SeatState

FORM = "1"
"""Raised when the same half-days are written in another way."""

_MINE = RoleGrant.account_id == Feed.account_id
_BY_GRANT = sa.select(RoleGrant.programme_id).where(_MINE, RoleGrant.programme_id.is_not(None))
_BY_FACTORY = (
    sa.select(Factory.programme_id)
    .join(RoleGrant, sa.or_(RoleGrant.factory_id == Factory.id, RoleGrant.group_id == Factory.group_id))
    .where(_MINE)
)
_BY_TEACHING = (
    sa.select(TrainingSession.programme_id)
    .join(Trainer, Trainer.training_id == TrainingSession.id)
    .where(Trainer.account_id == Feed.account_id)
)
_BY_SEAT = (
    sa.select(TrainingSession.programme_id)
    .join(Seat, Seat.training_id == TrainingSession.id)
    .where(Seat.person_id == Feed.person_id)
)
_IS_EVERYWHERE = sa.exists().where(
    _MINE, RoleGrant.programme_id.is_(None), RoleGrant.factory_id.is_(None), RoleGrant.group_id.is_(None)
)
_TOUCHES = sa.or_(
    _IS_EVERYWHERE.correlate(Feed),
    *(FeedStamp.programme_id.in_(each.correlate(Feed)) for each in (_BY_GRANT, _BY_FACTORY, _BY_TEACHING, _BY_SEAT)),
)


def _of_stamps(what: sa.ColumnElement[int] | sa.ColumnElement[datetime]) -> sa.ScalarSelect[object]:
    return sa.select(what).select_from(FeedStamp).where(_TOUCHES).correlate(Feed).scalar_subquery()


def _of_grants(what: sa.ColumnElement[object]) -> sa.ScalarSelect[object]:
    return sa.select(what).select_from(RoleGrant).where(_MINE).correlate(Feed).scalar_subquery()


_SEATS = (
    sa.select(sa.func.sum(Seat.id))
    .where(Seat.person_id == Feed.person_id, Seat.state == SeatState.BOOKED)
    .correlate(Feed)
    .scalar_subquery()
)
"""Seats go over when two entries turn out to be one person, which settles nothing."""
_KNOCK = (
    sa.select(
        Feed.id, Feed.kind, Feed.version, Feed.account_id, Feed.person_id, Feed.changed_at, Feed.revoked_at,
        Account.disabled_at, Account.email, Account.name, Account.language, Account.zone,
        Person.email.label("person_email"), Person.merged_into_id, Person.language.label("person_language"),
        sa.func.coalesce(Person.local_name, Person.name).label("person_name"),
        _of_stamps(sa.func.sum(FeedStamp.revision)).label("revisions"),
        _of_stamps(sa.func.max(FeedStamp.revised_at)).label("revised_at"),
        _SEATS.label("seats"),
        _of_grants(sa.func.sum(RoleGrant.id)).label("grants"),
        _of_grants(sa.func.max(RoleGrant.ends_on)).label("ends_on"),
    )
    .outerjoin(Account, Account.id == Feed.account_id)
    .outerjoin(Person, Person.id == Feed.person_id)
    .where(Feed.id == sa.bindparam("feed_id"))
)  # fmt: skip
"""Built once: building it takes longer than asking it."""


@dataclass(frozen=True)
class Door:
    """A calendar whose token was right. `mark` is another one as soon as anything in it may be."""

    feed_id: int
    kind: FeedKind
    account_id: int | None
    person_id: int | None
    address: str
    name: str
    language: str
    zone: str | None
    changed_at: datetime
    mark: str


def door(text: str) -> Door | None:
    """The calendar that a token opens; None, in the same time, for one that opens nothing - any more, or ever."""
    row = db.session.execute(_KNOCK, {"feed_id": feed_of(text)}).first()
    config = current_app.config
    keys = [str(config["SECRET_KEY"]), *config["SECRET_KEY_FALLBACKS"]]
    is_right = opens(text, row.id if row else 0, row.version if row else 0, keys)
    if row is None or not is_right or row.revoked_at is not None:
        return None
    if row.disabled_at is not None or row.merged_into_id is not None:
        return None
    by_person = row.person_id is not None
    return Door(
        feed_id=row.id,
        kind=row.kind,
        account_id=row.account_id,
        person_id=row.person_id,
        address=(row.person_email if by_person else row.email) or "",
        name=row.person_name if by_person else row.name,
        language=row.person_language if by_person else row.language,
        zone=None if by_person else row.zone,
        changed_at=max(filter(None, (row.changed_at, row.revised_at))),
        mark=_mark(row),
    )


def _mark(row: Iterable[object]) -> str:
    """Everything that a calendar depends on: what was settled, whose it is, which roles there are - and the day, on
    which half-days leave it and roles end.
    """
    parts = (FORM, now().date(), *row)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
