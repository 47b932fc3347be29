"""The people of a half-day, as a roll call shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.attendance import rules
from app.attendance.queries.marks import Known, marks_of, numbers
from app.attendance.rules import Tally
from app.platform.i18n.folding import searchable
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat, Site
from app.sessions.queries.joining import exceptions, site_of, used_sites


@dataclass(frozen=True)
class Row:
    """A person of the roll call; `site` is where the person joins this half-day from."""

    seat: Seat
    site: Site
    number: str
    known: Known | None


@dataclass(frozen=True)
class Group:
    """People who join from one site."""

    site: Site
    rows: Sequence[Row]


@dataclass(frozen=True)
class RollCall:
    """Who is asked for, by site; the tally is about everybody, whatever was searched for."""

    groups: Sequence[Group]
    tally: Tally


def roll_call(meeting: Meeting, words: str = "") -> RollCall:
    """Everybody with a booked seat whose name or employee number fits the words. The caller has checked the meeting."""
    own_numbers, marks = numbers(meeting.training_id), marks_of(meeting.training_id)
    known, sites = exceptions(meeting.training_id), used_sites(meeting)
    rows = [
        Row(
            seat,
            site_of(seat, meeting, known, sites),
            own_numbers.get(seat.person_id, ""),
            marks.get((seat.person_id, meeting.id)),
        )
        for seat in sessions.booked(meeting.training_id)
    ]
    tally = rules.tally([row.known.mark if row.known else None for row in rows])
    return RollCall(_by_site([row for row in rows if _fits(row, words)]), tally)


def _by_site(rows: Sequence[Row]) -> list[Group]:
    groups: dict[int, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.site.id):
        groups.setdefault(row.site.id, []).append(row)
    return [Group(own[0].site, own) for own in groups.values()]


def row_of(found: RollCall, person_id: int) -> Row | None:
    """The row of one person."""
    return next((row for group in found.groups for row in group.rows if row.seat.person_id == person_id), None)


def _fits(row: Row, words: str) -> bool:
    """Every word is part of a name or begins the employee number."""
    number = searchable(row.number)
    return all(word in row.seat.person.search_text or number.startswith(word) for word in searchable(words).split())
