"""Contexts of the start pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.home.queries import Own
from app.home.sections import Section
from app.platform.web import Page


@dataclass(frozen=True)
class StartPage(Page):
    template: ClassVar[str] = "home/start.html"
    sections: Sequence[Section]


@dataclass(frozen=True)
class LearnerPage(Page):
    template: ClassVar[str] = "home/learner.html"
    own: Own
