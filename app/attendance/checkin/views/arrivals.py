"""Who checked in, for the trainer, who looks around and settles it."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.attendance import queries as attendance
from app.attendance.checkin import operations, queries
from app.attendance.checkin.operations import Settled
from app.attendance.checkin.operations.loading import late_after
from app.attendance.checkin.pages import ArrivalsPage
from app.attendance.checkin.views.blueprint import MEETING, bp
from app.attendance.checkin.views.drawing import hindered
from app.platform.i18n import _, ngettext
from app.platform.i18n.formats import format_number
from app.platform.web import render, see_other
from app.platform.web.forms import number as whole

ALL = f"{MEETING}/check-ins"
MOST = 500


@bp.get(ALL, may=Permission.ATTENDANCE_MARK)
def arrivals(training_id: int, number: int) -> Response:
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    found = queries.arrivals(meeting, late_after(meeting))
    return render(ArrivalsPage(meeting, found, queries.old_codes(meeting.id), hindered(meeting)))


@bp.post(f"{ALL}/confirmation", may=Permission.ATTENDANCE_MARK)
def confirm_all(training_id: int, number: int) -> Response:
    """Those that the trainer had in view: whoever came since waits for the next look."""
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    seen = [found for each in request.form.getlist("seen")[:MOST] if (found := whole(each))]
    _say(operations.confirm_all(g.actor, meeting.id, seen))
    return _back(training_id, number)


@bp.post(f"{ALL}/<int:check_in_id>/confirmation", may=Permission.ATTENDANCE_MARK)
def confirm(training_id: int, number: int, check_in_id: int) -> Response:
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    _say(operations.confirm(g.actor, meeting.id, check_in_id))
    return _back(training_id, number)


@bp.post(f"{ALL}/<int:check_in_id>/refusal", may=Permission.ATTENDANCE_MARK)
def refuse(training_id: int, number: int, check_in_id: int) -> Response:
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    operations.refuse(g.actor, meeting.id, check_in_id)
    flash(_("Noted: not here."), "done")
    return _back(training_id, number)


def _say(settled: Settled) -> None:
    number = format_number(settled.confirmed)
    if settled.confirmed:
        confirmed = ngettext(
            "%(number)s person is confirmed.", "%(number)s people are confirmed.", settled.confirmed, number=number
        )
        flash(confirmed, "done")
    if settled.left:
        left = format_number(settled.left)
        flash(_("%(number)s left: marked otherwise, or without a seat now.", number=left), "need")


def _back(training_id: int, number: int) -> Response:
    return see_other(url_for(".arrivals", training_id=training_id, number=number))
