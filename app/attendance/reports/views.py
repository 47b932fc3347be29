"""The report of a half-day's meeting: send the files, say who is who, take the marks over."""

from collections.abc import Mapping

from flask import flash, g, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.attendance import labels, queries, rules
from app.attendance.reports import operations
from app.attendance.reports.forms import FilesForm, UnclearChoice, choice_of
from app.attendance.reports.pages import ReportPage
from app.attendance.reports.queries import around, view_of, zones
from app.attendance.reports.refusals import ReportFileRefused
from app.platform.clock import now
from app.platform.i18n import _, ngettext
from app.platform.i18n.formats import format_number
from app.platform.web import Blueprint, render, see_other
from app.sessions.models import Meeting

bp = Blueprint("reports", __name__)
_REPORT = "/sessions/<int:training_id>/meetings/<int:number>/report"
_MAY = Permission.ATTENDANCE_MARK


@bp.get(_REPORT, may=_MAY)
def report(training_id: int, number: int) -> Response:
    return _show(queries.meeting_to_mark(g.actor, training_id, number), FilesForm())


@bp.post(_REPORT, may=_MAY)
def send(training_id: int, number: int) -> Response:
    meeting = queries.meeting_to_mark(g.actor, training_id, number)
    form = FilesForm(CombinedMultiDict([request.files, request.form]))
    form.offer(zones(meeting))
    if not form.validate():
        return _show(meeting, form)
    try:
        operations.receive(g.actor, meeting.id, form.read(), form.chosen_zone, form.date_order.data or None)
    except ReportFileRefused as refusal:
        form.files.errors = [str(refusal)]
        return _show(meeting, form)
    flash(_("The report is read. Say who is who, then take the marks over."), "done")
    return see_other(url_for(".report", training_id=training_id, number=number))


@bp.post(f"{_REPORT}/participants/<int:participant_id>", may=_MAY)
def decide(training_id: int, number: int, participant_id: int) -> Response:
    meeting = queries.meeting_to_mark(g.actor, training_id, number)
    try:
        choice = choice_of(request.form, around(meeting))
    except UnclearChoice as unclear:
        return _show(meeting, FilesForm(), {participant_id: str(unclear)})
    operations.decide(g.actor, meeting.id, participant_id, choice)
    return see_other(url_for(".report", training_id=training_id, number=number, _anchor="who"))  # where the next waits


@bp.post(f"{_REPORT}/exact", may=_MAY)
def confirm_exact(training_id: int, number: int) -> Response:
    confirmed = operations.confirm_exact(g.actor, queries.meeting_to_mark(g.actor, training_id, number).id)
    told = format_number(confirmed)
    flash(ngettext("%(number)s name is confirmed.", "%(number)s names are confirmed.", confirmed, number=told), "done")
    return see_other(url_for(".report", training_id=training_id, number=number))


@bp.post(f"{_REPORT}/marks", may=_MAY)
def apply(training_id: int, number: int) -> Response:
    marked = len(operations.apply(g.actor, queries.meeting_to_mark(g.actor, training_id, number).id))
    told = format_number(marked)
    flash(ngettext("%(number)s person is marked.", "%(number)s people are marked.", marked, number=told), "done")
    return see_other(url_for(".report", training_id=training_id, number=number))


def _show(meeting: Meeting, form: FilesForm, wrong: Mapping[int, str] | None = None) -> Response:
    form.offer(zones(meeting))
    found = around(meeting)
    hindered = rules.hindrance(meeting.training.state, meeting.state, meeting.starts_at, now())
    says = labels.HINDRANCES[hindered] if hindered else None
    page = ReportPage(meeting, found, view_of(found), form, says, wrong or {})
    return render(page, 422 if form.errors or wrong else 200)
