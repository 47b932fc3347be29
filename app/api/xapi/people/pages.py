"""Contexts of the pages of names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.api.xapi.models import Numbering, OtherName
from app.factories.models import Factory, Person
from app.factories.pages import Frame
from app.platform.web import Page


@dataclass(frozen=True)
class PersonNamesPage(Page):
    template: ClassVar[str] = "api/other_names/person.html"
    person: Person
    own: str | None
    home: str
    names: Sequence[OtherName]
    form: Any


@dataclass(frozen=True)
class FactoryNamesPage(Page):
    template: ClassVar[str] = "api/other_names/factory.html"
    frame: Frame
    factory: Factory
    home: str
    numberings: Sequence[Numbering]
    named: Sequence[tuple[int, str, OtherName]]
    number: int
    has_more: bool
    form: Any
