"""A new PIN for somebody who has none or has forgotten it."""

from flask import Response, g

from app.access.permissions import Permission
from app.accounts import operations
from app.accounts.people_pages import PinPage
from app.accounts.persons import live_card
from app.accounts.views.blueprint import bp
from app.factories import queries
from app.factories.models import Factory, Person
from app.platform.refusal import NotFound
from app.platform.web import render


@bp.get("/factories/<code>/people/<int:person_id>/pin", may=Permission.PEOPLE_PIN)
def pin(code: str, person_id: int) -> Response:
    factory, person = load_person(code, person_id)
    return render(PinPage(factory, person, None, live_card(person.id)))


@bp.post("/factories/<code>/people/<int:person_id>/pin", may=Permission.PEOPLE_PIN)
def new_pin(code: str, person_id: int) -> Response:
    factory, person = load_person(code, person_id)
    made = operations.give_new_pin(g.actor, person.id)
    return render(PinPage(factory, person, made, live_card(person.id)))


def load_person(code: str, person_id: int) -> tuple[Factory, Person]:
    """A factory and somebody who works there now, where the actor may give PINs and cards. Raises NotFound."""
    factory = queries.factory_by_code(g.actor, code, Permission.PEOPLE_PIN)
    person = queries.person(g.actor, person_id, Permission.PEOPLE_PIN)
    if queries.open_employment(person.id, factory_id=factory.id) is None:
        raise NotFound
    return factory, person
