"""Whose sheet somebody may print, beyond the role."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.sessions.models import Site, TrainingSession
from app.sessions.policy import may_take_roll
from app.sessions.rules import SiteKind


def may_print(actor: Actor, training: TrainingSession, site: Site) -> bool:
    """Who takes the roll prints the sheet of every place; who speaks for a factory that of its own room. There is none
    for who joins alone.
    """
    if site.kind is SiteKind.REMOTE:
        return False
    return may_take_roll(actor, training) or (
        site.kind is SiteKind.FACTORY_ROOM and site.factory_id in own_factories(actor)
    )


def own_factories(actor: Actor) -> frozenset[int]:
    """The factories that the actor speaks for."""
    return actor.scope(Permission.SEATS_NOMINATE).factories
