"""The people of a half-day, as a roll call shows them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from app.attendance import rules
from app.attendance.queries.disputes import Voice, voices
from app.attendance.queries.live import Version, version_of
from app.attendance.queries.marks import Known, marks_of, number_of_seat
from app.attendance.rules import Tally
from app.platform.db import db
from app.platform.i18n.folding import searchable
from app.sessions.models import Meeting, Seat, Site
from app.sessions.queries.joining import exceptions, site_of, used_sites
from app.sessions.queries.lookup import with_people
from app.sessions.rules import SeatState


@dataclass(frozen=True)
class Row:
    """A person of the roll call; `site` is where the person joins this half-day from. `voices` say different things."""

    seat: Seat
    site: Site
    number: str
    known: Known | None
    voices: Sequence[Voice] = ()

    @property
    def person_id(self) -> int:
        """Of a booked seat, which has a person."""
        return self.seat.person_id or 0

    @property
    def is_marked(self) -> bool:
        """Whether somebody has said something."""
        return self.known is not None and not self.known.is_filler


@dataclass(frozen=True)
class Group:
    """People who join from one site; of `unmarked` of all of them nobody has said anything yet."""

    site: Site
    rows: Sequence[Row]
    unmarked: int


@dataclass(frozen=True)
class RollCall:
    """Who is asked for, by site; the tally and `unmarked` are about everybody, whatever was searched for."""

    groups: Sequence[Group]
    tally: Tally
    unmarked: int
    version: Version


def roll_call(meeting: Meeting, words: str = "", *, waiting: bool = False) -> RollCall:
    """Everybody with a booked seat whose name or employee number fits the words; with `waiting` only those of whom
    nobody has said anything. The caller has checked the meeting. Five statements, whoever is there, and one more where
    things are said that differ.
    """
    version, everybody = version_of(meeting.id), _rows(meeting)
    shown = [row for row in everybody if _fits(row, words) and not (waiting and row.is_marked)]
    tally = rules.tally([row.known.mark if row.known else None for row in everybody])
    unmarked = sum(not row.is_marked for row in everybody)
    return RollCall(_by_site(everybody, _with_voices(meeting.id, shown)), tally, unmarked, version)


def row_of(found: RollCall, person_id: int) -> Row | None:
    """The row of one person."""
    return next((row for group in found.groups for row in group.rows if row.person_id == person_id), None)


def people_at(meeting: Meeting, site_id: int) -> set[int]:
    """Who joins a half-day from a site."""
    return {row.person_id for row in _rows(meeting) if row.site.id == site_id}


def _rows(meeting: Meeting) -> list[Row]:
    marks, known, sites = marks_of(meeting.training_id), exceptions(meeting.training_id), used_sites(meeting)
    booked = with_people(meeting.training_id).where(Seat.state == SeatState.BOOKED).add_columns(number_of_seat())
    return [
        Row(seat, site_of(seat, meeting, known, sites), number or "", marks.get((seat.person_id or 0, meeting.id)))
        for seat, number in db.session.execute(booked)
    ]


def _with_voices(meeting_id: int, rows: Sequence[Row]) -> list[Row]:
    """Where different things are said, all of them and who said them."""
    standing = {row.person_id: row.known.standing for row in rows if row.known and row.known.is_disputed}
    heard = voices(meeting_id, [each for ids in standing.values() for each in ids])
    return [
        replace(row, voices=[heard[each] for each in standing.get(row.person_id, ()) if each in heard]) for row in rows
    ]


def _by_site(everybody: Collection[Row], shown: Sequence[Row]) -> list[Group]:
    groups: dict[int, list[Row]] = {}
    for row in sorted(shown, key=lambda row: row.site.id):
        groups.setdefault(row.site.id, []).append(row)
    left = [row.site.id for row in everybody if not row.is_marked]
    return [Group(own[0].site, own, left.count(site_id)) for site_id, own in groups.items()]


def _fits(row: Row, words: str) -> bool:
    """Every word is part of a name or begins the employee number."""
    number = searchable(row.number)
    return all(word in row.seat.person.search_text or number.startswith(word) for word in searchable(words).split())
