"""A half-day while it runs, place by place: numbers only, no names."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.access.actor import Actor
from app.attendance.models import CurrentMark, RollCall
from app.attendance.rooms.models import RoomConnection
from app.attendance.rules import Mark
from app.factories.models import Person
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions.links.models import MeetingRoom, RoomVisit
from app.sessions.models import Meeting, MeetingSite, Seat, SeatAtMeeting, Site, TrainingSession
from app.sessions.policy import may_plan, may_take_roll
from app.sessions.queries.lookup import visible
from app.sessions.rules import MeetingState, SeatState
from app.sessions.rules.joining import site_at

GOES_ON = timedelta(hours=1)
"""How long after the half-day the board still asks for what is new."""


@dataclass(frozen=True)
class Place:
    """One place: how many are expected there, came in by link, have which mark, were only declared, are disputed.
    `last` is when something was last said of one of them, by the clock on the wall.
    """

    site: Site
    is_connected: bool
    expected: int
    came_in: int
    by_mark: Counter[Mark]
    declared: int
    disputed: int
    last: datetime | None

    @property
    def there(self) -> int:
        """People whose mark counts."""
        return sum(number for mark, number in self.by_mark.items() if mark.counts)

    @property
    def unmarked(self) -> int:
        return self.expected - self.by_mark.total()


@dataclass(frozen=True)
class Board:
    """All places of a half-day; `is_over` says that nothing new is to be expected."""

    meeting: Meeting
    places: Sequence[Place]
    is_over: bool

    @property
    def expected(self) -> int:
        return sum(place.expected for place in self.places)

    @property
    def there(self) -> int:
        return sum(place.there for place in self.places)

    @property
    def version(self) -> str:
        """The same as long as the numbers are."""
        said = [
            (
                each.site.id, each.is_connected, each.expected, each.came_in, sorted(each.by_mark.items()),
                each.declared, each.disputed, each.last,
            )
            for each in self.places
        ]  # fmt: skip
        return hashlib.sha256(repr((said, self.is_over)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _Somebody:
    factory_id: int
    site_id: int
    elsewhere_id: int | None
    came_in: bool
    known: CurrentMark | None


def board_meeting(actor: Actor, training_id: int, number: int) -> Meeting:
    """A half-day whose roll the actor may take, or which the actor plans. One statement. Raises NotFound."""
    own = sa.select(Meeting).join(Meeting.training).where(TrainingSession.id == training_id, Meeting.number == number)
    whole = contains_eager(Meeting.training).joinedload(TrainingSession.trainers)
    meeting = db.session.scalars(own.where(visible(actor)).options(whole)).unique().one_or_none()
    if meeting is None or not (may_take_roll(actor, meeting.training) or may_plan(actor, meeting.training)):
        raise NotFound
    return meeting


def board(meeting: Meeting) -> Board:
    """The numbers of a half-day. Two statements. The caller has checked the half-day."""
    sites, connected, is_closed = _sites(meeting)
    used = [site for site, is_named in sites if is_named] or [site for site, _named in sites]
    by_id = {site.id: site for site, _named in sites}
    people: dict[int, list[_Somebody]] = {site.id: [] for site in used}
    for one in _people(meeting):
        there = by_id.get(one.elsewhere_id) if one.elsewhere_id else None
        site = site_at(meeting.modality, by_id[one.site_id], there, used, one.factory_id)
        people.setdefault(site.id, []).append(one)
    zone = ZoneInfo(meeting.zone)
    places = [_place(by_id[site_id], own, zone, is_connected=site_id in connected) for site_id, own in people.items()]
    is_over = is_closed or meeting.state is not MeetingState.PLANNED or now() > meeting.ends_at + GOES_ON
    return Board(meeting, [place for place in places if place.expected or place.is_connected], is_over)


def _sites(meeting: Meeting) -> tuple[list[tuple[Site, bool]], set[int], bool]:
    is_named = sa.exists().where(MeetingSite.site_id == Site.id, MeetingSite.meeting_id == meeting.id)
    is_connected = sa.exists().where(
        RoomConnection.site_id == Site.id, RoomConnection.meeting_id == meeting.id, RoomConnection.left_at.is_(None)
    )
    is_closed = sa.exists().where(RollCall.meeting_id == meeting.id, RollCall.closed_at.is_not(None))
    rows = db.session.execute(
        sa.select(Site, is_named, is_connected, is_closed)
        .where(Site.training_id == meeting.training_id)
        .order_by(Site.id)
    ).all()
    sites = [(site, named) for site, named, _connected, _closed in rows]
    return sites, {site.id for site, _n, connected, _c in rows if connected}, any(closed for *_rest, closed in rows)


def _people(meeting: Meeting) -> list[_Somebody]:
    came_in = sa.exists().where(
        RoomVisit.seat_id == Seat.id, RoomVisit.room_id == MeetingRoom.id, MeetingRoom.meeting_id == meeting.id
    )
    is_about = sa.and_(CurrentMark.meeting_id == meeting.id, CurrentMark.person_id == Seat.person_id)
    is_here = sa.and_(SeatAtMeeting.meeting_id == meeting.id, SeatAtMeeting.seat_id == Seat.id)
    rows = db.session.execute(
        sa.select(Seat.factory_id, Seat.site_id, SeatAtMeeting.site_id, came_in, CurrentMark)
        .join(Person, Person.id == Seat.person_id)
        .outerjoin(CurrentMark, is_about)
        .outerjoin(SeatAtMeeting, is_here)
        .where(Seat.training_id == meeting.training_id, Seat.state == SeatState.BOOKED, Person.merged_into_id.is_(None))
        .order_by(Seat.id)
    )
    return [_Somebody(*row) for row in rows]


def _place(site: Site, people: Sequence[_Somebody], zone: ZoneInfo, *, is_connected: bool) -> Place:
    known = [one.known for one in people if one.known]
    return Place(
        site=site,
        is_connected=is_connected,
        expected=len(people),
        came_in=sum(one.came_in for one in people),
        by_mark=Counter(mark.mark for mark in known),
        declared=sum(mark.evidence.is_self_declared for mark in known),
        disputed=sum(mark.is_disputed for mark in known),
        last=max((mark.at.astimezone(zone) for mark in known), default=None),
    )
