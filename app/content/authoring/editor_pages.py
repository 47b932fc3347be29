"""Contexts of the editors: lessons, questions, translations."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.content.authoring.forms.texts import own_name
from app.content.authoring.labels import FILE_STATES, STATE_KINDS
from app.content.authoring.pages import ZONE, Frame, ShownProblem
from app.content.authoring.progress import FileRow, Progress, TextRow
from app.content.authoring.queries import StoredFile
from app.content.authoring.questions.cards import Card
from app.content.schema import UnitFacts
from app.platform.web import Page


@dataclass(frozen=True)
class EditorHead:
    """What every editor of a file shows: what it is about, the other texts of the unit, the other languages."""

    titles: Mapping[str, str]
    language: str
    parts: Sequence[tuple[Any, str, bool]]
    languages: Sequence[tuple[str, str, bool]]
    """Code, address, and whether it is this one."""
    is_translation: bool
    is_outdated: bool
    stored: StoredFile
    plain: str
    """The address of the editor of the file itself."""
    own_name: Callable[[str], str] = own_name
    zone: str = ZONE


@dataclass(frozen=True)
class Conflict:
    """Somebody else saved meanwhile: the sentence, and what is stored now."""

    sentence: str
    theirs: str


@dataclass(frozen=True)
class LessonPage(Page):
    """`html` is the text as it will be published; `source` the text to translate, `source_html` the same published."""

    template: ClassVar[str] = "content/authoring/lesson.html"
    frame: Frame
    head: EditorHead
    form: Any
    html: str
    problems: Sequence[ShownProblem]
    pictures: Sequence[tuple[str, str]]
    save_to: str
    preview_at: str
    source: str = ""
    source_html: str = ""
    conflict: Conflict | None = None
    is_preview: bool = False


@dataclass(frozen=True)
class BankPage(Page):
    """A bank as text beside its questions."""

    template: ClassVar[str] = "content/authoring/quiz_text.html"
    frame: Frame
    head: EditorHead
    form: Any
    cards: Sequence[Card]
    problems: Sequence[ShownProblem]
    save_to: str
    preview_at: str
    source: str = ""
    conflict: Conflict | None = None
    is_preview: bool = False


@dataclass(frozen=True)
class QuizPage(Page):
    """The questions of a quiz; of a translation `pairs` are (card of the source, card or None, state), and `cards` are
    those that the source does not have."""

    template: ClassVar[str] = "content/authoring/quiz.html"
    frame: Frame
    head: EditorHead
    quiz: str
    cards: Sequence[Card]
    pairs: Sequence[tuple[Card, Card | None, Any]]
    problems: Sequence[ShownProblem]
    kinds: Mapping[str, Any]
    states: Mapping[Any, tuple[Any, str]]
    blueprint: Mapping[str, tuple[int, int]]
    """Topic -> (how many questions it has, how many are asked)."""


@dataclass(frozen=True)
class QuestionPage(Page):
    """One question as a form; of a translation `source` is the card of the question to translate."""

    template: ClassVar[str] = "content/authoring/question.html"
    frame: Frame
    head: EditorHead
    form: Any
    kind: str
    kind_name: Any
    number: int | None
    save_to: str
    back: str
    source: Card | None = None
    conflict: Conflict | None = None
    theirs: Card | None = None
    unit: UnitFacts | None = None


@dataclass(frozen=True)
class TranslationsPage(Page):
    template: ClassVar[str] = "content/authoring/translations.html"
    frame: Frame
    rows: Sequence[Progress]
    form: Any
    own_name: Callable[[str], str] = own_name


@dataclass(frozen=True)
class TranslationPage(Page):
    """`texts` are the rows of course.yaml, by what they are about."""

    template: ClassVar[str] = "content/authoring/translation.html"
    frame: Frame
    language: str
    progress: Progress
    texts: Sequence[tuple[Any, Sequence[TextRow]]]
    files: Sequence[tuple[str, Any, str, FileRow]]
    form: Any
    review: Any
    problems: Sequence[ShownProblem]
    conflict: Conflict | None = None
    reviewer: str | None = None
    states: Mapping[Any, Any] = field(default_factory=lambda: FILE_STATES)
    state_kinds: Mapping[Any, str] = field(default_factory=lambda: STATE_KINDS)
    own_name: Callable[[str], str] = own_name
