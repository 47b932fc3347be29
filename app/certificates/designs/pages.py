"""Contexts of the pages of designs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from app.certificates.designs import colours, labels
from app.certificates.designs.content import Content
from app.certificates.designs.models import CertificateSignatory, Design, DesignPreview, DesignVersion
from app.certificates.designs.queries.designs import Row
from app.certificates.designs.rules import PLACEHOLDERS, Part
from app.certificates.labels import STATES
from app.certificates.rules import Form
from app.certificates.shown import Shown
from app.factories.models import Programme
from app.platform.i18n.languages import LANGUAGES
from app.platform.web import Page


def own_names() -> dict[str, str]:
    """What languages call themselves."""
    return {code: language.own_name for code, language in LANGUAGES.items()}


@dataclass(frozen=True)
class DesignsPage(Page):
    template: ClassVar[str] = "certificates/designs/designs.html"
    rows: Sequence[Row]
    programmes: Sequence[Programme]


@dataclass(frozen=True)
class NewPage(Page):
    template: ClassVar[str] = "certificates/designs/new.html"
    programme: Programme
    form: Any


@dataclass(frozen=True)
class DesignPage(Page):
    """`titles` are those of its course, None where it is for all."""

    template: ClassVar[str] = "certificates/designs/design.html"
    design: Design
    titles: dict[str, str] | None
    versions: Sequence[tuple[DesignVersion, int]]
    content: Content
    signing: Sequence[CertificateSignatory]
    seen: str
    form: Any
    form_names: dict[Form, Any] = field(default_factory=lambda: labels.FORMS)


@dataclass(frozen=True)
class DraftPage(Page):
    """`texts` are the fields by language; `preview` is what was asked for last, which may still be drawn."""

    template: ClassVar[str] = "certificates/designs/draft.html"
    design: Design
    version: DesignVersion
    content: Content
    form: Any
    logo_form: Any
    texts: Sequence[tuple[str, dict[Part, Any]]]
    preview: DesignPreview | None
    stale: str = ""
    is_preview: bool = False
    placeholders: Sequence[str] = PLACEHOLDERS
    inks: Sequence[str] = colours.INKS
    threads: Sequence[str] = colours.THREADS
    language_names: dict[str, str] = field(default_factory=own_names)


@dataclass(frozen=True)
class IssuedPage(Page):
    template: ClassVar[str] = "certificates/designs/issued.html"
    design: Design
    version: DesignVersion
    certificates: Sequence[Shown]
    number: int
    has_more: bool
    states: dict[Any, Any] = field(default_factory=lambda: STATES)


@dataclass(frozen=True)
class SignatoriesPage(Page):
    template: ClassVar[str] = "certificates/designs/signatories.html"
    programme: Programme
    rows: Sequence[CertificateSignatory]
    today: date


@dataclass(frozen=True)
class SignatoryPage(Page):
    """`row` is None for somebody new."""

    template: ClassVar[str] = "certificates/designs/signatory.html"
    programme: Programme
    row: CertificateSignatory | None
    form: Any
    fields: Sequence[tuple[str, Any, Any]]
    file_form: Any = None
    stale: str = ""
    language_names: dict[str, str] = field(default_factory=own_names)
