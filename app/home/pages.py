"""Contexts of the start pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.home.queries import DayPart, Own
from app.home.sections import Section
from app.platform.web import Page
from app.sessions.wording import WORDS, Words


@dataclass(frozen=True)
class StartPage(Page):
    template: ClassVar[str] = "home/start.html"
    sections: Sequence[Section]


@dataclass(frozen=True)
class LearnerPage(Page):
    template: ClassVar[str] = "home/learner.html"
    own: Own


@dataclass(frozen=True)
class DayPage(Page):
    template: ClassVar[str] = "home/day.html"
    parts: Sequence[DayPart]
    day: date
    today: date
    before: date
    after: date
    may_plan: bool
    words: Words = WORDS
