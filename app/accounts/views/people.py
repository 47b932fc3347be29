"""The doors of people: the printed card, and the factory code with the own number. The PIN opens both."""

from functools import partial

from flask import g, request
from werkzeug.wrappers import Response

from app.accounts import persons, throttles
from app.accounts.entering import let_in
from app.accounts.people_forms import EnterForm, PinForm
from app.accounts.people_pages import CardPage, EnterPage
from app.accounts.views.blueprint import bp
from app.factories.roster.numbers import number_key
from app.platform.db import read_aside
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.platform.web import PUBLIC, render

bp.after_request(throttles.keep_device)


@bp.get("/card/<token>", may=PUBLIC)
def card(token: str) -> Response:
    """Says nothing about the card: whoever finds one learns from it neither a name nor whether it is valid."""
    return render(CardPage(token, PinForm()))


@bp.post("/card/<token>", may=PUBLIC)
def card_sign_in(token: str) -> Response:
    form = PinForm(request.form)
    if not form.validate():
        return render(CardPage(token, form), 422)
    person_id = _counted("card", f"card:{token}", read_aside(partial(persons.by_card, token=token)))
    if entered := _signed_in("card", person_id, form):
        return entered
    form.pin.errors = [_("This PIN is not right, or this card is not valid any more. Ask your trainer.")]
    return render(CardPage(token, form), 422)


@bp.get("/enter", may=PUBLIC)
def enter() -> Response:
    return render(EnterPage(EnterForm()))


@bp.post("/enter", may=PUBLIC)
def enter_sign_in() -> Response:
    form = EnterForm(request.form)
    if not form.validate():
        return render(EnterPage(form), 422)
    factory, number = form.factory.data or "", form.number.data or ""
    found = read_aside(partial(persons.by_number, factory_code=factory, number=number))
    person_id = _counted("enter", f"number:{factory.upper()}:{number_key(number)}", found)
    if entered := _signed_in("enter", person_id, form):
        return entered
    form.pin.errors = [_("The factory code, the number or the PIN is not right. Ask your trainer.")]
    return render(EnterPage(form), 422)


def _counted(door: str, typed: str, person_id: int | None) -> int | None:
    """The person, after the try was counted: for the person, or for what was typed where it leads to nobody."""
    throttles.count_pin_try(typed if person_id is None else person_id, door)
    return person_id


def _signed_in(door: str, person_id: int | None, form: PinForm) -> Response | None:
    kiosk = g.kiosk
    try:
        return let_in(
            person_id,
            form.pin.data or "",
            door=door,
            training_id=kiosk.training_id if kiosk else None,
            is_kiosk=kiosk is not None,
        )
    except Refused:
        return None
