"""Ticking from a signed sheet, person by person or by scanning what was printed."""

from collections.abc import Mapping, Sequence

from flask import abort, flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts.site import keys
from app.attendance import labels, rules
from app.attendance import queries as attendance
from app.attendance.rules import is_mark_id
from app.attendance.sheets import operations, queries
from app.attendance.sheets.operations import Tick
from app.attendance.sheets.pages import SignedPage
from app.attendance.sheets.views.blueprint import SHEET, bp
from app.platform.clock import now
from app.platform.i18n import _, ngettext
from app.platform.i18n.formats import format_number
from app.platform.web import render, see_other
from app.platform.web.forms import number as whole_number
from app.sessions.models import Meeting

_SAYS = {"yes": True, "no": False}
MOST_SEEN = 50
"""Marks of one person that can stand beside each other: far more than there are helpers."""


@bp.get(SHEET, may=Permission.ATTENDANCE_MARK)
def signed(training_id: int, number: int, site_id: int) -> Response:
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    chosen, is_all = whole_number(request.args.get("person")), request.args.get("all") == "signed"
    return render(signed_page(meeting, site_id, chosen=chosen, is_all=is_all))


@bp.post(SHEET, may=Permission.ATTENDANCE_MARK)
def sign(training_id: int, number: int, site_id: int) -> Response:
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    ticks = _ticks(request.form)
    here = url_for("sheets.signed", training_id=training_id, number=number, site_id=site_id)
    if not ticks:
        return render(
            signed_page(meeting, site_id, faults=[_("Say of at least one person whether there is a signature.")]), 422
        )
    noted = operations.note_signatures(g.actor, meeting.id, request.form.get("form_id", ""), ticks)
    said = ngettext(
        "The sheet is noted for %(number)s person.", "The sheet is noted for %(number)s people.", noted,
        number=format_number(noted),
    )  # fmt: skip
    flash(said, "done")
    return see_other(here)


@bp.get("/sheets/<sheet_code>", may=Permission.ATTENDANCE_MARK)
def scanned(sheet_code: str) -> Response:
    found, site_id, person_id = queries.site_by_token(sheet_code, keys())
    meeting = attendance.meeting_to_mark(g.actor, found.training_id, found.number)
    return see_other(
        url_for(
            "sheets.signed", training_id=found.training_id, number=meeting.number, site_id=site_id, person=person_id
        )
    )


def signed_page(
    meeting: Meeting, site_id: int, *, chosen: int | None = None, is_all: bool = False, faults: Sequence[str] = ()
) -> SignedPage:
    """The page of one sheet. Raises NotFound."""
    found = queries.sheet_list(meeting, site_id)
    line = next((line for line in found.lines if line.row.seat.person_id == chosen), None)
    is_closed = attendance.closed_roll_call(meeting.id) is not None
    state = meeting.training.state
    hindrance = rules.hindrance(state, meeting.state, meeting.starts_at, now(), is_closed=is_closed)
    hindered = labels.HINDRANCES[hindrance] if hindrance else None
    return SignedPage(meeting, found, queries.photos_of(meeting, site_id), hindered, line, is_all, faults)


def _ticks(sent: Mapping[str, str]) -> dict[int, Tick]:
    """By person, of those of whom something was said."""
    found = {}
    for name, value in sent.items():
        before, _dash, person = name.partition("-")
        if before != "signed":
            continue
        person_id = whole_number(person)
        if person_id is None or value not in _SAYS:
            abort(422)
        seen = sent.get(f"seen-{person_id}", "").split()[:MOST_SEEN]
        found[person_id] = Tick(_SAYS[value], frozenset(mark_id for mark_id in seen if is_mark_id(mark_id)))
    return found
