"""Contexts of the pages of tests on paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.courses.models import Unit
from app.platform.web import Page
from app.quizzes.booklets.models import Booklet
from app.quizzes.booklets.rules import LATIN
from app.quizzes.rules import Counts
from app.quizzes.sheets.labels import COUNTED
from app.quizzes.sheets.models import PaperEntry
from app.quizzes.sheets.queries import Row, Sitter
from app.quizzes.sheets.reading import Asked
from app.quizzes.sheets.rules import PEOPLE_AT_ONCE, new_record
from app.sessions.models import TrainingSession


@dataclass(frozen=True)
class PapersPage(Page):
    """What can be printed, and how far everybody's paper is."""

    template: ClassVar[str] = "quizzes/sheets/papers.html"
    training: TrainingSession
    unit: Unit
    forms: Sequence[Booklet]
    languages: Sequence[tuple[str, str]]
    language: str
    rows: Sequence[Row]
    people: int
    words: str
    sentence: str = ""
    at_once: int = PEOPLE_AT_ONCE


@dataclass(frozen=True)
class TypePage(Page):
    """The fields of one paper. Nothing of an earlier typing is in it. `turn` is 1 or 2; `typed_by` are those who typed
    before, `is_same` says that the reader is among them.
    """

    template: ClassVar[str] = "quizzes/sheets/type.html"
    training: TrainingSession
    unit: Unit
    sitter: Sitter
    forms: Sequence[Booklet]
    form: int
    asked: Sequence[Asked]
    turn: int
    is_same: bool
    has_total: bool
    counts: Counts
    line: str = ""
    words: Mapping[int, str] = field(default_factory=dict)
    faults: Sequence[str] = ()
    signs: str = LATIN
    counted: Mapping[Counts, Any] = field(default_factory=lambda: COUNTED)
    new_id: Callable[[], str] = new_record


@dataclass(frozen=True)
class Difference:
    """A question that was typed differently, and what was typed."""

    asked: Asked
    first: str
    second: str


@dataclass(frozen=True)
class ComparePage(Page):
    """What was typed differently, question by question. `is_other_form` is set where there is nothing to compare."""

    template: ClassVar[str] = "quizzes/sheets/compare.html"
    training: TrainingSession
    unit: Unit
    sitter: Sitter
    differences: Sequence[Difference]
    entries: Sequence[PaperEntry]
    names: Mapping[int, str]
    is_other_form: bool
    sentence: str = ""
    new_id: Callable[[], str] = new_record


@dataclass(frozen=True)
class MadePage(Page):
    """A paper that was handed in: who typed it, who decided."""

    template: ClassVar[str] = "quizzes/sheets/made.html"
    training: TrainingSession
    unit: Unit
    sitter: Sitter
    entries: Sequence[PaperEntry]
    names: Mapping[int, str]
    has_total: bool
    counts: Counts
    counted: Mapping[Counts, Any] = field(default_factory=lambda: COUNTED)
