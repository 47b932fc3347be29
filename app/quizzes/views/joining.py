"""Joining: the code on the wall, the own name, the PIN."""

from collections.abc import Sequence
from functools import partial

from flask import request, url_for
from werkzeug.wrappers import Response

from app.accounts import throttles
from app.accounts.entering import let_in
from app.platform.db import read_aside
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.platform.web import PUBLIC, Blueprint, render, see_other
from app.platform.web.forms import number
from app.quizzes import queries
from app.quizzes.forms import CodeForm, PinForm
from app.quizzes.pages import CodePage, NotNowPage, PeoplePage, PinPage
from app.quizzes.queries import Name
from app.sessions.models import TrainingSession
from app.sessions.queries import by_code
from app.sessions.rules import TrainingState

bp = Blueprint("join", __name__)
bp.after_request(throttles.keep_device)


@bp.get("/join", may=PUBLIC)
def code() -> Response:
    if "code" not in request.args:
        return render(CodePage(CodeForm()))
    form = CodeForm(request.args)
    if not form.validate():
        return render(CodePage(form), 422)
    return see_other(url_for("join.people", code=form.code.data))


@bp.get("/join/<code>", may=PUBLIC)
def people(code: str) -> Response:
    throttles.count_door_try("join")
    training = by_code(code)
    if training is None or (sentence := _closed(training)):
        return _unknown(code) if training is None else _not_now(sentence)
    names = queries.people_of(training.id)
    if "person" not in request.args:
        return _people(training, names)
    chosen = _chosen(names, number(request.args["person"]))
    return _pin(training, chosen, PinForm()) if chosen else _people(training, names, 404)


@bp.post("/join/<code>", may=PUBLIC)
def sign_in(code: str) -> Response:
    form = PinForm(request.form)
    named = form.person_id if form.validate() else None
    # Only who knows the code of the room counts for a person in it: nobody is kept out from afar.
    if named is not None and read_aside(partial(queries.may_join, person_id=named, code=code)):
        throttles.count_pin_try(named, "join")
    else:
        throttles.count_door_try("join")
    training = by_code(code)
    if training is None or (sentence := _closed(training)):
        return _unknown(code) if training is None else _not_now(sentence)
    names = queries.people_of(training.id)
    chosen = _chosen(names, form.person_id)
    if chosen is None:
        return _people(training, names, 404)
    return _signed_in(training, chosen, form) if form.validate() else _pin(training, chosen, form, 422)


def _signed_in(training: TrainingSession, chosen: Name, form: PinForm) -> Response:
    try:
        following = url_for("attempts.begin")
        return let_in(chosen.person_id, form.pin.data or "", following, door="join", training_id=training.id)
    except Refused as refusal:
        form.pin.errors = [str(refusal)]
        return _pin(training, chosen, form, 422)


def _closed(training: TrainingSession) -> str:
    """Why the people of this training session cannot join now; empty when they can."""
    if training.state is TrainingState.CANCELLED:
        return str(_("This training was cancelled."))
    if training.state is TrainingState.POSTPONED:
        return str(_("This training is held later. The quiz opens with it."))
    if not queries.is_open_for_anybody(training.id):
        return str(_("The quiz is not open now. Ask your trainer to open it."))
    return ""


def _chosen(names: Sequence[Name], person_id: int | None) -> Name | None:
    return next((name for name in names if name.person_id == person_id), None)


def _unknown(code: str) -> Response:
    form = CodeForm(data={"code": code[:40]})
    form.code.errors = [_("There is no training with this code. Look at the board again.")]
    return render(CodePage(form), 404)


def _not_now(sentence: str) -> Response:
    return render(NotNowPage(sentence, request.full_path.rstrip("?"), _("Try again")), 409)


def _people(training: TrainingSession, names: Sequence[Name], status: int = 200) -> Response:
    sentence = _("This name is not in the list. Choose your own name.") if status != 200 else ""
    return render(PeoplePage(training.code, training.version.titles, names, sentence), status)


def _pin(training: TrainingSession, chosen: Name, form: PinForm, status: int = 200) -> Response:
    form.person.data = str(chosen.person_id)
    form.pin.data = ""
    return render(PinPage(training.code, chosen, form), status)
