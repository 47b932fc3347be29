"""Contexts of the sign-in pages."""

from dataclasses import dataclass
from typing import ClassVar

from app.accounts.forms import SignInForm
from app.factories.models import Factory, Person
from app.platform.web import Page


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
