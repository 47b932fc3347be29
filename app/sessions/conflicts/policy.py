"""Who may plan although something speaks against it."""

from collections.abc import Iterable

from app.access.actor import Actor
from app.access.permissions import Permission
from app.sessions.conflicts.rules import Conflict, Override

RIGHTS: dict[Override, Permission] = {
    Override.PLANNER: Permission.SESSIONS_PLAN,
    Override.MANAGER: Permission.CONFLICTS_OVERRIDE,
}


def may_accept(actor: Actor, programme_id: int, conflict: Conflict) -> bool:
    """Whether this one is the actor's to accept."""
    return actor.scope(RIGHTS[conflict.override]).reaches(programme_id)


def may_accept_all(actor: Actor, programme_id: int, conflicts: Iterable[Conflict]) -> bool:
    """Whether every conflict that stops the plan is the actor's to accept."""
    return all(may_accept(actor, programme_id, conflict) for conflict in conflicts if conflict.stops)
