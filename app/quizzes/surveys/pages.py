"""Contexts of the pages about anonymous forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.access.small_numbers import FEWEST
from app.courses.rules import FormKind
from app.factories.models import Factory
from app.platform.i18n.languages import LANGUAGES
from app.platform.web import Page
from app.quizzes.forms import CodeForm
from app.quizzes.surveys.forms import SurveyForm
from app.quizzes.surveys.labels import AGREEMENTS, KINDS, PHASES
from app.quizzes.surveys.models import SurveyWindow
from app.quizzes.surveys.queries import Form, FormState, Result
from app.quizzes.surveys.rules import LONGEST_COMMENT, FormText, SurveyPhase
from app.sessions.models import Seat, TrainingSession


@dataclass(frozen=True)
class AnswerPage(Page):
    """A form to answer, all of it on one page. `said` is what was sent already and could not be kept yet."""

    template: ClassVar[str] = "quizzes/surveys/answer.html"
    titles: Mapping[str, str]
    about: Mapping[str, str]
    form_text: FormText
    languages: Sequence[tuple[str, str]]
    request_path: str
    ticket: int | None
    factory: Factory | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    sentence: str = ""
    agreements: Sequence[Any] = AGREEMENTS
    longest: int = LONGEST_COMMENT


@dataclass(frozen=True)
class ThanksPage(Page):
    """It is handed in. `onward` leads the next person to the same form."""

    template: ClassVar[str] = "quizzes/surveys/thanks.html"
    form_text: FormText
    request_path: str
    onward: str = ""


@dataclass(frozen=True)
class ShutPage(Page):
    """Nothing can be answered here now, and why."""

    template: ClassVar[str] = "quizzes/surveys/shut.html"
    sentence: str
    request_path: str


@dataclass(frozen=True)
class SurveyCodePage(Page):
    """Type the code of the training session."""

    template: ClassVar[str] = "quizzes/surveys/code.html"
    form: CodeForm


@dataclass(frozen=True)
class OpenSurveysPage(Page):
    """The surveys that are open behind a code."""

    template: ClassVar[str] = "quizzes/surveys/open.html"
    code: str
    surveys: Sequence[tuple[SurveyWindow, Factory, Mapping[str, str]]]
    phases: Mapping[SurveyPhase, Any] = field(default_factory=lambda: PHASES)


@dataclass(frozen=True)
class SurveysPage(Page):
    """The forms of a training session: open, close, enter sheets, results."""

    template: ClassVar[str] = "quizzes/surveys/surveys.html"
    training: TrainingSession
    states: Sequence[FormState]
    form: SurveyForm
    asked: str
    """The form that `form` is about where it was sent."""
    may_open: bool
    address: str
    phases: Mapping[SurveyPhase, Any] = field(default_factory=lambda: PHASES)
    kinds: Mapping[FormKind, Any] = field(default_factory=lambda: KINDS)


@dataclass(frozen=True)
class SheetPage(AnswerPage):
    """One sheet of paper to enter; `entered` were before it."""

    template: ClassVar[str] = "quizzes/surveys/sheet.html"
    training: TrainingSession = field(kw_only=True)
    entered: int = field(kw_only=True)


@dataclass(frozen=True)
class HandedInPage(Page):
    """Who has not handed in the evaluation yet, to be ticked."""

    template: ClassVar[str] = "quizzes/surveys/handed_in.html"
    training: TrainingSession
    form: Form
    missing: Sequence[Seat]


@dataclass(frozen=True)
class ResultsPage(Page):
    """What may be shown of a form."""

    template: ClassVar[str] = "quizzes/surveys/results.html"
    training: TrainingSession
    form: Form
    form_text: FormText
    results: Sequence[Result]
    sees_comments: bool
    fewest: int = FEWEST
    agreements: Sequence[Any] = AGREEMENTS
    phases: Mapping[SurveyPhase, Any] = field(default_factory=lambda: PHASES)
    names: Mapping[str, str] = field(default_factory=lambda: {each.code: each.own_name for each in LANGUAGES.values()})
    """What languages call themselves."""
