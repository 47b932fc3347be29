"""Which requirements an actor may know of. Pure."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.coverage.queries.required import Required
from app.coverage.requirements.rules import Kind


def sees(actor: Actor, requirement: Required, factory_id: int | None = None) -> bool:
    """At a factory, or - without one - in the whole programme. A requirement that follows open findings tells of them:
    it is there for those alone who may see the findings.
    """
    if requirement.kind is not Kind.FINDING:
        return True
    return actor.scope(Permission.FINDINGS_READ).reaches(requirement.programme_id, factory_id)
