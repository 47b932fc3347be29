"""Roll call, the history of one person's marks, the register."""

from collections.abc import Mapping

from flask import abort, flash, g, make_response, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.attendance import labels, operations, policy, queries, rules
from app.attendance.forms import MarkForm, searched
from app.attendance.guests.queries import guests
from app.attendance.guests.rules import GuestState
from app.attendance.pages import HistoryPage, LivePart, RegisterPage, RollCallPage
from app.attendance.queries.live import EVERYTHING, meeting_to_watch, written_version
from app.attendance.queries.live import live as read_live
from app.attendance.queries.register import register as read_register
from app.attendance.queries.register import training_to_read
from app.attendance.queries.roll_call import roll_call as read_roll_call
from app.attendance.rules import Evidence, Hindrance, Mark, Standing
from app.attendance.sheets.queries import photos_for
from app.platform.clock import now
from app.platform.i18n import _, ngettext
from app.platform.i18n.formats import format_number
from app.platform.web import Blueprint, changed, render, see_other
from app.platform.web.headers import is_htmx
from app.platform.web.panels import panels
from app.sessions.models import Meeting
from app.sessions.policy import may_take_roll
from app.sessions.rules import SeatState

bp = Blueprint("attendance", __name__)

TRAINING = "/sessions/<int:training_id>"
MARKS = f"{TRAINING}/meetings/<int:number>/marks"
PERSON = f"{MARKS}/<int:person_id>"
_NOTHING = {"Content-Type": "text/plain"}
WAITING, ARRIVED = "waiting", "arrived"


@bp.get(MARKS, may=Permission.ATTENDANCE_MARK)
def roll_call(training_id: int, number: int) -> Response:
    meeting = queries.meeting_to_mark(g.actor, training_id, number)
    words, is_waiting = searched(request.args), _is_waiting(request.args)
    found = read_roll_call(meeting, words, waiting=is_waiting)
    hindered = _hindered(meeting, is_closed=found.version.is_closed)
    return render(
        RollCallPage(
            meeting, found, hindered, words, is_waiting, panels=panels("roll_call", g.actor, meeting),
            arriving=_on_arrival(meeting), closing=_can_close(meeting),
        )
    )  # fmt: skip


@bp.get(f"{MARKS}/live", may=Permission.ATTENDANCE_MARK)
def live(training_id: int, number: int) -> Response:
    meeting = meeting_to_watch(g.actor, training_id, number)
    since = written_version(request.args.get("since", ""))
    found = read_live(meeting.id, since)
    if found.version == since:
        return make_response(("", 204, _NOTHING))
    if found.version.is_closed != since.is_closed or found.has_less:
        return make_response(("", 200, {"HX-Refresh": "true", **_NOTHING}))
    hindered = _hindered(meeting, is_closed=found.version.is_closed)
    words, is_waiting = searched(request.args), _is_waiting(request.args)
    return render(LivePart(meeting, found, hindered, words, is_waiting, _on_arrival(meeting)))


@bp.post(MARKS, may=Permission.ATTENDANCE_MARK)
def mark_all(training_id: int, number: int) -> Response:
    meeting = queries.meeting_to_mark(g.actor, training_id, number)
    marked = operations.mark_all_present(g.actor, meeting.id, request.form.get("site", type=int))
    flash(_said(marked), "done")
    return see_other(url_for(".roll_call", training_id=training_id, number=number))


@bp.post(f"{MARKS}/close", may=Permission.ATTENDANCE_MARK)
def close_roll_call(training_id: int, number: int) -> Response:
    meeting = queries.meeting_to_mark(g.actor, training_id, number)
    operations.close(g.actor, meeting.id)
    flash(_("The roll call is closed."), "done")
    return see_other(url_for(".roll_call", training_id=training_id, number=number))


@bp.post(f"{MARKS}/reopen", may=Permission.ATTENDANCE_MARK)
def reopen_roll_call(training_id: int, number: int) -> Response:
    meeting = queries.meeting_to_mark(g.actor, training_id, number)
    operations.reopen(g.actor, meeting.id)
    flash(_("The roll call is open again."), "done")
    return see_other(url_for(".roll_call", training_id=training_id, number=number))


