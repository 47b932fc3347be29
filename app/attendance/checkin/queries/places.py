"""What a code leads to, and who stands there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.attendance.checkin.rules import (
    OPENS_BEFORE,
    STAYS_AFTER,
    Place,
    PlaceKind,
    nearest,
    short,
    slot_at,
)
from app.factories.models import Factory
from app.platform.db import db
from app.sessions.models import Meeting, MeetingSite, Seat, Site, TrainingSession
from app.sessions.rules import MeetingState, SeatState, TrainingState
from app.sessions.rules.codes import normal_code


@dataclass(frozen=True)
class There:
    """A half-day and the site at which its code was shown."""

    meeting: Meeting
    site: Site

    @property
    def starts_at(self) -> datetime:
        return self.meeting.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.meeting.ends_at


def there(place: Place, at: datetime) -> There | None:
    """Where a code leads at a moment; None when no half-day is open there."""
    if place.kind is PlaceKind.SCREEN:
        found = with_site(place.thing_id, place.site_id)
        return nearest([found] if found else [], at)
    column = Site.id if place.kind is PlaceKind.SITE else Site.room_id
    return nearest(_pairs(_open(at).where(column == place.thing_id)), at)


def with_site(meeting_id: int, site_id: int) -> There | None:
    """A half-day that is held, and a site that it uses."""
    found = _pairs(_held().where(Meeting.id == meeting_id, Site.id == site_id))
    return found[0] if found else None


def typed(text: str, keys: Sequence[str], at: datetime) -> There | None:
    """Where the short code leads that somebody typed, while it is good."""
    wanted, slots = normal_code(text).encode(errors="replace"), (slot_at(at), slot_at(at) - 1)
    for pair in _pairs(_open(at)):
        for slot in slots:
            place = Place(PlaceKind.SCREEN, pair.meeting.id, pair.site.id, slot)
            if any(compare_digest(short(place, key).encode(), wanted) for key in keys):
                return pair
    return None


def lone_factory(found: There) -> Factory | None:
    """The factory of whoever comes: that of the room, else the only one that sends people."""
    if found.site.factory_id is not None:
        return db.session.get(Factory, found.site.factory_id)
    factories = factories_of(found.meeting.training_id)
    return factories[0] if len(factories) == 1 else None


def factories_of(training_id: int) -> Sequence[Factory]:
    """The factories that send people to a training session, by name."""
    booked = sa.select(Seat.factory_id).where(Seat.training_id == training_id, Seat.state == SeatState.BOOKED)
    return db.session.scalars(sa.select(Factory).where(Factory.id.in_(booked)).order_by(Factory.name)).all()


def seat_at(found: There, person_id: int | None) -> Seat | None:
    """The booked seat of a person, at whatever site."""
    return db.session.scalar(
        sa.select(Seat).where(
            Seat.training_id == found.meeting.training_id, Seat.person_id == person_id, Seat.state == SeatState.BOOKED
        )
    )


def _pairs(statement: sa.Select[Meeting, Site]) -> list[There]:
    return [There(meeting, site) for meeting, site in db.session.execute(statement)]


def _open(at: datetime) -> sa.Select[Meeting, Site]:
    return _held().where(Meeting.starts_at <= at + OPENS_BEFORE, Meeting.ends_at >= at - STAYS_AFTER)


def _held() -> sa.Select[Meeting, Site]:
    """Half-days of confirmed training sessions, with each site that they use."""
    named = sa.select(MeetingSite.site_id).where(MeetingSite.meeting_id == Meeting.id)
    is_held = sa.and_(TrainingSession.state == TrainingState.CONFIRMED, Meeting.state == MeetingState.PLANNED)
    return (
        sa.select(Meeting, Site)
        .join(TrainingSession, TrainingSession.id == Meeting.training_id)
        .join(Site, Site.training_id == Meeting.training_id)
        .where(is_held, sa.or_(Site.id.in_(named), ~named.exists()))
        .options(contains_eager(Meeting.training).joinedload(TrainingSession.version), joinedload(Site.room))
        .order_by(Meeting.id, Site.id)
    )
