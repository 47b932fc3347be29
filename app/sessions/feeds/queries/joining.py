"""How a person joins the half-days of the own seats: where to go, and by which link."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from app.platform.db import db
from app.sessions.links.addresses import link_for, rooms_of
from app.sessions.links.models import MeetingRoom
from app.sessions.links.rules import of_seat
from app.sessions.models import Meeting, MeetingSite, Seat, SeatAtMeeting, Site
from app.sessions.rules import Modality, SeatState, SiteKind
from app.sessions.rules.invitations import Guest, Place, place_at


@dataclass(frozen=True)
class Way:
    """Into one half-day."""

    places: tuple[str, ...]
    join_url: str | None


@dataclass(frozen=True)
class Joining:
    """The booked seats of a person, by training session, and what their half-days have."""

    seats: dict[int, Seat]
    meetings: dict[int, Meeting]
    sites: dict[int, dict[int, Place]]
    """Training session -> its sites."""
    used: dict[int, set[int]]
    """Half-day -> sites that it uses, where it does not use all."""
    elsewhere: dict[int, int]
    """Half-day -> the site of this person there."""
    rooms: dict[int, MeetingRoom]

    def at(self, meeting_id: int, training_id: int, modality: Modality) -> Way | None:
        """None without a booked seat."""
        seat, meeting = self.seats.get(training_id), self.meetings.get(meeting_id)
        if seat is None or meeting is None:
            return None
        sites = self.sites[training_id]
        used = {sites[each] for each in self.used.get(meeting_id, sites) if each in sites}
        place = place_at(sites[self.elsewhere.get(meeting_id, seat.site_id)], used)
        guest = Guest("", "", "", None, False, frozenset([place]))
        venues = {each.name for each in used if each.kind is SiteKind.VENUE}
        joins = guest.joins_remotely(modality)
        link = link_for(meeting, self.rooms.get(meeting_id), of_seat(seat.id, "")) if joins else None
        return Way(tuple(guest.place_names(modality, venues)), link)


def joining(person_id: int) -> Joining:
    """Of all booked seats of a person; six statements."""
    mine = sa.select(Seat).where(Seat.person_id == person_id, Seat.state == SeatState.BOOKED)
    seats = {seat.training_id: seat for seat in db.session.scalars(mine)}
    meetings = {each.id: each for each in db.session.scalars(sa.select(Meeting).where(Meeting.training_id.in_(seats)))}
    sites: dict[int, dict[int, Place]] = {}
    for site in db.session.scalars(sa.select(Site).where(Site.training_id.in_(seats))):
        sites.setdefault(site.training_id, {})[site.id] = Place(site.kind, site.name)
    used: dict[int, set[int]] = {}
    chosen = sa.select(MeetingSite.meeting_id, MeetingSite.site_id).where(MeetingSite.meeting_id.in_(meetings))
    for meeting_id, site_id in db.session.execute(chosen):
        used.setdefault(meeting_id, set()).add(site_id)
    own = sa.select(SeatAtMeeting.meeting_id, SeatAtMeeting.site_id)
    moved = db.session.execute(own.where(SeatAtMeeting.seat_id.in_([seat.id for seat in seats.values()])))
    return Joining(seats, meetings, sites, used, {row[0]: row[1] for row in moved}, rooms_of(meetings))


def venues_of(training_ids: Collection[int]) -> dict[int, list[str]]:
    """Training session -> the rooms that people come to, by name."""
    found: dict[int, list[str]] = {}
    rooms = sa.and_(Site.training_id.in_(training_ids), Site.kind == SiteKind.VENUE)
    named = sa.select(Site.training_id, Site.name).where(rooms).order_by(Site.name)
    for training_id, name in db.session.execute(named):
        found.setdefault(training_id, []).append(name)
    return found
