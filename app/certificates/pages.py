"""Contexts of the certificate pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.certificates.shown import Shown
from app.platform.web import Page


@dataclass(frozen=True)
class OwnPage(Page):
    template: ClassVar[str] = "certificates/own.html"
    certificates: Sequence[Shown]
