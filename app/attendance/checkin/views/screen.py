"""The code on the trainer's screen. It redraws itself."""

from typing import Any

from flask import g, render_template, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts.site import keys
from app.attendance import queries as attendance
from app.attendance.checkin import queries
from app.attendance.checkin.pages import ScreenPage, Shown
from app.attendance.checkin.rules import Place, PlaceKind, seal, short, slot_at
from app.attendance.checkin.rules.arrivals import Opening, opening
from app.attendance.checkin.views.blueprint import MEETING, bp
from app.attendance.checkin.views.drawing import address_of, hindered, qr
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.web import render
from app.platform.web.forms import number as whole
from app.sessions.models import Meeting, Site
from app.sessions.queries.joining import used_sites


@bp.get(f"{MEETING}/check-in", may=Permission.ATTENDANCE_MARK)
def screen(training_id: int, number: int) -> Response:
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    sites = used_sites(meeting)
    site, said = _chosen(sites), _closed(meeting)
    return render(ScreenPage(meeting, sites, site, None if said else _shown(meeting, site), said))


@bp.get(f"{MEETING}/check-in/code", may=Permission.ATTENDANCE_MARK)
def code(training_id: int, number: int) -> str:
    """The part of the page that asks for itself again every few seconds."""
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    site, said = _chosen(used_sites(meeting)), _closed(meeting)
    shown = None if said else _shown(meeting, site)
    return render_template("attendance/checkin/_code.html", shown=shown, hindered=said)


def _shown(meeting: Meeting, site: Site) -> Shown:
    moment = queries.moment_of_all(db.session())
    place = Place(PlaceKind.SCREEN, meeting.id, site.id, slot_at(moment))
    address = address_of(seal(place, keys()[0]))
    return Shown(meeting, site, address, qr(address), short(place, keys()[0]), queries.checked_in(meeting.id))


def _chosen(sites: Any) -> Site:
    asked = whole(request.args.get("site"))
    chosen: Site = next((site for site in sites if site.id == asked), sites[0])
    return chosen


def _closed(meeting: Meeting) -> Any:
    """Why nobody can check in now, or None."""
    if said := hindered(meeting):
        return said
    match opening(meeting, now()):
        case Opening.EARLY:
            return _("People can check in from two hours before the half-day starts. Open this page again then.")
        case Opening.OVER:
            return _("This half-day is over. Add who is missing in the roll call.")
    return None
