"""Contexts of the pages of bundles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.certificates.bundles.models import CertificateBundle
from app.certificates.bundles.queries import Choices, Counts
from app.certificates.bundles.rules import Wanted
from app.certificates.rules import State
from app.certificates.shown import Shown
from app.platform.web import Page


@dataclass(frozen=True)
class ListPage(Page):
    """Certificates that a filter shows, and what can be made of them."""

    template: ClassVar[str] = "certificates/bundles/list.html"
    chosen: Wanted
    choices: Choices
    counts: Counts
    certificates: Sequence[Shown]
    factories: Mapping[int, Any]
    states: Mapping[State, Any]
    number: int
    previous_url: str
    next_url: str
    latest: Sequence[CertificateBundle]


@dataclass(frozen=True)
class BundlePage(Page):
    """One order, on its way or ready."""

    template: ClassVar[str] = "certificates/bundles/bundle.html"
    bundle: CertificateBundle
    factories: Sequence[Any]
    again: Mapping[str, str]
    """The filter as the address of the list says it."""
