"""Contexts of the pages of programmes."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.coverage.countries.reading import Country, World
from app.coverage.forms import FilterForm
from app.coverage.portfolio.labels import LABELS, Labels
from app.platform.web import Page


@dataclass(frozen=True)
class WorldPage(Page):
    template: ClassVar[str] = "coverage/countries/countries.html"
    form: FilterForm
    found: World
    on: date | None


@dataclass(frozen=True)
class CountryPage(Page):
    template: ClassVar[str] = "coverage/countries/country.html"
    form: FilterForm
    found: Country
    sees_service: bool
    on: date | None
    labels: Labels = LABELS
