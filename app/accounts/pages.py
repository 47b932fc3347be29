"""Contexts of the sign-in pages."""

from dataclasses import dataclass
from typing import ClassVar

from app.accounts.forms import SignInForm
from app.accounts.logbook import LogFilter, LogRow
from app.factories.models import Factory, Person
from app.platform.web import Page
from app.platform.web.paging import Slice


@dataclass(frozen=True)
class SignInPage(Page):
    template: ClassVar[str] = "accounts/sign_in.html"
    form: SignInForm


@dataclass(frozen=True)
class PinPage(Page):
    """`pin` is shown once, right after it was made."""

    template: ClassVar[str] = "accounts/pin.html"
    factory: Factory
    person: Person
    pin: str | None


@dataclass(frozen=True)
class LogPage(Page):
    """Entries of the log; the two addresses are empty where there is no such page."""

    template: ClassVar[str] = "accounts/log.html"
    slice: Slice[LogRow]
    chosen: LogFilter
    zone: str
    previous_url: str
    next_url: str
