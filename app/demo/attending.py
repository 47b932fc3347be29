"""How it is known who was there: every door to attendance is used once in the training session that is running."""

from datetime import timedelta

from app.attendance import operations as attendance
from app.attendance.checkin import operations as checkin
from app.attendance.checkin.operations import Coming
from app.attendance.checkin.rules import Way
from app.attendance.guests import operations as guests
from app.attendance.reports import operations as reports
from app.attendance.rooms import operations as rooms
from app.attendance.rules import Mark, new_mark_id
from app.demo import days
from app.demo.cast import Cast, learner
from app.platform.clock import now
from app.sessions.models import Meeting, Seat, Site
from app.sessions.queries import booked
from app.sessions.rules import SiteKind

_HEADING = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"


def close(cast: Cast, meeting: Meeting) -> None:
    """The roll call of a half-day is over."""
    with days.at(cast.place, meeting.ends + timedelta(minutes=10)):
        attendance.close(cast.trainer, meeting.id)


def mix(cast: Cast, meeting: Meeting) -> None:
    """The factory declares its room and the trainer checks two of it, one comes late and one leaves early; the next
    morning the report of the meeting is there, and nobody has said yet who is who.
    """
    here, there = _by_site(meeting)
    _declare_room(cast, meeting)
    with days.at(cast.place, meeting.starts + timedelta(minutes=20)):
        site = _room(meeting)
        for seat, is_there in zip(there, (True, False), strict=False):
            rooms.spot_check(cast.trainer, meeting.id, site.id, seat.person_id, new_mark_id(), is_there=is_there)
        attendance.mark(cast.trainer, meeting.id, here[0].person_id, Mark.LATE)
        attendance.mark(cast.trainer, meeting.id, here[1].person_id, Mark.PARTIAL)
        attendance.mark_all_present(cast.trainer, meeting.id)
    with days.at(cast.place, meeting.ends):
        rooms.disconnect(cast.focal_point, meeting.id, _room(meeting).id)
    with days.at(cast.place, meeting.ends + timedelta(hours=1)):
        reports.receive(cast.trainer, meeting.id, [("participants.csv", _report(meeting, [*here, *there]))])


def begin(cast: Cast, meeting: Meeting) -> None:
    """The half-day has just begun: one has checked in and was marked absent meanwhile, another waits for the
    trainer, the room is declared, and there is somebody whom no list knows.
    """
    [first, second, *_others], _there = _by_site(meeting)
    venue = _site(meeting, SiteKind.VENUE)
    _declare_room(cast, meeting)
    with days.at(cast.place, meeting.starts + timedelta(minutes=5)):
        by_screen = Coming(meeting.id, venue.id, Way.SCREEN, now(), "demo-1")
        checkin.check_in(learner(first.person_id, meeting.training_id), by_screen)
        attendance.mark(cast.trainer, meeting.id, first.person_id, Mark.ABSENT, seen=())
        by_paper = Coming(meeting.id, venue.id, Way.PAPER, now(), "demo-2")
        checkin.check_in(learner(second.person_id, meeting.training_id), by_paper)
        guest = guests.GuestMarking(
            new_mark_id(), Mark.PRESENT, "Chan Bopha", "0977", cast.factory_id, site_id=venue.id
        )
        guests.note(cast.trainer, meeting.id, guest)


def _declare_room(cast: Cast, meeting: Meeting) -> None:
    site = _room(meeting)
    with days.at(cast.place, meeting.starts):
        rooms.connect(cast.focal_point, meeting.id, site.id)
        rooms.declare_all(cast.focal_point, meeting.id, site.id)


def _room(meeting: Meeting) -> Site:
    return _site(meeting, SiteKind.FACTORY_ROOM)


def _site(meeting: Meeting, kind: SiteKind) -> Site:
    return next(site for site in meeting.training.sites if site.kind is kind)


def _by_site(meeting: Meeting) -> tuple[list[Seat], list[Seat]]:
    """Who has a seat in the training room, and who in the factory's."""
    seats, room = booked(meeting.training_id), _room(meeting)
    return [seat for seat in seats if seat.site_id != room.id], [seat for seat in seats if seat.site_id == room.id]


def _report(meeting: Meeting, seats: list[Seat]) -> bytes:
    """A report of joins: the room as one name, one as in the register, half a name, a telephone, and a stranger."""
    known, half = seats[0].person.name, seats[1].person.name.split()[0]
    names = (
        (_room(meeting).name, 0, 178), (known, 12, 180), (half, 2, 95), ("Galaxy A14", 4, 120), ("Lyna Oum", 30, 171),
    )  # fmt: skip
    lines = [_HEADING]
    for name, came, left in names:
        moments = [_written(meeting, came), _written(meeting, left)]
        lines.append(f'"{name}",,{moments[0]},{moments[1]},{left - came},Yes')
    return "\n".join(lines).encode()


def _written(meeting: Meeting, minutes: int) -> str:
    return (meeting.starts + timedelta(minutes=minutes)).strftime("%m/%d/%Y %I:%M:%S %p")
