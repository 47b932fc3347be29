"""The words for roles."""

from typing import Any

from app.access.roles import Role
from app.platform.i18n import lazy

ROLES: dict[Role, Any] = {
    Role.ADMINISTRATOR: lazy("Administrator"),
    Role.PROGRAMME_MANAGER: lazy("Programme manager"),
    Role.TRAINER: lazy("Trainer"),
    Role.ADVISOR: lazy("Advisor"),
    Role.GROUP_VIEWER: lazy("Head office of a group"),
    Role.PARTNER: lazy("Ministry or partner"),
    Role.FOCAL_POINT: lazy("Factory focal point"),
    Role.FACTORY_AMBASSADOR: lazy("Factory Ambassador"),
    Role.CHECK_IN_HELPER: lazy("Check-in helper"),
    Role.PERSON: lazy("Person"),
}
