"""Who may come into the room of a half-day now."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import Account
from app.factories.models import Person
from app.platform.db import db
from app.sessions import policy
from app.sessions.links.addresses import link_for
from app.sessions.links.models import MeetingRoom
from app.sessions.links.rules import Holder, of_account, of_address, of_seat, of_site
from app.sessions.models import Invitation, Meeting, Seat, SeatAtMeeting, Site, Trainer
from app.sessions.rules import Modality, SeatState, SiteKind


@dataclass(frozen=True)
class Seated:
    """Somebody with a booked seat who joins a half-day by link, and from where."""

    seat_id: int
    person_id: int
    factory_id: int
    name: str
    site_id: int
    site_name: str
    site_kind: SiteKind


def seated(meeting: Meeting) -> list[Seated]:
    """Whoever has a booked seat and joins this half-day by link. One statement, none for a half-day in person."""
    if meeting.modality is Modality.IN_PERSON:
        return []
    there, other = aliased(Site), aliased(Site)
    exception = sa.and_(SeatAtMeeting.seat_id == Seat.id, SeatAtMeeting.meeting_id == meeting.id)
    statement = (
        sa.select(
            Seat.id, Seat.person_id, Seat.factory_id, sa.func.coalesce(Person.local_name, Person.name),
            sa.func.coalesce(other.id, there.id), sa.func.coalesce(other.name, there.name),
            sa.case((other.id.is_not(None), other.kind), else_=there.kind),
        )
        .join(Person, Person.id == Seat.person_id)
        .join(there, there.id == Seat.site_id)
        .outerjoin(SeatAtMeeting, exception)
        .outerjoin(other, other.id == SeatAtMeeting.site_id)
        .where(Seat.training_id == meeting.training_id, Seat.state == SeatState.BOOKED)
        .order_by(Seat.id)
    )
    if meeting.modality is Modality.HYBRID:
        joins_by = sa.case((SeatAtMeeting.id.is_not(None), SeatAtMeeting.modality), else_=Seat.modality)
        statement = statement.where(joins_by == Modality.VIRTUAL)
    return [Seated(*row) for row in db.session.execute(statement)]


def holders(room: MeetingRoom) -> list[Holder]:
    """Everybody who has a link into the room: calendars, seats, the screens of factory rooms. A handful of statements;
    whoever is not among them any more has none.
    """
    people = seated(room.meeting)
    screens = {one.site_id: one.site_name for one in people if one.site_kind is SiteKind.FACTORY_ROOM}
    return [
        *_invited(room),
        *(of_seat(one.seat_id, one.name) for one in people),
        *(of_site(site_id, name) for site_id, name in screens.items()),
    ]


def own_holder(actor: Actor, meeting: Meeting) -> Holder | None:
    """As whom somebody who is signed in joins this half-day by link; None for who does not.

    Who teaches or plans it opens the room for the others. A person has the own seat, a factory the people who sit
    before its screen or join alone.
    """
    if actor.account_id is not None and (
        policy.teaches(actor, meeting.training) or policy.may_plan(actor, meeting.training)
    ):
        return of_account(actor.account_id, actor.name, moderates=True)
    people = seated(meeting)
    if actor.person_id is not None:
        return next((of_seat(one.seat_id, one.name) for one in people if one.person_id == actor.person_id), None)
    own = actor.scope(Permission.SEATS_NOMINATE).factories
    ours = [one for one in people if one.factory_id in own]
    screen = next((one for one in ours if one.site_kind is SiteKind.FACTORY_ROOM), None)
    if screen:
        return of_site(screen.site_id, screen.site_name)
    return of_account(actor.account_id, actor.name, moderates=False) if ours and actor.account_id else None


def _invited(room: MeetingRoom) -> Iterator[Holder]:
    """Whose calendar holds the link. The last word of an account that was disabled since is the account's."""
    rows = db.session.execute(
        sa.select(Invitation.address, Invitation.name, Invitation.told, Account.disabled_at, Trainer.id)
        .outerjoin(Account, Account.email == Invitation.address)
        .outerjoin(
            Trainer, sa.and_(Trainer.account_id == Account.id, Trainer.training_id == room.meeting.training_id)
        )
        .where(Invitation.meeting_id == room.meeting_id)
        .order_by(Invitation.id)
    )
    for address, name, told, disabled_at, trainer_id in rows:
        holder = of_address(address, name, teaches=trainer_id is not None)
        if disabled_at is None and told and told.get("join_url") == link_for(room.meeting, room, holder):
            yield holder
