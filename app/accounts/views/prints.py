"""Cards and PIN slips of a factory: order them, wait, fetch them."""

from flask import g, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts import holders
from app.accounts.models import PrintOrder
from app.accounts.operations import cards, printing
from app.accounts.people_forms import CardsForm, PrintForm, SlipsForm
from app.accounts.people_pages import PrintsPage
from app.accounts.prints import PrintKind
from app.accounts.views.blueprint import bp
from app.accounts.views.pins import load_person
from app.factories.models import Factory
from app.factories.queries import factory_by_code
from app.platform.files import FileMissing, files
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.platform.web import file_response, render, see_other

_MAY = Permission.PEOPLE_PIN
FORMS: dict[PrintKind, type[PrintForm]] = {PrintKind.CARDS: CardsForm, PrintKind.PINS: SlipsForm}


@bp.post("/factories/<code>/cards", may=_MAY)
def order_cards(code: str) -> Response:
    return _order(code, PrintKind.CARDS)


@bp.post("/factories/<code>/cards/pins", may=_MAY)
def order_pins(code: str) -> Response:
    return _order(code, PrintKind.PINS)


@bp.get("/factories/<code>/cards/<int:order_id>", may=_MAY)
def prints(code: str, order_id: int) -> Response:
    factory, order = _load(code, order_id)
    return render(PrintsPage(factory, order, len(order.people)))


@bp.get("/factories/<code>/cards/<int:order_id>/progress", may=_MAY)
def print_progress(code: str, order_id: int) -> Response | str:
    """The part of the page that asks for itself again; the whole page for whoever has no script."""
    factory, order = _load(code, order_id)
    if request.headers.get("HX-Request") != "true":
        return see_other(_address(factory, order))
    return render_template("accounts/_progress.html", factory=factory, order=order, total=len(order.people))


@bp.post("/factories/<code>/cards/<int:order_id>/file", may=_MAY)
def print_file(code: str, order_id: int) -> Response:
    factory, order = _load(code, order_id)
    key = printing.hand_out(g.actor, order)
    try:
        data = files().get(key)
    except FileMissing:
        raise Refused(_("The file is missing. Please order it again.")) from None
    return file_response(data, f"{order.kind}-{factory.code}-{order.id}.pdf", "application/pdf")


@bp.post("/factories/<code>/people/<int:person_id>/card", may=_MAY)
def new_card(code: str, person_id: int) -> Response:
    factory, person = load_person(code, person_id)
    return see_other(_address(factory, printing.replace_card(g.actor, factory, person.id)))


@bp.post("/factories/<code>/people/<int:person_id>/card/revocation", may=_MAY)
def revoke_card(code: str, person_id: int) -> Response:
    factory, person = load_person(code, person_id)
    cards.revoke_card(g.actor, person.id)
    return see_other(url_for("accounts.pin", code=factory.code, person_id=person.id))


def _order(code: str, kind: PrintKind) -> Response:
    factory = factory_by_code(g.actor, code, _MAY)
    form = FORMS[kind](holders.lines(factory.id), request.form, prefix=kind)
    if not form.validate():
        raise Refused(_("Choose one of the lines and for whom to print."))
    order = printing.order_prints(g.actor, factory, kind, form.line_id, only_new=form.only_new)
    return see_other(_address(factory, order))


def _load(code: str, order_id: int) -> tuple[Factory, PrintOrder]:
    factory = factory_by_code(g.actor, code, _MAY)
    return factory, holders.order_of(g.actor, factory.id, order_id)


def _address(factory: Factory, order: PrintOrder) -> str:
    return url_for("accounts.prints", code=factory.code, order_id=order.id)
