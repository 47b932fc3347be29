"""Contexts of the pages for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.certificates.models import SigningKey
from app.certificates.verification.answers import Answer
from app.platform.web import Page


@dataclass(frozen=True)
class SharePage(Page):
    template: ClassVar[str] = "certificates/credentials/share.html"
    answer: Answer | None
    code: str
    address: str
    """Of this page, as it is given on."""
    linkedin: str
    """Where a holder who has a profile there adds it; empty for what no longer holds."""
    organisation: str


@dataclass(frozen=True)
class IssuerPage(Page):
    template: ClassVar[str] = "certificates/credentials/issuer.html"
    organisation: str
    address: str
    keys: Sequence[tuple[SigningKey, str]]
    """Each with its multikey, the newest first."""
