"""Contexts of the sign-in pages."""

from dataclasses import dataclass
from typing import ClassVar

from app.accounts.forms import SignInForm
from app.platform.web import Page


@dataclass(frozen=True)
class SignInPage(Page):
    template: ClassVar[str] = "accounts/sign_in.html"
    form: SignInForm
