"""Who may do what in a factory room, beyond the role."""

from app.access.actor import Actor
from app.sessions.models import Site
from app.sessions.policy import is_own_room


def may_declare(actor: Actor, site: Site) -> bool:
    """Check people in, also such as came without a seat: whoever speaks for the factory whose room it is."""
    return is_own_room(actor, site)
