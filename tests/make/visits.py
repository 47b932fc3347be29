"""Services that took place."""

from datetime import date

from app.access.actor import SYSTEM, Actor
from app.factories.models import Factory
from app.improvement.services import operations
from app.improvement.services.models import ServiceLog
from app.improvement.services.rules import Said, ServiceKind, ServiceNote
from app.sessions.rules import Modality


def said(**values: object) -> Said:
    """An advisory visit."""
    defaults: dict[str, object] = {
        "kind": ServiceKind.ADVISORY_VISIT, "theme": "OS", "mode": Modality.IN_PERSON, "held_on": date(2026, 5, 4),
        "minutes": 180, "women": 4, "men": 3, "notes": (ServiceNote.WALK_THROUGH,),
    }
    return Said(**{**defaults, **values})  # type: ignore[arg-type]


def service(factory: Factory, actor: Actor = SYSTEM, **values: object) -> ServiceLog:
    """A service that stands in the log."""
    return operations.log(actor, factory.code, said(**values))
