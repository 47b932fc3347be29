"""A tablet that one person after another uses: names, PIN, task, and back to the names."""

from collections.abc import Sequence
from functools import partial

from flask import g, make_response, request, url_for
from werkzeug.wrappers import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts import cookies, kiosk_cookie, throttles
from app.accounts.devices import device
from app.accounts.entering import let_in
from app.accounts.operations import kiosks
from app.accounts.persons import Kiosk
from app.accounts.queries import grants_of
from app.platform.db import read_aside
from app.platform.i18n import _
from app.platform.i18n.folding import searchable
from app.platform.refusal import NotFound, Refused
from app.platform.web import PUBLIC, Blueprint, render, see_other
from app.platform.web.forms import number
from app.quizzes import queries
from app.quizzes.forms import PinForm
from app.quizzes.pages import KioskLeavePage, KioskPage, KioskPinPage, KioskStartPage
from app.quizzes.queries import Name
from app.quizzes.surveys.queries import open_surveys
from app.sessions.models import TrainingSession
from app.sessions.policy import factories_shown, may_start_kiosk
from app.sessions.queries import training_for

bp = Blueprint("kiosk", __name__)
bp.after_request(throttles.keep_device)
START = Permission.KIOSK_START
LONG = 12
"""Names that are found at a glance; of more one searches."""


@bp.get("/sessions/<int:training_id>/kiosk", may=START)
def offer(training_id: int) -> Response:
    return render(KioskStartPage(_to_start(training_id)))


@bp.post("/sessions/<int:training_id>/kiosk", may=START)
def begin(training_id: int) -> Response:
    training = _to_start(training_id)
    token = kiosks.begin_kiosk(g.actor, training.id, device())
    cookies.forget()
    return kiosk_cookie.give(make_response(see_other(url_for("kiosk.people"))), token)


@bp.get("/kiosk", may=PUBLIC)
def people() -> Response:
    """The names; whoever was still signed in is not any more on this device."""
    kiosk = g.kiosk
    if kiosk is None:
        return see_other(url_for("join.code"))
    if g.actor.account_id is not None:
        return see_other(url_for("kiosk.ask_to_leave"))
    if g.actor.person_id is not None:
        cookies.forget()
    training, names = _names(kiosk)
    chosen = _chosen(names, number(request.args.get("person")))
    return _pin(chosen, PinForm()) if chosen else _list(training, names)


@bp.post("/kiosk", may=PUBLIC)
def sign_in() -> Response:
    kiosk, form = g.kiosk, PinForm(request.form)
    if kiosk is None:
        return see_other(url_for("join.code"))
    named = form.person_id if form.validate() else None
    if named is not None and read_aside(partial(queries.has_seat, person_id=named, training_id=kiosk.training_id)):
        throttles.count_pin_try(named)
    training, names = _names(kiosk)
    chosen = _chosen(names, form.person_id)
    if chosen is None:
        return _list(training, names, 404)
    return _signed_in(kiosk, chosen, form) if named is not None else _pin(chosen, form, 422)


@bp.post("/kiosk/here", may=Permission.QUIZZES_TAKE)
def here() -> Response:
    """Somebody still touches the page; asking is enough to keep the sign-in alive."""
    return make_response(("", 204, {"Content-Type": "text/plain"}))


@bp.get("/kiosk/leaving", may=PUBLIC)
def ask_to_leave() -> Response:
    """The way out needs a whole sign-in of the staff."""
    if g.kiosk is None:
        return see_other(url_for("home.start"))
    if g.actor.account_id is None:
        return see_other(url_for("accounts.sign_in", next=url_for("kiosk.ask_to_leave")))
    before = cookies.step()
    return render(KioskLeavePage()) if before is None else cookies.to_step(before)


@bp.post("/kiosk/leaving", may=START)
def leave() -> Response:
    kiosk = g.kiosk
    if kiosk is None:
        return see_other(url_for("home.start"))
    kiosks.end_kiosk(g.actor, kiosk)
    return kiosk_cookie.take(make_response(see_other(url_for("sessions.training", training_id=kiosk.training_id))))


def _signed_in(kiosk: Kiosk, chosen: Name, form: PinForm) -> Response:
    try:
        return let_in(chosen.person_id, form.pin.data or "", training_id=kiosk.training_id, is_kiosk=True)
    except Refused as refusal:
        form.pin.errors = [str(refusal)]
        return _pin(chosen, form, 422)


def _names(kiosk: Kiosk) -> tuple[TrainingSession, Sequence[Name]]:
    """The training session, and the people whom the one who made the kiosk may see: a factory sees its own."""
    staff = Actor(account_id=kiosk.account_id, grants=grants_of(kiosk.account_id))
    training = training_for(staff, kiosk.training_id)
    return training, queries.people_of(training.id, factories_shown(staff, training))


def _to_start(training_id: int) -> TrainingSession:
    training = training_for(g.actor, training_id)
    if not may_start_kiosk(g.actor, training):
        raise NotFound
    return training


def _chosen(names: Sequence[Name], person_id: int | None) -> Name | None:
    return next((name for name in names if name.person_id == person_id), None)


def _list(training: TrainingSession, names: Sequence[Name], status: int = 200) -> Response:
    sentence = _("This name is not in the list. Choose your own name.") if status != 200 else ""
    window, words = queries.open_window(training.id), request.args.get("q", "")[:100]
    finished = queries.finished_in(window) if window else set()
    fitting = [each for each in names if searchable(words) in searchable(each.name, each.local_name)]
    page = KioskPage(
        titles=training.version.titles,
        waiting=[each for each in fitting if each.person_id not in finished],
        finished=[each for each in fitting if each.person_id in finished],
        is_open=queries.is_open_for_anybody(training.id),
        is_long=len(names) > LONG,
        words=words,
        sentence=sentence,
        code=training.code,
        has_survey=bool(open_surveys(training.id)),
    )
    return render(page, status)


def _pin(chosen: Name, form: PinForm, status: int = 200) -> Response:
    form.person.data = str(chosen.person_id)
    form.pin.data = ""
    return render(KioskPinPage(chosen, form), status)
