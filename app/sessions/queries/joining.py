"""Who joins which half-day how."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.platform.db import db
from app.sessions.models import Meeting, MeetingSite, Seat, SeatAtMeeting, Site, TrainingSession
from app.sessions.rules import HOLDING, MeetingState, Modality
from app.sessions.rules.joining import modality_at, site_at
from app.sessions.rules.places import Holder, taken_at

Exceptions = Mapping[tuple[int, int], SeatAtMeeting]
"""By seat and half-day."""


@dataclass(frozen=True)
class HalfDayPlaces:
    """How many people join one half-day in each way."""

    meeting: Meeting
    counts: Counter[Modality]


def exceptions(training_id: int) -> Exceptions:
    """What is different at single half-days, with the site. One statement."""
    there = sa.select(SeatAtMeeting).join(Meeting, Meeting.id == SeatAtMeeting.meeting_id)
    return _by_seat(there.where(Meeting.training_id == training_id))


def exceptions_of(seat_ids: Collection[int]) -> Exceptions:
    """The same of some seats, in whatever training sessions. One statement."""
    return _by_seat(sa.select(SeatAtMeeting).where(SeatAtMeeting.seat_id.in_(seat_ids)))


def _by_seat(statement: sa.Select[SeatAtMeeting]) -> Exceptions:
    rows = db.session.scalars(statement.options(joinedload(SeatAtMeeting.site)))
    return {(row.seat_id, row.meeting_id): row for row in rows}


def used_sites(meeting: Meeting) -> Sequence[Site]:
    """The sites of a half-day: those that were named for it, else all of the training session. One statement."""
    named = sa.select(MeetingSite.site_id).where(MeetingSite.meeting_id == meeting.id)
    is_used = sa.or_(Site.id.in_(named), ~named.exists())
    statement = sa.select(Site).where(Site.training_id == meeting.training_id, is_used)
    return db.session.scalars(statement.order_by(Site.id)).all()


def site_of(seat: Seat, meeting: Meeting, known: Exceptions, sites: Sequence[Site]) -> Site:
    """From where somebody joins a half-day that uses these sites: the one answer for the roll call and the pages."""
    there = known.get((seat.id, meeting.id))
    return site_at(meeting.modality, seat.site, there.site if there else None, sites, seat.factory_id)


def sites_at(meeting_ids: Collection[int], factory_id: int) -> dict[tuple[int, int], Site]:
    """From where people of a factory join these half-days, by half-day and person. Five statements."""
    meetings = db.session.scalars(sa.select(Meeting).where(Meeting.id.in_(meeting_ids))).all()
    known = _by_seat(sa.select(SeatAtMeeting).where(SeatAtMeeting.meeting_id.in_(meeting_ids)))
    named: dict[int, set[int]] = defaultdict(set)
    for row in db.session.scalars(sa.select(MeetingSite).where(MeetingSite.meeting_id.in_(meeting_ids))):
        named[row.meeting_id].add(row.site_id)
    training_ids = {meeting.training_id for meeting in meetings}
    sites = db.session.scalars(sa.select(Site).where(Site.training_id.in_(training_ids)).order_by(Site.id)).all()
    own = sa.select(Seat).where(Seat.training_id.in_(training_ids), Seat.factory_id == factory_id)
    seats: dict[int, list[Seat]] = defaultdict(list)
    for seat in db.session.scalars(own.where(Seat.person_id.is_not(None)).options(joinedload(Seat.site))):
        seats[seat.training_id].append(seat)
    found = {}
    for meeting in meetings:
        all_sites = [site for site in sites if site.training_id == meeting.training_id]
        used = [site for site in all_sites if site.id in named[meeting.id]] or all_sites
        for seat in seats[meeting.training_id]:
            found[meeting.id, seat.person_id] = site_of(seat, meeting, known, used)
    return found


def per_half_day(training: TrainingSession, seats: Iterable[Seat], known: Exceptions) -> list[HalfDayPlaces]:
    """How many of these seats that hold a place join each planned half-day in which way."""
    held = [seat for seat in seats if seat.state in HOLDING]
    return [
        HalfDayPlaces(meeting, Counter(joins_how(seat, meeting, known) for seat in held))
        for meeting in sorted(training.meetings, key=lambda meeting: (meeting.starts_at, meeting.number))
        if meeting.state is MeetingState.PLANNED
    ]


def taken_at_half_day(meeting: Meeting, modality: Modality) -> set[int]:
    """Places of one kind that somebody has at one half-day. Two statements."""
    away = sa.exists().where(
        SeatAtMeeting.seat_id == Seat.id, SeatAtMeeting.meeting_id == meeting.id, SeatAtMeeting.modality != modality
    )
    holders = db.session.execute(
        sa.select(Seat.place, away).where(
            Seat.training_id == meeting.training_id, Seat.modality == modality, Seat.place.is_not(None)
        )
    )
    guests = db.session.scalars(
        sa.select(SeatAtMeeting.place).where(
            SeatAtMeeting.meeting_id == meeting.id, SeatAtMeeting.modality == modality,
            SeatAtMeeting.place.is_not(None),
        )
    ).all()
    held = [Holder(place, is_away) for place, is_away in holders if place]
    return taken_at(held, [place for place in guests if place])


def joins_how(seat: Seat, meeting: Meeting, known: Exceptions, modality: Modality | None = None) -> Modality:
    """How somebody joins a half-day as it is, or as it would be."""
    there = known.get((seat.id, meeting.id))
    return modality_at(modality or meeting.modality, seat.modality, there.modality if there else None)
