"""What a finding is, and which one counts. Pure."""

from enum import StrEnum


class Severity(StrEnum):
    """How bad it is, from below."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class FindingStatus(StrEnum):
    """How far the factory is with it."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"
