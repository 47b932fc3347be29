"""Who sits in a factory room at a half-day."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.models import CurrentMark
from app.attendance.queries import numbers
from app.attendance.rooms.policy import may_declare
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat, Site
from app.sessions.queries.joining import exceptions, site_of, used_sites
from app.sessions.rules import SiteKind


@dataclass(frozen=True)
class Inside:
    """Somebody of the room, with the mark that counts."""

    seat: Seat
    number: str
    current: CurrentMark | None

    @property
    def is_known_better(self) -> bool:
        """Whether somebody of the programme has marked the person: the factory cannot overrule that."""
        return self.current is not None and self.current.evidence.strength > 1


def room_to_declare(actor: Actor, training_id: int, number: int, site_id: int) -> tuple[Meeting, Site]:
    """A half-day and the room of the own factory that it uses. Raises NotFound."""
    training = sessions.training_for(actor, training_id)
    meeting = next((each for each in training.meetings if each.number == number), None)
    site = next((each for each in training.sites if each.id == site_id), None)
    if meeting is None or site is None or not may_declare(actor, site) or site not in used_sites(meeting):
        raise NotFound
    return meeting, site


def rooms_of(meeting: Meeting) -> list[Site]:
    """The factory rooms that a half-day uses."""
    return [site for site in used_sites(meeting) if site.kind is SiteKind.FACTORY_ROOM]


def inside(meeting: Meeting) -> dict[int, list[Inside]]:
    """Site -> people of its own factory who join the half-day from there, by name. A handful of statements."""
    apart, sites = exceptions(meeting.training_id), used_sites(meeting)
    own_numbers, current = numbers(meeting.training_id), _current(meeting.id)
    found: dict[int, list[Inside]] = {site.id: [] for site in sites if site.kind is SiteKind.FACTORY_ROOM}
    for seat in sessions.booked(meeting.training_id):
        site = site_of(seat, meeting, apart, sites)
        if site.id in found and site.factory_id == seat.factory_id:
            number = own_numbers.get(seat.person_id, "")
            found[site.id].append(Inside(seat, number, current.get(seat.person_id)))
    return found


def _current(meeting_id: int) -> dict[int, CurrentMark]:
    rows: Sequence[CurrentMark] = db.session.scalars(
        sa.select(CurrentMark).where(CurrentMark.meeting_id == meeting_id).execution_options(populate_existing=True)
    ).all()
    return {row.person_id: row for row in rows}