@bp.get(PERSON, may=Permission.ATTENDANCE_MARK)
def history(training_id: int, number: int, person_id: int) -> Response:
    meeting = queries.meeting_to_mark(g.actor, training_id, number)
    known = queries.marks_of(training_id).get((person_id, meeting.id))
    data = {"mark_id": rules.new_mark_id(), "seen": " ".join(known.standing if known else ())}
    return render(_history(meeting, person_id, MarkForm(data=data)))


@bp.post(PERSON, may=Permission.ATTENDANCE_MARK)
def mark(training_id: int, number: int, person_id: int) -> Response:
    meeting = queries.meeting_to_mark(g.actor, training_id, number)
    form = MarkForm(_with_arrival(meeting, request.form))
    if not form.validate():
        return abort(422) if is_htmx() else render(_history(meeting, person_id, form), 422)
    sent = Mark(form.mark.data), Evidence.ROLL_CALL, form.mark_id.data or None, form.in_view
    operations.mark(g.actor, meeting.id, person_id, *sent)
    words, is_waiting = searched(request.form), _is_waiting(request.form)
    back = url_for(
        ".roll_call", training_id=training_id, number=number, q=words or None, show=WAITING if is_waiting else None,
        _anchor=f"person-{person_id}",
    )  # fmt: skip
    if not is_htmx():
        return see_other(back)
    found = read_live(meeting.id, EVERYTHING)
    part = LivePart(meeting, found, _hindered(meeting), words, is_waiting, _on_arrival(meeting))
    person = next((each for each in found.changed if each.person_id == person_id), None)
    return changed("attendance/mark.htmx.html", else_to=back, **part.context() | {"person": person})


@bp.get(f"{TRAINING}/register", may=Permission.SESSIONS_READ)
def register(training_id: int) -> Response:
    training = training_to_read(g.actor, training_id)
    found = read_register(g.actor, training)
    chosen = next((each for each in Standing if each == request.args.get("standing")), None)
    lines = [line for line in found.lines if chosen in {None, line.standing}]
    may_mark = may_take_roll(g.actor, training)
    unknown = guests(training.id, GuestState.OPEN) if may_mark else ()
    return render(RegisterPage(training, found, lines, chosen, may_mark, unknown))


def _is_waiting(sent: Mapping[str, str]) -> bool:
    """Whether only those are shown of whom nobody has said anything."""
    return sent.get("show") == WAITING


def _with_arrival(meeting: Meeting, sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """What was sent; somebody who has just come is present or late, as the clock of the server says."""
    form = MultiDict(sent)
    if form.get("mark") == ARRIVED:
        form["mark"] = _on_arrival(meeting).value
    return form


def _on_arrival(meeting: Meeting) -> Mark:
    """The mark of somebody who comes now."""
    started_after = (now() - meeting.starts_at).total_seconds() / 60
    return rules.mark_on_arrival(started_after, queries.rule_of(meeting.training.version))


def _can_close(meeting: Meeting) -> bool:
    """Whether the actor may close the roll call or open it again, and there is something to close by now."""
    is_hindered = rules.hindrance(meeting.training.state, meeting.state, meeting.starts_at, now())
    return not is_hindered and meeting.starts_at <= now() and policy.may_close(g.actor, meeting.training)


def _said(marked: int) -> str:
    number = format_number(marked)
    sentence = ngettext(
        "%(number)s person is marked present.", "%(number)s people are marked present.", marked, number=number
    )
    return str(sentence)


def _history(meeting: Meeting, person_id: int, form: MarkForm) -> HistoryPage:
    seat = queries.person_at(meeting, person_id)
    acts = queries.history(meeting.id, person_id)
    is_closed = queries.closed_roll_call(meeting.id) is not None
    hindered = _hindered(meeting, seat.state, is_closed=is_closed)
    shots = photos_for(meeting, seat) if any(act.evidence is Evidence.SIGNED_SHEET for act in acts) else ()
    return HistoryPage(meeting, seat, acts, queries.disputed(acts), form, hindered, shots)


def _hindered(meeting: Meeting, seat: SeatState = SeatState.BOOKED, *, is_closed: bool = False) -> object:
    """The sentence that says why this cannot be marked, or None."""
    state = meeting.training.state
    roll_call = rules.hindrance(state, meeting.state, meeting.starts_at, now(), is_closed=is_closed)
    found: Hindrance | None = rules.markable(seat, roll_call)
    return labels.HINDRANCES[found] if found else None
