"""The list of one place, as it is ticked from its sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.attendance import rules
from app.attendance.operations.log import logs_of
from app.attendance.queries.roll_call import Row, roll_call
from app.attendance.rules import Said
from app.attendance.sheets.rules import Printed, reference_of, says_signed, sheet_marker
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions.models import Meeting, Seat, Site
from app.sessions.queries.joining import exceptions, site_of, used_sites


@dataclass(frozen=True)
class Line:
    """Somebody on the sheet; `seen` are the ids of the marks that stand now, as a form sends them back, `has_signed`
    what was last ticked from the sheet.
    """

    row: Row
    seen: str
    has_signed: bool | None


@dataclass(frozen=True)
class SheetList:
    """The people of one place, in the order of the printed rows."""

    site: Site
    lines: Sequence[Line]


def sheet_list(meeting: Meeting, site_id: int) -> SheetList:
    """Who stands on the sheet of a place. The caller has checked the half-day. Raises NotFound."""
    site = next((site for site in meeting.training.sites if site.id == site_id), None)
    if site is None:
        raise NotFound
    rows = next((group.rows for group in roll_call(meeting).groups if group.site.id == site_id), ())
    logs = logs_of(meeting.id, [row.seat.person_id for row in rows]) if rows else {}
    return SheetList(site, [_line(row, logs[row.seat.person_id], sheet_marker(meeting.id)) for row in rows])


def _line(row: Row, log: Sequence[Said], marker: str) -> Line:
    decided = rules.decide(log)
    ticked = max((said for said in log if said.marker == marker), key=lambda said: said.counter, default=None)
    seen = " ".join(said.mark_id for said in decided.standing) if decided else ""
    return Line(row, seen, says_signed(ticked.mark) if ticked else None)


def site_by_token(text: str, keys: Sequence[str]) -> tuple[Meeting, int, int | None]:
    """The half-day, the site and, of a row, the person that a code was printed for. Raises NotFound.

    Who may is the caller's question.
    """
    found = reference_of(text, keys)
    meeting = db.session.get(Meeting, found.meeting_id) if found else None
    if found is None or meeting is None:
        raise NotFound
    if found.printed is Printed.SHEET:
        return meeting, found.thing_id, None
    seat = db.session.get(Seat, found.thing_id)
    if seat is None or seat.training_id != meeting.training_id or not seat.has_name:
        raise NotFound
    site = site_of(seat, meeting, exceptions(meeting.training_id), used_sites(meeting))
    return meeting, site.id, seat.person_id
