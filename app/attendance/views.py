"""Roll call, the history of one person's marks, the register."""

from collections.abc import Mapping
from dataclasses import replace

from flask import abort, flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.attendance import labels, operations, queries, rules
from app.attendance.forms import MarkForm
from app.attendance.pages import HistoryPage, RegisterPage, RollCallPage
from app.attendance.queries.register import register as read_register
from app.attendance.queries.roll_call import roll_call as read_roll_call
from app.attendance.queries.roll_call import row_of
from app.attendance.rules import Evidence, Hindrance, Mark, Standing
from app.platform.clock import now
from app.platform.i18n import ngettext
from app.platform.i18n.formats import format_number
from app.platform.web import Blueprint, changed, render, see_other
from app.platform.web.headers import is_htmx
from app.platform.web.panels import panels
from app.sessions import queries as sessions
from app.sessions.models import Meeting
from app.sessions.policy import may_take_roll
from app.sessions.rules import SeatState

bp = Blueprint("attendance", __name__)

TRAINING = "/sessions/<int:training_id>"
MARKS = f"{TRAINING}/meetings/<int:number>/marks"
PERSON = f"{MARKS}/<int:person_id>"


@bp.get(MARKS, may=Permission.ATTENDANCE_MARK)
def roll_call(training_id: int, number: int) -> Response:
    meeting = queries.meeting_to_mark(g.actor, training_id, number)
    page = _roll_call(meeting, _words(request.args))
    return render(replace(page, panels=panels("roll_call", g.actor, meeting)))


@bp.post(MARKS, may=Permission.ATTENDANCE_MARK)
def mark_all(training_id: int, number: int) -> Response:
    meeting = queries.meeting_to_mark(g.actor, training_id, number)
    marked = operations.mark_all_present(g.actor, meeting.id)
    flash(_said(marked), "done")
    return see_other(url_for(".roll_call", training_id=training_id, number=number))


@bp.get(PERSON, may=Permission.ATTENDANCE_MARK)
def history(training_id: int, number: int, person_id: int) -> Response:
    meeting = queries.meeting_to_mark(g.actor, training_id, number)
    return render(_history(meeting, person_id, MarkForm(data={"mark_id": rules.new_mark_id()})))


@bp.post(PERSON, may=Permission.ATTENDANCE_MARK)
def mark(training_id: int, number: int, person_id: int) -> Response:
    meeting, form = queries.meeting_to_mark(g.actor, training_id, number), MarkForm(request.form)
    if not form.validate():
        return abort(422) if is_htmx() else render(_history(meeting, person_id, form), 422)
    sent = Mark(form.mark.data), Evidence.ROLL_CALL, form.mark_id.data or None
    operations.mark(g.actor, meeting.id, person_id, *sent)
    page = _roll_call(meeting)
    words = _words(request.form)
    back = url_for(".roll_call", training_id=training_id, number=number, q=words or None, _anchor=f"person-{person_id}")
    row = row_of(page.found, person_id)
    return changed("attendance/mark.htmx.html", else_to=back, **page.context() | {"row": row, "q": words})


@bp.get(f"{TRAINING}/register", may=Permission.SESSIONS_READ)
def register(training_id: int) -> Response:
    training = sessions.training_for(g.actor, training_id)
    found = read_register(g.actor, training)
    chosen = next((each for each in Standing if each == request.args.get("standing")), None)
    lines = [line for line in found.lines if chosen in {None, line.standing}]
    return render(RegisterPage(training, found, lines, chosen, may_take_roll(g.actor, training)))


def _roll_call(meeting: Meeting, words: str = "") -> RollCallPage:
    return RollCallPage(meeting, read_roll_call(meeting, words), _hindered(meeting), words)


def _said(marked: int) -> str:
    number = format_number(marked)
    sentence = ngettext(
        "%(number)s person is marked present.", "%(number)s people are marked present.", marked, number=number
    )
    return str(sentence)


def _words(sent: Mapping[str, str]) -> str:
    """What was searched for, without signs that nobody sees."""
    return "".join(sign for sign in sent.get("q", "") if sign.isprintable()).strip()


def _history(meeting: Meeting, person_id: int, form: MarkForm) -> HistoryPage:
    seat = queries.person_at(meeting, person_id)
    acts = queries.history(meeting.id, person_id)
    return HistoryPage(meeting, seat, acts, form, _hindered(meeting, seat.state))


def _hindered(meeting: Meeting, seat: SeatState = SeatState.BOOKED) -> object:
    """The sentence that says why this cannot be marked, or None."""
    roll_call = rules.hindrance(meeting.training.state, meeting.state, meeting.starts_at, now())
    found: Hindrance | None = rules.markable(seat, roll_call)
    return labels.HINDRANCES[found] if found else None
