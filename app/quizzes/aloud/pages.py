"""Contexts of the pages of a reading."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.courses.models import Unit
from app.platform.web import Page
from app.quizzes.aloud.labels import HINDRANCES
from app.quizzes.aloud.queries import Line, Open, Step
from app.quizzes.booklets.rules import letter
from app.quizzes.queries.windows import Name
from app.quizzes.rules import Hindrance
from app.quizzes.shown import Shown
from app.sessions.models import TrainingSession

Languages = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class StartPage(Page):
    """Who takes part, before the first question. `ticked` are those who are there."""

    template: ClassVar[str] = "quizzes/aloud/start.html"
    training: TrainingSession
    unit: Unit
    people: Sequence[Name]
    ticked: Collection[int]
    hindered: Mapping[int, Hindrance]
    forms: int
    form: int
    is_roll_called: bool
    sentence: str = ""
    why: Mapping[Hindrance, Any] = field(default_factory=lambda: HINDRANCES)


@dataclass(frozen=True)
class ReadingPage(Page):
    """The questions of what is read now, and how many people lack an answer to each."""

    template: ClassVar[str] = "quizzes/aloud/reading.html"
    training: TrainingSession
    unit: Unit
    steps: Sequence[Step]
    people: int
    late: Sequence[Name]
    languages: Languages
    first: str
    second: str


@dataclass(frozen=True)
class WallPage(Page):
    """One question for everybody to see. Nothing of it depends on what is right."""

    template: ClassVar[str] = "quizzes/aloud/wall.html"
    training: TrainingSession
    unit: Unit
    number: int
    total: int
    sides: Sequence[Shown]
    languages: Languages
    first: str
    second: str
    letter: Any = letter


@dataclass(frozen=True)
class GridPage(Page):
    """People by letters, of one question. `look` are those whose answer was not saved, and wants a second look."""

    template: ClassVar[str] = "quizzes/aloud/grid.html"
    training: TrainingSession
    unit: Unit
    question: Shown
    total: int
    lines: Sequence[Line]
    missing: int
    words: str
    letters: Sequence[str]
    takes_several: bool
    is_asked: bool
    look: Collection[int] = ()


@dataclass(frozen=True)
class EndingPage(Page):
    """Who lacks answers, before everything is handed in."""

    template: ClassVar[str] = "quizzes/aloud/ending.html"
    training: TrainingSession
    unit: Unit
    people: Sequence[Open]
    total: int
