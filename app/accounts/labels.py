"""The words for roles."""

from typing import Any

from app.access.roles import Role
from app.platform.i18n import lazy

ROLES: dict[Role, Any] = {
    Role.ADMINISTRATOR: lazy("Administrator"),
    Role.PROGRAMME_MANAGER: lazy("Programme manager"),
    Role.TRAINER: lazy("Trainer"),
    Role.ADVISOR: lazy("Advisor"),
    Role.FOCAL_POINT: lazy("Factory focal point"),
    Role.PERSON: lazy("Person"),
}
