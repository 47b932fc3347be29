"""Contexts of the pages of somebody who learns. `reader` is the language in which titles are shown if there are any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.courses.models import Unit
from app.courses.rules import UnitKind
from app.lessons.forms import PracticeForm
from app.lessons.queries import Logged, Reading, Studied
from app.lessons.rules import State
from app.platform.web import Page


@dataclass(frozen=True)
class IndexPage(Page):
    """The own courses."""

    template: ClassVar[str] = "lessons/index.html"
    reader: str
    courses: Sequence[Studied]


@dataclass(frozen=True)
class CoursePage(Page):
    """One course: what comes next, then the units in order. `newer` is the number of a later version, or empty."""

    template: ClassVar[str] = "lessons/course.html"
    reader: str
    course: Studied
    newer: str
    kinds: Mapping[UnitKind, Any]
    states: Mapping[State, Any]


@dataclass(frozen=True)
class LessonPage(Page):
    """A lesson; `languages` are those in which it was written."""

    template: ClassVar[str] = "lessons/lesson.html"
    reader: str
    course: Studied
    unit: Unit
    reading: Reading
    languages: Sequence[tuple[str, str]]
    request_path: str


@dataclass(frozen=True)
class PracticePage(Page):
    """A practice task, the form to log it, the own logs."""

    template: ClassVar[str] = "lessons/practice.html"
    reader: str
    course: Studied
    unit: Unit
    reading: Reading | None
    languages: Sequence[tuple[str, str]]
    request_path: str
    form: PracticeForm
    logs: Sequence[Logged]


@dataclass(frozen=True)
class WithTrainerPage(Page):
    """A test or the half-days: when they come, or the way into the test when it is open."""

    template: ClassVar[str] = "lessons/with_trainer.html"
    reader: str
    course: Studied
    unit: Unit
    test: str
