"""What a calendar holds: for whoever was invited exactly what the mail said, else the half-day itself."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask_babel import force_locale

from app.access.actor import Actor, Scope
from app.access.permissions import Permission
from app.accounts.models import Account
from app.accounts.queries import grants_of
from app.courses.models import CourseVersion
from app.factories.models import Person
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import text
from app.platform.i18n.languages import best
from app.platform.mail.address import AddressError, single_address
from app.platform.refusal import NotFound
from app.sessions.calendar.facts import Facts
from app.sessions.calendar.invite import Invite, Method
from app.sessions.calendar.wording import Reader
from app.sessions.feeds.models import FeedStamp
from app.sessions.feeds.queries.door import Door
from app.sessions.feeds.queries.joining import Joining, joining, venues_of
from app.sessions.feeds.rules import GONE_STAYS, STAYS, FeedKind, meeting_uid, role_of
from app.sessions.models import Invitation, Meeting, Seat, Trainer, TrainingSession
from app.sessions.queries import training_for
from app.sessions.queries.entries import invite, sender
from app.sessions.rules import MeetingState, Modality, SeatState, TrainingState

_LIVE = frozenset({TrainingState.CONFIRMED, TrainingState.CLOSED})
_WERE_LIVE = frozenset({*_LIVE, TrainingState.CANCELLED, TrainingState.POSTPONED})


class Coded(NamedTuple):
    """As much of a training session as its entry needs."""

    id: int
    code: str


@dataclass(frozen=True)
class Whose:
    """Who reads: the address to which mails go, the words and the clock, and how the own seats join."""

    address: str
    reader: Reader
    joining: Joining | None = None


_TOLD = (
    Meeting.training_id, TrainingSession.code, Invitation.uid, Invitation.sequence, Invitation.told, Invitation.was,
    Invitation.stamped_at, Invitation.language, Invitation.zone,
)  # fmt: skip
_PLAIN = (
    Meeting.id, Meeting.training_id, Meeting.starts, Meeting.ends, Meeting.zone, Meeting.modality, Meeting.state,
    TrainingSession.code, TrainingSession.state.label("training_state"), CourseVersion.titles,
    FeedStamp.revision, FeedStamp.revised_at,
)  # fmt: skip


def entries_of(found: Door) -> list[Invite]:
    """The entries of a calendar in order of time: those ahead, and those that were over or called off lately.

    The number of statements does not depend on how many there are.
    """
    whose = Whose(
        _plainly(found.address),
        Reader(found.language, found.zone),
        joining(found.person_id) if found.person_id is not None else None,
    )
    with force_locale(best([found.language])):
        return list(_entries(_within(found), whose, Meeting.ends_at > now() - STAYS))


def entry_of(actor: Actor, training_id: int, number: int) -> Invite:
    """The entry of one half-day: an account's of a training session that it sees, a person's of the own seat. Raises
    NotFound, also while it is in nobody's calendar.
    """
    here = sa.and_(Meeting.training_id == training_id, Meeting.number == number)
    whose = _person(actor.person_id) if actor.person_id is not None else _account(actor)
    if actor.person_id is not None and whose.joining is not None and training_id not in whose.joining.seats:
        raise NotFound
    if actor.is_kiosk:
        raise NotFound  # the link in it is a secret, and the file would stay on a shared tablet
    if actor.person_id is None:
        training_for(actor, training_id)
    entry = next(_entries(sa.true(), whose, here), None)
    if entry is None:
        raise NotFound
    return entry


def _person(person_id: int) -> Whose:
    person = db.session.get_one(Person, person_id)
    return Whose(_plainly(person.email), Reader(person.language, None), joining(person_id))


def _account(actor: Actor) -> Whose:
    account = db.session.get(Account, actor.account_id or 0)
    if account is None:
        raise NotFound
    return Whose(_plainly(account.email), Reader(account.language, account.zone))


def _plainly(address: str | None) -> str:
    """As invitations know it; nothing for what is no mail address."""
    try:
        return single_address((address or "").strip()).lower()
    except AddressError:
        return ""


def _entries(scope: sa.ColumnElement[bool], whose: Whose, *conditions: sa.ColumnElement[bool]) -> Iterator[Invite]:
    mine = sa.and_(Invitation.meeting_id == Meeting.id, Invitation.address == whose.address)
    told = (
        sa.select(*_TOLD, scope.label("is_seen"))
        .join(TrainingSession, TrainingSession.id == Meeting.training_id)
        .join(Invitation, mine)
        .where(*conditions)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    plain = (
        sa.select(*_PLAIN)
        .join(TrainingSession, TrainingSession.id == Meeting.training_id)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .outerjoin(FeedStamp, FeedStamp.training_id == TrainingSession.id)
        .where(scope, ~sa.exists().where(mine), *conditions)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    yield from filter(None, (_invited(row) for row in db.session.execute(told)))
    rows = db.session.execute(plain).all()
    venues = venues_of({row.training_id for row in rows}) if rows else {}
    yield from filter(None, (_plain(row, whose, venues.get(row.training_id, ())) for row in rows))


def _invited(row: Any) -> Invite | None:
    """Word for word what the last mail said. Who is out keeps the entry for a while, as cancelled."""
    facts, method = Facts.read(row.told), Method.REQUEST
    if facts is None:
        was = Facts.read(row.was)
        if was is None or row.stamped_at < now() - GONE_STAYS:
            return None
        facts, method = replace(was, join_url=None), Method.CANCEL
    elif not row.is_seen:
        return None
    return invite(
        facts,
        Coded(row.training_id, row.code),
        sender(),
        Reader(row.language, row.zone),
        uid=row.uid,
        sequence=row.sequence,
        stamp=row.stamped_at or now(),
        method=method,
    )


def _plain(row: Any, whose: Whose, venues: Collection[str]) -> Invite | None:
    """The half-day itself, for whoever was not invited. One that was called off stays for a while, as cancelled."""
    is_live = row.training_state in _LIVE and row.state is MeetingState.PLANNED
    is_fresh = row.revised_at is not None and row.revised_at > now() - GONE_STAYS
    if not is_live and not (is_fresh and row.training_state in _WERE_LIVE):
        return None
    own = whose.joining.at(row.id, row.training_id, row.modality) if whose.joining else None
    facts = Facts(
        title=text(row.titles, whose.reader.language),
        starts=row.starts,
        ends=row.ends,
        zone=row.zone,
        places=own.places if own else tuple(venues) if row.modality is not Modality.VIRTUAL else (),
        join_url=own.join_url if own and is_live else None,
        modality=row.modality,
    )
    return invite(
        facts,
        Coded(row.training_id, row.code),
        sender(),
        whose.reader,
        uid=meeting_uid(row.id, sender().domain),
        sequence=row.revision or 0,
        stamp=row.revised_at or now(),
        method=Method.REQUEST if is_live else Method.CANCEL,
    )


def _within(found: Door) -> sa.ColumnElement[bool]:
    """Which training sessions belong into the calendar now, by the roles that the account holds today."""
    if found.kind is FeedKind.OWN:
        return sa.exists().where(
            Seat.training_id == TrainingSession.id, Seat.person_id == found.person_id, Seat.state == SeatState.BOOKED
        )
    grants = [grant for grant in grants_of(found.account_id or 0) if grant.role in role_of(found.kind)]
    scope = Actor(account_id=found.account_id, grants=tuple(grants)).scope(Permission.SESSIONS_READ)
    if found.kind is FeedKind.TEACHING:
        teaches = sa.exists().where(
            Trainer.training_id == TrainingSession.id, Trainer.account_id == found.account_id
        )
        return teaches if grants else sa.false()
    return sa.true() if scope.everything else _of_scope(scope)


def _of_scope(scope: Scope) -> sa.ColumnElement[bool]:
    """A programme's, and those in which people of a factory have seats: not what they could still join."""
    has_seat = sa.exists().where(
        Seat.training_id == TrainingSession.id, Seat.factory_id.in_(scope.factories), Seat.state == SeatState.BOOKED
    )
    return sa.or_(TrainingSession.programme_id.in_(scope.programmes), has_seat)

