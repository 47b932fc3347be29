"""Contexts of the pages of one certificate."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from app.certificates.models import Certificate
from app.certificates.rules import State
from app.certificates.shown import Shown
from app.certificates.validity.forms import EndingForm
from app.certificates.validity.history import Note, Step
from app.certificates.validity.renewals import Renewal, RenewalFilter
from app.platform.web import Page
from app.platform.web.paging import Slice


@dataclass(frozen=True)
class CertificatePage(Page):
    """`is_own` for the person whom it names; `other` is the one that was issued in its place."""

    template: ClassVar[str] = "certificates/validity/one.html"
    shown: Shown
    other: Certificate | None
    code: str
    states: Mapping[State, tuple[Any, str]]
    words: Mapping[str, Any]
    steps: Sequence[Step]
    notes: Sequence[Note]
    is_own: bool
    is_manager: bool


@dataclass(frozen=True)
class EndingPage(Page):
    """`verb` is suspension, revocation or reissue."""

    template: ClassVar[str] = "certificates/validity/ending.html"
    verb: str
    shown: Shown
    form: EndingForm


@dataclass(frozen=True)
class RenewalsPage(Page):
    """`factories` and `courses` are what can be chosen, `renewing` what renews each course on the page."""

    template: ClassVar[str] = "certificates/validity/renewals.html"
    slice: Slice[Renewal]
    chosen: RenewalFilter
    withins: Mapping[str, Any]
    factories: Sequence[tuple[str, str]]
    courses: Sequence[tuple[str, Mapping[str, str]]]
    renewing: Mapping[str, Mapping[str, str]]
    today_in: Callable[[str], date]
    previous_url: str
    next_url: str
    table_url: str
