"""Contexts of the start pages."""

from dataclasses import dataclass
from typing import ClassVar

from app.platform.web import Page


@dataclass(frozen=True)
class StartPage(Page):
    template: ClassVar[str] = "home/start.html"
