"""A pack of requirements as frozen values. Strict, as a course is."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from app.content.schema import Name, Text, Titles
from app.content.strict import Strict
from app.coverage.requirements.rules import Happening, Kind, Proof, SourceKind
from app.factories.rules import CommitteeKind, JobRole, Product
from app.factories.structure.rules import SupportTier


class PackScope(Strict):
    """Which factories are asked; what is left out leaves nobody out."""

    tiers: tuple[SupportTier, ...] = ()
    products: tuple[Product, ...] = ()
    smallest: int | None = None
    largest: int | None = None


class PackRequirement(Strict):
    """One requirement; which fields count depends on the kind, as in `app.coverage.requirements.rules.Rule`."""

    id: Annotated[Name, StringConstraints(max_length=40)]
    titles: Titles
    kind: Kind
    courses: tuple[Name, ...] = ()
    roles: tuple[JobRole, ...] = ()
    committees: tuple[CommitteeKind, ...] = ()
    within_days: int = 0
    percent: int = 100
    per_unit: int = 1
    per_shift: bool = False
    happening: Happening | None = None
    needed: int = 1
    months: int | None = None
    points: tuple[Text, ...] = ()
    hours: float = 0
    proof: Proof | None = None
    scope: PackScope = PackScope()
    source_kind: SourceKind
    source: Text
    checked: date
    """When somebody last looked at the source."""
    review_by: date
    note: Titles | None = None
    """What must be decided before it is published, for whoever takes it over."""


class Pack(Strict):
    """What is usually required in a country, or - without one - in every programme."""

    id: Name
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    titles: Titles
    requirements: Annotated[tuple[PackRequirement, ...], Field(min_length=1)]
