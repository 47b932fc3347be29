"""Contexts of the pages of privacy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.factories.models import Person
from app.platform.web import Page
from app.privacy.retention import Kind


@dataclass(frozen=True)
class NoticePage(Page):
    """`asks`: whoever is signed in has not said yet that it was read; `next` is where to go then."""

    template: ClassVar[str] = "privacy/notice.html"
    version: str
    asks: bool
    next: str
    is_person: bool
    years: int
    months: int
    evidence_months: int


@dataclass(frozen=True)
class RetentionPage(Page):
    template: ClassVar[str] = "privacy/retention.html"
    kinds: Sequence[Kind]
    due: Mapping[str, int]


@dataclass(frozen=True)
class DataPage(Page):
    template: ClassVar[str] = "privacy/data.html"
    person: Person


@dataclass(frozen=True)
class PseudonymisePage(Page):
    template: ClassVar[str] = "privacy/pseudonymise.html"
    person: Person
    error: str
