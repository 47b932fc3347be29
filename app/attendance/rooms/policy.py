"""Who may do what in a factory room, beyond the role."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.sessions.models import Site
from app.sessions.rules import SiteKind


def may_declare(actor: Actor, site: Site) -> bool:
    """Check people in: whoever speaks for the factory whose room it is."""
    own = actor.scope(Permission.ATTENDANCE_DECLARE).factories
    return site.kind is SiteKind.FACTORY_ROOM and site.factory_id in own
