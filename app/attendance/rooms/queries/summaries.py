"""What a factory declared of its room, and what the trainer saw of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.models import MarkEntry
from app.attendance.rooms.queries.connections import connections
from app.attendance.rooms.queries.people import Inside, inside, rooms_of
from app.attendance.rooms.rules import Connection, sample
from app.attendance.rules import Evidence
from app.platform.config import settings
from app.platform.db import db
from app.sessions.models import Meeting, Site


@dataclass(frozen=True)
class Summary:
    """One room at a half-day: `declared` are those whom the factory said to be there, `seen` and `missed` those of the
    room whom the trainer looked for.
    """

    site: Site
    people: Sequence[Inside]
    connection: Connection | None
    declared: Sequence[Inside]
    self_declared: Sequence[Inside]
    """Whose mark rests on the factory's or the person's word alone."""
    seen: int
    missed: int


def summaries(meeting: Meeting) -> list[Summary]:
    """The factory rooms of a half-day."""
    rooms = rooms_of(meeting)
    if not rooms:
        return []
    people, known = inside(meeting), connections(meeting, [site.id for site in rooms])
    declared = _declared(meeting.id, [each.seat.person_id for own in people.values() for each in own])
    return [_summary(site, people[site.id], known.get(site.id), declared) for site in rooms]


def sampled(actor: Actor, meeting: Meeting, room: Summary, number: int) -> list[Inside]:
    """A few of those whom the factory declared: the same for this actor each time, and nobody can know them before."""
    by_id = {each.seat.person_id: each for each in room.declared}
    about = meeting.id, room.site.id, actor.account_id
    return [by_id[person_id] for person_id in sample(by_id, number, settings().secret_key, *about)]


def _summary(site: Site, people: Sequence[Inside], known: Connection | None, declared: Collection[int]) -> Summary:
    checked = [each for each in people if each.current and each.current.evidence is Evidence.SPOT_CHECK]
    seen = sum(1 for each in checked if each.current and each.current.mark.counts)
    return Summary(
        site,
        people,
        known,
        [each for each in people if each.seat.person_id in declared],
        [each for each in people if each.current and each.current.evidence.is_self_declared],
        seen,
        len(checked) - seen,
    )


def _declared(meeting_id: int, person_ids: Collection[int]) -> set[int]:
    """People of whom a factory ever said that they were there."""
    rows = db.session.execute(
        sa.select(MarkEntry.person_id, MarkEntry.mark).where(
            MarkEntry.meeting_id == meeting_id, MarkEntry.person_id.in_(person_ids),
            MarkEntry.evidence == Evidence.ROOM_JOIN,
        )
    )
    return {person_id for person_id, mark in rows if mark.counts}
