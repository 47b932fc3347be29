"""What a requirement can say (DOMAIN 6.1). Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
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


WHOLE = frozenset({Kind.UNIT, Kind.CADENCE})
"""Kinds that ask something of lines or of the factory itself, not of its people."""


class Happening(StrEnum):
    """What is counted by a cadence."""

    SEMINAR = "seminar"
    DRILL = "drill"


class Proof(StrEnum):
    """What the law asks for as a proof (DOMAIN 6.1, R8)."""

    CERTIFICATE = "certificate"
    CARD = "card"
    RECORD_BOOK = "record_book"


ALWAYS = date(2000, 1, 1)
"""Since when a rule holds of which nobody said since when."""


class SourceKind(StrEnum):
    """Who asks for it."""

    LAW = "law"
    PROGRAMME = "programme"
    BRAND = "brand"


class WaiverReason(StrEnum):
    """Why somebody need not meet a requirement. None of them says anything about health or family."""

    ON_LEAVE = "on_leave"
    PROVEN_ELSEWHERE = "proven_elsewhere"
    OTHER_WORK = "other_work"
    CLOSING = "closing"
    EMERGENCY = "emergency"


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

    def has(self, tier: str | None, products: Collection[str], people: int | None) -> bool:
        """Whether it reaches a factory of this tier, with these products and so many people by the last headcount.

        What is not known of a factory is not what a scope asks for.
        """
        is_tier = not self.tiers or tier in self.tiers
        is_product = not self.products or not set(self.products).isdisjoint(products)
        least, most = self.smallest or 0, self.largest
        is_sized = self.smallest is None and most is None
        fits = people is not None and least <= people and (most is None or people <= most)
        return is_tier and is_product and (is_sized or fits)


@dataclass(frozen=True)
class Said:
    """Everything that a version of a requirement says."""

    code: str
    title: Mapping[str, str]
    rule: Rule
    scope: Scope
    source_kind: SourceKind
    source: str
    starts_on: date
    review_on: date | None = None


@dataclass(frozen=True)
class Span:
    """A version as days: from the first on until the day before `end`; None goes on."""

    start: date
    end: date | None


def followed(spans: Collection[Span], day: date) -> list[Span]:
    """The versions when another begins - or all of it ends - on a day: what has begun ends then, nothing else changes.

    A version that was to begin later never holds: it ends on its own first day.
    """
    return [
        each if each.end is not None and each.end <= day else replace(each, end=max(each.start, day)) for each in spans
    ]
