"""Contexts of the certificate pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.certificates.labels import STATES
from app.certificates.rules import State
from app.certificates.shown import Shown
from app.platform.web import Page


@dataclass(frozen=True)
class OwnPage(Page):
    template: ClassVar[str] = "certificates/own.html"
    certificates: Sequence[Shown]
    states: Mapping[State, tuple[Any, str]] = field(default_factory=lambda: STATES)
