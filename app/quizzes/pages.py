"""Contexts of the pages of quizzes. Those of learners offer the languages of the question, not only of the site."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from app.platform.web import Page
from app.quizzes.explained import Explained
from app.quizzes.forms import CodeForm, LastCodesForm, LastWordsForm, PinForm, WindowForm
from app.quizzes.labels import RULES, RuleWords
from app.quizzes.queries import Name, Offer, QuizState, Sitting, Step, Task, TimeLeft, Watched
from app.quizzes.regrading.queries.work import Work
from app.quizzes.results.labels import STATES
from app.quizzes.results.queries.room import InRoom
from app.quizzes.shown import Shown
from app.quizzes.surveys.queries import Waiting
from app.sessions.models import TrainingSession


@dataclass(frozen=True)
class CodePage(Page):
    """Type the code of the training session."""

    template: ClassVar[str] = "quizzes/join_code.html"
    form: CodeForm


@dataclass(frozen=True)
class PeoplePage(Page):
    """Pick the own name."""

    template: ClassVar[str] = "quizzes/join_people.html"
    code: str
    titles: Mapping[str, str]
    people: Sequence[Name]
    sentence: str = ""


@dataclass(frozen=True)
class PinPage(Page):
    """Enter the PIN."""

    template: ClassVar[str] = "quizzes/join_pin.html"
    code: str
    person: Name
    form: PinForm


@dataclass(frozen=True)
class NotNowPage(Page):
    """Why there is no quiz, and where to go on."""

    template: ClassVar[str] = "quizzes/not_now.html"
    sentence: str
    way_on: str
    way_on_text: str


@dataclass(frozen=True)
class BeginPage(Page):
    """What will be asked, before it begins."""

    template: ClassVar[str] = "quizzes/begin.html"
    offer: Offer
    words: RuleWords = RULES


@dataclass(frozen=True)
class OverPage(Page):
    """Time is over and nothing was handed in: until when that can still be done, or None when it is too late."""

    template: ClassVar[str] = "quizzes/over.html"
    sitting: Sitting
    until: datetime | None
    zone: str
    can_try_again: bool


@dataclass(frozen=True)
class ExplainedPage(Page):
    """What is right in a question of a practice that was just answered; `item` is None when it was withdrawn."""

    template: ClassVar[str] = "quizzes/explained.html"
    sitting: Sitting
    number: int
    item: Explained | None
    way_on: str


@dataclass(frozen=True)
class QuestionPage(Page):
    """One question."""

    template: ClassVar[str] = "quizzes/question.html"
    sitting: Sitting
    question: Shown
    codes: Mapping[str, str]
    time_left: TimeLeft | None
    languages: Sequence[tuple[str, str]]
    request_path: str
    saved_id: int | None = None
    """The question about whose answer the request was."""
    is_saved: bool = False
    sentence: str = ""


@dataclass(frozen=True)
class ReviewPage(Page):
    """What is answered, before it is handed in."""

    template: ClassVar[str] = "quizzes/review.html"
    sitting: Sitting
    steps: Sequence[Step]
    request_path: str
    is_over: bool
    time_left: TimeLeft | None
    saved_id: int | None = None
    is_saved: bool = False


@dataclass(frozen=True)
class ResultPage(Page):
    """How it went; `explained` is empty before release."""

    template: ClassVar[str] = "quizzes/result.html"
    sitting: Sitting
    explained: Sequence[Explained]
    can_try_again: bool
    waits: bool = False
    """Whether a person has to read or tick something before there is a result."""
    evaluations: Sequence[Waiting] = ()
    """What can be handed in after it."""


@dataclass(frozen=True)
class KioskResultPage(ResultPage):
    """The same, with nobody signed in any more: asking again leads to the names."""

    request_path: str = "/kiosk"


@dataclass(frozen=True)
class KioskStartPage(Page):
    """What happens when a tablet becomes a kiosk."""

    template: ClassVar[str] = "quizzes/kiosk_start.html"
    training: TrainingSession


@dataclass(frozen=True)
class KioskPage(Page):
    """The queue of the room on a kiosk: who has not finished, then who has. Nothing of how anybody did."""

    template: ClassVar[str] = "quizzes/kiosk.html"
    titles: Mapping[str, str]
    waiting: Sequence[Name]
    finished: Sequence[Name]
    is_open: bool
    is_long: bool
    words: str = ""
    sentence: str = ""
    code: str = ""
    has_survey: bool = False
    """Whether workers are asked now, behind the code."""


@dataclass(frozen=True)
class KioskPinPage(Page):
    """Enter the PIN on a kiosk."""

    template: ClassVar[str] = "quizzes/kiosk_pin.html"
    person: Name
    form: PinForm


@dataclass(frozen=True)
class KioskLeavePage(Page):
    """Staff signed in on a kiosk: go on as one, or end it."""

    template: ClassVar[str] = "quizzes/kiosk_leave.html"


@dataclass(frozen=True)
class WatchedPage(Page):
    """Who is watched while doing a task."""

    template: ClassVar[str] = "quizzes/observed_people.html"
    training: TrainingSession
    quiz: QuizState
    people: Sequence[Watched]


@dataclass(frozen=True)
class ObservedPage(Page):
    """The tasks of one person, to tick what was seen."""

    template: ClassVar[str] = "quizzes/observed_person.html"
    training: TrainingSession
    quiz: QuizState
    watched: Watched
    tasks: Sequence[Task]
    sentence: str = ""


@dataclass(frozen=True)
class QuizPage(Page):
    """A quiz in the training room: what is now, what waits, other ways to take it, the results, the rules. With
    `is_live` the results say where people are now.
    """

    template: ClassVar[str] = "quizzes/quiz.html"
    training: TrainingSession
    quiz: QuizState
    form: WindowForm
    join_url: str
    join_qr: str
    people: Sequence[InRoom]
    is_live: bool
    sees_scores: bool
    may_open: bool
    reads_answers: bool
    has_observed: bool
    has_kiosk: bool
    is_practice: bool
    rules: Sequence[str]
    states: Mapping[Any, Any] = field(default_factory=lambda: STATES)
    is_swapped: bool = False
    work: Work | None = None


@dataclass(frozen=True)
class LastCodesPage(Page):
    """Enter what people showed who had no network: codes of options, or a code with words."""

    template: ClassVar[str] = "quizzes/last_codes.html"
    training: TrainingSession
    quiz: QuizState
    form: LastCodesForm
    in_words: LastWordsForm
