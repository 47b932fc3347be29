"""The way to the names that other systems use, on the page of a person."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.api.xapi.people import queries
from app.factories import queries as factories
from app.factories.models import Person
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web.panels import Panel


def person_page(actor: Actor, person: Person) -> Panel | None:
    """For those who manage a factory of the person."""
    if not actor.may(Permission.FACTORIES_MANAGE) or person.erased_at is not None:
        return None
    try:
        factories.person(actor, person.id, Permission.FACTORIES_MANAGE)
    except NotFound:
        return None
    context = {"person": person, "names": queries.names_of_person(person.id)}
    return Panel("other-names", _("Names in other systems"), "api/other_names/_panel.html", context)
