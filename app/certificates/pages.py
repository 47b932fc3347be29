"""Contexts of the certificate pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.certificates.forms import CodeForm
from app.certificates.shown import Shown
from app.platform.web import Page


@dataclass(frozen=True)
class AskPage(Page):
    template: ClassVar[str] = "certificates/ask.html"
    form: CodeForm


@dataclass(frozen=True)
class VerifyPage(Page):
    template: ClassVar[str] = "certificates/verify.html"
    form: CodeForm
    code: str
    shown: Shown | None
    official: str
    """The address of this site: a look-alike would show another in the browser."""


@dataclass(frozen=True)
class OwnPage(Page):
    template: ClassVar[str] = "certificates/own.html"
    certificates: Sequence[Shown]
