"""A factory decides what a buyer sees, looks at it, and ends it."""

from datetime import date
from secrets import token_hex

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.frame import frame
from app.factories.models import Factory
from app.factories.pages import Frame
from app.factories.queries import factory_by_code
from app.platform.clock import today
from app.platform.config import settings
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, render, see_other
from app.platform.web.panels import panels
from app.reports.sharing import operations, queries
from app.reports.sharing.forms import ConsentForm
from app.reports.sharing.operations import Changed
from app.reports.sharing.pages import ConsentPage, GivenPage, NewPage, PreviewPage

bp = Blueprint("sharing", __name__)
_READ, _CONSENT = Permission.SHARING_READ, Permission.SHARING_CONSENT
_ALL = "/factories/<code>/sharing"
_ONE = f"{_ALL}/<int:consent_id>"


@bp.get(f"{_ALL}/new", may=_CONSENT)
def new(code: str) -> Response:
    """With what the address already says: the way back from the preview."""
    factory = factory_by_code(g.actor, code, _CONSENT)
    return _ask(factory, ConsentForm(_day(factory), request.args))


@bp.get(f"{_ALL}/preview", may=_CONSENT)
def preview(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _CONSENT)
    form = ConsentForm(_day(factory), request.args)
    return _preview(factory, form) if form.validate() else _ask(factory, form, 422)


@bp.post(_ALL, may=_CONSENT)
def consent(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _CONSENT)
    form = ConsentForm(_day(factory), request.form)
    if not form.validate():
        return _ask(factory, form, 422)
    try:
        given = operations.consent(g.actor, code, form.wanted(), form.seen.data or "", form.sent)
    except Changed as refusal:
        return _preview(factory, form, str(refusal))
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _ask(factory, form, 422)
    if not given.token:
        flash(_("This consent was given before. Its link is shown only once."), "need")
        return _back(code)
    link = settings().base_url + url_for("shared.open_link", token=given.token)
    return render(GivenPage(_frame(factory), given.consent, queries.last_day(given.consent), link))


@bp.get(_ONE, may=_READ)
def one(code: str, consent_id: int) -> Response:
    found = queries.consent(g.actor, code, consent_id)
    factory = found.factory
    may_end = g.actor.scope(_CONSENT).reaches(factory.programme_id, factory.id)
    return render(
        ConsentPage(
            _frame(factory), found, queries.figures(found), queries.visits(found.id), queries.is_live(found),
            queries.last_day(found), queries.counted_on(found), may_end,
        )
    )  # fmt: skip


@bp.post(f"{_ONE}/end", may=_CONSENT)
def end(code: str, consent_id: int) -> Response:
    operations.end(g.actor, code, consent_id)
    flash(_("The link shows nothing any more."), "done")
    return _back(code)


def _ask(factory: Factory, form: ConsentForm, status: int = 200) -> Response:
    return render(NewPage(_frame(factory), form, queries.buyers(factory.id)), status)


def _preview(factory: Factory, form: ConsentForm, problem: str = "") -> Response:
    try:
        figures = operations.preview(g.actor, factory.code, form.wanted())
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _ask(factory, form, 422)
    form.sent_id.data = form.sent_id.data or token_hex(16)
    page = PreviewPage(_frame(factory), form, form.wanted(), figures, operations.mark(figures), problem)
    return render(page, 409 if problem else 200)


def _day(factory: Factory) -> date:
    return today(factory.programme.zone)


def _back(code: str) -> Response:
    return see_other(url_for("factories.panel", code=code, panel="sharing"))


def _frame(factory: Factory) -> Frame:
    return frame(factory, panels("factory", g.actor, factory), "sharing")
