"""Contexts of the pages of services."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.factories.models import Factory
from app.improvement.findings import labels as findings
from app.improvement.findings import shipped
from app.improvement.services.forms import ServiceForm
from app.improvement.services.labels import KINDS, MODES, NOTES
from app.improvement.services.models import ServiceLog
from app.improvement.services.queries import ServiceFilter
from app.platform.web import Page


@dataclass(frozen=True)
class Words:
    """What services and themes are called."""

    kinds: Mapping[Any, Any] = field(default_factory=lambda: KINDS)
    modes: Mapping[Any, Any] = field(default_factory=lambda: MODES)
    notes: Mapping[Any, Any] = field(default_factory=lambda: NOTES)
    theme: Any = findings.theme
    point: Any = findings.point
    theme_codes: Sequence[str] = field(default_factory=lambda: [each.code for each in shipped.catalogue().themes])


WORDS = Words()


@dataclass(frozen=True)
class ServicesPage(Page):
    template: ClassVar[str] = "improvement/services/factory.html"
    factory: Factory
    rows: Sequence[ServiceLog]
    former: Sequence[ServiceLog]
    """Rows in whose place others stand, and those that took them back."""
    years: Sequence[int]
    chosen: ServiceFilter
    values: Mapping[str, str]
    may_log: bool
    words: Words = WORDS


@dataclass(frozen=True)
class ServiceFormPage(Page):
    """Writing a service down, or correcting it."""

    template: ClassVar[str] = "improvement/services/form.html"
    factory: Factory
    row: ServiceLog | None
    form: ServiceForm
    address: str
