"""Factory rooms: the factory checks its people in, the trainer looks for some of them."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.attendance import queries as attendance
from app.attendance import rules
from app.attendance.guests.door_forms import unknown_here_form
from app.attendance.guests.forms import FoundHereForm, UnknownHereForm
from app.attendance.guests.operations import GuestClash, GuestMarking
from app.attendance.guests.queries import find, guests
from app.attendance.guests.rules import GuestState
from app.attendance.guests.showing import hindered_at, is_enough, searched
from app.attendance.rooms import operations, queries
from app.attendance.rooms.pages import DECLARED, DeclarationPage, RoomDoorPage, RoomsPage
from app.attendance.rooms.rules import is_open
from app.attendance.rules import Mark
from app.platform.clock import now
from app.platform.i18n import _, ngettext
from app.platform.i18n.formats import format_number
from app.platform.refusal import NotFound
from app.platform.web import Blueprint, render, see_other
from app.platform.web.forms import number as whole
from app.sessions.models import Meeting, Site

bp = Blueprint("factory_rooms", __name__)

ROOMS = "/sessions/<int:training_id>/meetings/<int:number>/rooms"
OWN = f"{ROOMS}/<int:room_site_id>/people"
DOOR = f"{ROOMS}/<int:room_site_id>/walk-ins"
FEW = 3
"""How many people the trainer looks for at a time."""
_MOST = 60


@bp.get(OWN, may=Permission.ATTENDANCE_DECLARE)
def declaration(training_id: int, number: int, room_site_id: int) -> Response:
    meeting, site = _own(training_id, number, room_site_id)
    people = queries.inside(meeting)[site.id]
    tally = rules.tally([each.current.mark if each.current else None for each in people])
    known = queries.connection_of(meeting, site.id)
    unknown = [row for row in guests(training_id, GuestState.OPEN) if row.guest.site_id == site.id]
    return render(DeclarationPage(meeting, site, people, tally, known, _hindered(meeting), unknown))


@bp.post(OWN, may=Permission.ATTENDANCE_DECLARE)
def declare(training_id: int, number: int, room_site_id: int) -> Response:
    meeting, site = _own(training_id, number, room_site_id)
    mark = next((each for each in DECLARED if each == request.form.get("mark")), None)
    if mark is None:
        raise NotFound
    person_id = whole(request.form.get("person")) or 0
    operations.declare(g.actor, meeting.id, site.id, person_id, mark, request.form.get("mark_id", ""))
    return _back(meeting, site, f"person-{person_id}")


@bp.post(f"{OWN}/all", may=Permission.ATTENDANCE_DECLARE)
def declare_all(training_id: int, number: int, room_site_id: int) -> Response:
    meeting, site = _own(training_id, number, room_site_id)
    marked = operations.declare_all(g.actor, meeting.id, site.id)
    shown = format_number(marked)
    flash(ngettext("%(n)s person is there.", "%(n)s people are there.", marked, n=shown), "done")
    return _back(meeting, site)


@bp.get(DOOR, may=Permission.ATTENDANCE_DECLARE)
def door(training_id: int, number: int, room_site_id: int) -> Response:
    return _door(*_own(training_id, number, room_site_id))


@bp.post(DOOR, may=Permission.ATTENDANCE_DECLARE)
def note(training_id: int, number: int, room_site_id: int) -> Response:
    meeting, site = _own(training_id, number, room_site_id)
    form = UnknownHereForm(request.form)
    if not form.validate():
        return _door(meeting, site, form, 422)
    said = form.name.data or "", form.number.data or ""
    marking = GuestMarking(form.key.data or "", Mark(form.mark.data), *said, mark_id=form.mark_id.data or "")
    if isinstance(operations.note_guest(g.actor, meeting.id, site.id, marking), GuestClash):
        flash(_("This tap was already counted as another mark. Load the page again, then mark once more."), "harm")
    else:
        flash(_("Taken down. The programme says who it is."), "done")
    return _back(meeting, site, "guests")


@bp.post(f"{DOOR}/people", may=Permission.ATTENDANCE_DECLARE)
def seat(training_id: int, number: int, room_site_id: int) -> Response:
    meeting, site = _own(training_id, number, room_site_id)
    form = FoundHereForm(request.form)
    if not form.validate():
        return _door(meeting, site, status=422)
    person_id, mark_id = form.person.data or 0, form.mark_id.data or ""
    operations.seat_and_declare(g.actor, meeting.id, site.id, person_id, Mark(form.mark.data), mark_id)
    flash(_("Seated and marked."), "done")
    return _back(meeting, site, f"person-{person_id}")


@bp.post(f"{ROOMS}/<int:room_site_id>/connection", may=Permission.ATTENDANCE_DECLARE)
def connect(training_id: int, number: int, room_site_id: int) -> Response:
    meeting, site = _own(training_id, number, room_site_id)
    operations.connect(g.actor, meeting.id, site.id)
    return _back(meeting, site)


@bp.post(f"{ROOMS}/<int:room_site_id>/disconnection", may=Permission.ATTENDANCE_DECLARE)
def disconnect(training_id: int, number: int, room_site_id: int) -> Response:
    meeting, site = _own(training_id, number, room_site_id)
    operations.disconnect(g.actor, meeting.id, site.id)
    return _back(meeting, site)


@bp.get(ROOMS, may=Permission.ATTENDANCE_MARK)
def rooms(training_id: int, number: int) -> Response:
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    found, wanted = queries.summaries(meeting), whole(request.args.get("site"))
    shown = min(whole(request.args.get("few")) or FEW, _MOST)
    samples = {
        room.site.id: queries.sampled(g.actor, meeting, room, shown) for room in found if room.site.id == wanted
    }
    return render(RoomsPage(meeting, found, samples, shown, hindered_at(meeting)))


@bp.post(f"{ROOMS}/<int:room_site_id>/checks", may=Permission.ATTENDANCE_MARK)
def check(training_id: int, number: int, room_site_id: int) -> Response:
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    is_there, person_id = request.form.get("there") == "yes", whole(request.form.get("person")) or 0
    mark_id = request.form.get("mark_id", "")
    operations.spot_check(g.actor, meeting.id, room_site_id, person_id, mark_id, is_there=is_there)
    few, anchor = whole(request.form.get("few")) or FEW, f"room-{room_site_id}"
    return see_other(
        url_for(".rooms", training_id=training_id, number=number, site=room_site_id, few=few, _anchor=anchor)
    )


def _own(training_id: int, number: int, site_id: int) -> tuple[Meeting, Site]:
    return queries.room_to_declare(g.actor, training_id, number, site_id)


def _door(meeting: Meeting, site: Site, form: UnknownHereForm | None = None, status: int = 200) -> Response:
    words = searched(request.values)
    may_search = bool(words) and is_enough(words)
    found = find(meeting.training_id, [site.factory_id or 0], words) if may_search else []
    own = form or unknown_here_form(words)
    return render(RoomDoorPage(meeting, site, found, own, words, may_search, _hindered(meeting)), status)


def _hindered(meeting: Meeting) -> Any:
    """The sentence that says why nobody can be checked in, or None."""
    found = hindered_at(meeting)
    if found is None and not is_open(meeting.starts_at, meeting.ends_at, now()):
        return _("People of a factory room are checked in from 30 minutes before until 12 hours after.")
    return found


def _back(meeting: Meeting, site: Site, anchor: str | None = None) -> Response:
    training_id, number = meeting.training_id, meeting.number
    return see_other(
        url_for(".declaration", training_id=training_id, number=number, room_site_id=site.id, _anchor=anchor)
    )
