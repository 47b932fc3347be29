"""The blueprint of this room."""

from flask import g

from app.access.permissions import Permission
from app.factories.models import Factory
from app.improvement.cascade.pages import Place
from app.improvement.cascade.policy import factory_for
from app.platform.web import Blueprint

bp = Blueprint("cascade", __name__)
READ, WRITE = Permission.CASCADE_READ, Permission.CASCADE_WRITE
ALL = "/factories/<code>/cascade"
ONE = f"{ALL}/<int:cascade_id>"


def load(code: str, permission: Permission) -> Factory:
    """The factory, for who may. Raises NotFound."""
    return factory_for(g.actor, code, permission)


def place(factory: Factory) -> Place:
    """The factory, and what the reader may do there; a person who sees it is an ambassador of it."""

    def holds(permission: Permission) -> bool:
        return bool(g.actor.scope(permission).reaches(factory.programme_id, factory.id))

    return Place(
        factory, g.actor.person_id is not None or holds(WRITE), holds(Permission.FACTORIES_READ),
        holds(Permission.CASCADE_VALIDATE),
    )  # fmt: skip
