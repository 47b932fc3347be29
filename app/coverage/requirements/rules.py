"""What a requirement can say (DOMAIN 6.1). Pure."""

from dataclasses import dataclass
from enum import StrEnum

from app.factories.rules import CommitteeKind, JobRole


class Kind(StrEnum):
    """The eight types of requirement."""

    ROLE = "role"
    """R1: everybody in these roles holds one of the courses."""
    QUOTA = "quota"
    """R2: so many percent of the declared headcount of these roles hold one of the courses."""
    UNIT = "unit"
    """R3: on every line (and shift) so many people in these roles hold one of the courses."""
    BODY = "body"
    """R4: every member of these committees, on both sides, holds one of the courses."""
    CADENCE = "cadence"
    """R5: the factory has so many events in so many months."""
    FINDING = "finding"
    """R6: as R1, but only while the factory has an open finding in one of the points, and so many days after it."""
    PATHWAY = "pathway"
    """R7: ambassadors do so many of the courses in so many months, and are on pace until then."""
    LAW = "law"
    """R8: everybody in these roles has so many hours of the courses within so many months, with a proof."""


class Happening(StrEnum):
    """What is counted by a cadence."""

    SEMINAR = "seminar"
    DRILL = "drill"


class Proof(StrEnum):
    """What the law asks for as a proof (DOMAIN 6.1, R8)."""

    CERTIFICATE = "certificate"
    CARD = "card"
    RECORD_BOOK = "record_book"


@dataclass(frozen=True)
class Rule:
    """What is asked. Which fields count depends on the kind; the others keep their defaults."""

    kind: Kind
    courses: tuple[int, ...] = ()
    """Ids of courses; the first is the one that runs are proposed for."""
    roles: tuple[JobRole, ...] = ()
    committees: tuple[CommitteeKind, ...] = ()
    within_days: int = 0
    """So many days after an appointment or a finding nobody is late yet. Who is not covered counts at once."""
    percent: int = 100
    per_unit: int = 1
    per_shift: bool = False
    happening: Happening | None = None
    needed: int = 1
    """Events of a cadence, or courses of a pathway."""
    months: int | None = None
    """The window of a cadence, the time of a pathway, the recurrence of a law."""
    points: tuple[str, ...] = ()
    hours: float = 0
    proof: Proof | None = None


@dataclass(frozen=True)
class Scope:
    """To which factories of the programme it applies; what is empty or None leaves nobody out."""

    tiers: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    smallest: int | None = None
    """Fewest people by the last headcount, inclusive."""
    largest: int | None = None
    """Most people by the last headcount, inclusive."""
