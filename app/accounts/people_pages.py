"""Contexts of the doors of people, and of what is printed for them."""

from dataclasses import dataclass
from typing import ClassVar

from app.accounts.models import PersonCard, PrintOrder
from app.accounts.people_forms import EnterForm, PinForm
from app.factories.models import Factory, Person
from app.platform.web import Page


@dataclass(frozen=True)
class CardPage(Page):
    """Only the way to enter the PIN; nothing of the person whose card it is."""

    template: ClassVar[str] = "accounts/card.html"
    token: str
    form: PinForm


@dataclass(frozen=True)
class EnterPage(Page):
    template: ClassVar[str] = "accounts/enter.html"
    form: EnterForm


@dataclass(frozen=True)
class PinPage(Page):
    """`pin` is shown once, right after it was made."""

    template: ClassVar[str] = "accounts/pin.html"
    factory: Factory
    person: Person
    pin: str | None
    card: PersonCard | None


@dataclass(frozen=True)
class PrintsPage(Page):
    """One order of cards or PIN slips, on its way or ready."""

    template: ClassVar[str] = "accounts/prints.html"
    factory: Factory
    order: PrintOrder
    total: int
