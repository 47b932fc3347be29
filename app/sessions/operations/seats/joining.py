"""How somebody joins: altogether, or at one half-day only."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform import audit
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.sessions import policy
from app.sessions.models import Meeting, Seat, SeatAtMeeting, Site, TrainingSession
from app.sessions.operations.loading import meeting_of
from app.sessions.operations.seats.loading import site_for, to_speak
from app.sessions.operations.seats.moving import remember
from app.sessions.operations.seats.promoting import fill
from app.sessions.operations.seats.telling import settle
from app.sessions.operations.states import is_over
from app.sessions.queries.joining import taken_at_half_day
from app.sessions.queries.seating import ASKING, capacity, taken
from app.sessions.rules import HOLDING, MeetingState, Modality
from app.sessions.rules.places import free_place, smallest_free


def join(actor: Actor, training_id: int, seat_id: int, site_id: int) -> Seat:
    """Let a seat join from another site at every half-day. Doing it again changes nothing.

    Raises NotFound, Refused when there is no free place of that kind.
    """
    training, seat = _to_change(actor, training_id, seat_id)
    site, was = site_for(training, seat.factory, site_id), seat.modality
    there = sa.select(SeatAtMeeting.id).where(SeatAtMeeting.seat_id == seat.id).limit(1)
    if seat.site_id == site.id and db.session.scalar(there) is None:
        return seat
    if site.kind.modality is not was and seat.state in HOLDING:
        place = free_place(taken(training, site.kind.modality, but=seat.id), capacity(training, site.kind.modality))
        if place is None:
            raise Refused(_("There is no free place of this kind. Nothing was changed."))
        seat.place = place
    left = _exceptions(seat)
    db.session.execute(sa.delete(SeatAtMeeting).where(SeatAtMeeting.seat_id == seat.id))
    if site.kind.modality is was:
        _come_back_to(training, seat, [each for each in left if each.modality is not was])
    seat.site_id, seat.modality = site.id, site.kind.modality
    remember(actor, seat, seat.state)
    audit.record(actor, "sessions.change_joining", f"seat:{seat.id}", site=site.id)
    settle(actor, training, fill(training))
    return seat


def join_at(actor: Actor, training_id: int, seat_id: int, number: int, site_id: int) -> Seat:
    """Let somebody with a place join one half-day from another site; the site of the seat takes it back.

    Only a half-day that is open both ways leaves the choice, and only as far as there are places of that kind at that
    half-day. Doing it again changes nothing. Raises NotFound, Refused.
    """
    training, seat = _to_change(actor, training_id, seat_id)
    meeting, site = meeting_of(training, number), site_for(training, seat.factory, site_id)
    if seat.state not in HOLDING:
        raise Refused(_("Only somebody with a place can join one half-day in another way."))
    if meeting.state is not MeetingState.PLANNED or meeting.modality is not Modality.HYBRID:
        raise Refused(_("At this half-day there is nothing to choose: everybody joins in the same way."))
    there = _exception(seat, meeting)
    if (there.site_id if there else seat.site_id) == site.id:
        return seat
    _stand(training, seat, meeting, site, there)
    audit.record(actor, "sessions.change_joining", f"seat:{seat.id}", site=site.id, meeting=meeting.id)
    settle(actor, training, fill(training))
    return seat


def _to_change(actor: Actor, training_id: int, seat_id: int) -> tuple[TrainingSession, Seat]:
    training, seat = to_speak(actor, training_id, seat_id)
    if seat.state not in ASKING:
        raise Refused(_("This seat was withdrawn. Nothing was changed."))
    if is_over(training) and not policy.may_settle_seats(actor, training):
        raise Refused(_("This training session is over. Nothing was changed."))
    return training, seat


def _exception(seat: Seat, meeting: Meeting) -> SeatAtMeeting | None:
    return db.session.scalar(
        sa.select(SeatAtMeeting).where(SeatAtMeeting.seat_id == seat.id, SeatAtMeeting.meeting_id == meeting.id)
    )


def _exceptions(seat: Seat) -> Sequence[SeatAtMeeting]:
    return db.session.scalars(sa.select(SeatAtMeeting).where(SeatAtMeeting.seat_id == seat.id)).all()


def _come_back_to(training: TrainingSession, seat: Seat, left: Sequence[SeatAtMeeting]) -> None:
    meetings = {meeting.id: meeting for meeting in training.meetings}
    for each in left:
        _come_back(training, seat, meetings[each.meeting_id])


def _stand(
    training: TrainingSession, seat: Seat, meeting: Meeting, site: Site, there: SeatAtMeeting | None
) -> None:
    """Within one kind of site the place stays; in the other kind a place of that half-day is needed."""
    modality, was = site.kind.modality, there.modality if there else seat.modality
    place = there.place if there else None
    if modality is not was and modality is seat.modality:
        place = None
        _come_back(training, seat, meeting)
    elif modality is not was:
        place = _free_at(training, meeting, modality)
    if there:
        db.session.delete(there)
        db.session.flush()  # there is one row for a seat and a half-day
    if site.id != seat.site_id:
        row = SeatAtMeeting(seat_id=seat.id, meeting_id=meeting.id, site_id=site.id, modality=modality, place=place)
        db.session.add(row)
    db.session.flush()  # the unique constraint has the last word on a place


def _come_back(training: TrainingSession, seat: Seat, meeting: Meeting) -> None:
    """The own place is there again: whoever took it for this half-day moves up to another."""
    guest = db.session.scalar(
        sa.select(SeatAtMeeting).where(
            SeatAtMeeting.meeting_id == meeting.id, SeatAtMeeting.modality == seat.modality,
            SeatAtMeeting.place == seat.place,
        )
    )
    if guest:
        guest.place = _free_at(training, meeting, seat.modality)


def _free_at(training: TrainingSession, meeting: Meeting, modality: Modality) -> int:
    occupied, total = taken_at_half_day(meeting, modality), capacity(training, modality)
    place = smallest_free(occupied, total) if len(occupied) < total else None
    if place is None:
        raise Refused(_("There is no free place of this kind at this half-day. Nothing was changed."))
    return place
