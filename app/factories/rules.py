"""Roles, sexes and how names are compared. Pure."""

from enum import StrEnum


class JobRole(StrEnum):
    """Roles in a factory, from below."""

    HELPER = "helper"
    OPERATOR = "operator"
    QUALITY = "quality"
    MECHANIC = "mechanic"
    OFFICE = "office"
    SUPERVISOR = "supervisor"
    INDIRECT_SUPERVISOR = "indirect_supervisor"
    MANAGER = "manager"


class Sex(StrEnum):
    """As a person or a roster says; None where nothing is said."""

    F = "F"
    M = "M"
    OTHER = "other"
    UNDISCLOSED = "undisclosed"


class ImportState(StrEnum):
    """What became of a roster file."""

    PREVIEWED = "previewed"
    APPLIED = "applied"
