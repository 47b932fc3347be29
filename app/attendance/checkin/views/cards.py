"""The trainer reads cards: with the camera, or by typing. What is read stands in no address and in no log."""

from flask import abort, flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.attendance import queries as attendance
from app.attendance.checkin import labels, operations, queries
from app.attendance.checkin.forms import CardForm
from app.attendance.checkin.operations import Scan, Scanned
from app.attendance.checkin.pages import CardsPage
from app.attendance.checkin.views.blueprint import MEETING, bp
from app.attendance.checkin.views.drawing import hindered
from app.attendance.labels import WORDS
from app.platform.i18n import _
from app.platform.web import changed, render
from app.platform.web.headers import is_htmx
from app.sessions.models import Meeting


@bp.get(f"{MEETING}/cards", may=Permission.ATTENDANCE_MARK)
def cards(training_id: int, number: int) -> Response:
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    return _show(meeting, _form(meeting))


@bp.post(f"{MEETING}/cards", may=Permission.ATTENDANCE_MARK)
def scan(training_id: int, number: int) -> Response:
    meeting = attendance.meeting_to_mark(g.actor, training_id, number)
    form = _form(meeting, request.form)
    if not form.validate():
        return abort(422) if is_htmx() else _show(meeting, form, 422)
    scanned = operations.scan(g.actor, meeting.id, str(form.card.data), form.factory_id)
    if not is_htmx():
        flash(_sentence(scanned), "done" if scanned.mark else "need")
    back = url_for(".cards", training_id=training_id, number=number)
    answer = "attendance/checkin/scan.htmx.html"
    return changed(answer, else_to=back, scanned=scanned, words=WORDS, said=labels.SCANS)


def _sentence(scanned: Scanned) -> str:
    """Without names: it travels in a cookie."""
    if scanned.result is Scan.MARKED and scanned.mark:
        return str(_("The card is read: %(mark)s.", mark=WORDS.mark[scanned.mark]))
    return str(labels.SCANS[scanned.result])


def _form(meeting: Meeting, sent: object = None) -> CardForm:
    return CardForm(queries.factories_of(meeting.training_id), sent)


def _show(meeting: Meeting, form: CardForm, status: int = 200) -> Response:
    form.card.data = ""
    return render(CardsPage(meeting, form, hindered(meeting)), status)
