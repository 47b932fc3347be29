"""Words of the catalogue. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Category(StrEnum):
    """Shelf of the catalogue."""

    SUPERVISORY_SKILLS = "supervisory_skills"
    OSH = "osh"
    INDUSTRY_SEMINAR = "industry_seminar"
    COMMITTEE = "committee"
    AMBASSADOR = "ambassador"
    OTHER = "other"


class UnitKind(StrEnum):
    """What a unit is; `meeting` stands for all half-days together, and its result is the share attended."""

    LESSON = "lesson"
    QUIZ = "quiz"
    MEETING = "meeting"
    PRACTICE = "practice"


class QuizPhase(StrEnum):
    """When a quiz is taken: before and after the training, months later, or as often as one likes."""

    PRE = "pre"
    POST = "post"
    FOLLOW_UP = "follow_up"
    PRACTICE = "practice"


class ValidFrom(StrEnum):
    """From when the validity of a completion counts: its own day, the end of the one before, or up to a fixed day."""

    COMPLETION = "completion"
    EXPIRY = "expiry"
    FIXED_DAY = "fixed_day"


class AttendanceBy(StrEnum):
    """What the share of attendance is a share of: half-days, or the minutes of all half-days together."""

    HALF_DAYS = "half_days"
    MINUTES = "minutes"


PRESENT_FROM = 0.8
"""Share of the minutes of a half-day that makes present, where a course says nothing else."""
LATE_AFTER = 15
"""Minutes after the start of a half-day from which somebody is late, where a course says nothing else."""


class FormKind(StrEnum):
    """What a form without right answers is for."""

    EVALUATION = "evaluation"
    WORKER_SURVEY = "worker_survey"


POINTS: dict[str, tuple[str, ...]] = {
    "child-labour": ("child-labourers", "worst-forms", "hazardous-work", "documentation-of-young-workers"),
    "discrimination": ("race-and-origin", "religion-and-opinion", "gender", "other-grounds"),
    "forced-labour": ("coercion", "bonded-labour", "forced-overtime", "prison-labour"),
    "freedom-of-association": (
        "freedom-to-associate", "union-operations", "interference", "collective-bargaining", "strikes",
    ),
    "compensation": (
        "minimum-wage", "overtime-pay", "premium-pay", "method-of-payment", "wage-information", "paid-leave",
        "social-security",
    ),
    "contract-and-hr": (
        "employment-contracts", "contracting-procedures", "termination", "dialogue-discipline-disputes",
    ),
    "osh": (
        "management-systems", "chemicals", "worker-protection", "working-environment", "health-services",
        "welfare-facilities", "accommodation", "emergency-preparedness",
    ),
    "working-time": ("regular-hours", "overtime", "leave"),
}  # fmt: skip
"""The eight themes of the assessment tool and their points."""

THEMES = (*POINTS, *(f"{theme}/{point}" for theme, points in POINTS.items() for point in points))
"""Every theme, then every point as `theme/point`."""


_SOUNDS = (".mp3", ".m4a", ".ogg", ".opus")


def belongs_to_question(name: str) -> bool:
    """Whether a media file reads a question or an option aloud, `<quiz>.<title>-<number>.<language>.mp3`, or is its
    picture, `<quiz>.<title>-<number>.svg`. The number of an option as it was written says too much of it."""
    return name.count(".") > (2 if name.endswith(_SOUNDS) else 1)


class Length(StrEnum):
    """How long a course takes, as people ask for it."""

    SHORT = "short"
    DAY = "day"
    LONGER = "longer"


_SHORT_HOURS, _DAY_HOURS = 3, 8


def length_of(hours: float) -> Length:
    """Up to three hours are short, up to eight a day."""
    if hours <= _SHORT_HOURS:
        return Length.SHORT
    return Length.DAY if hours <= _DAY_HOURS else Length.LONGER


def with_theme(themes: Iterable[str]) -> frozenset[str]:
    """Themes and points, and of each point its theme: who looks for a theme finds what is about one of its points."""
    return frozenset(name for theme in themes for name in (theme, theme.partition("/")[0]))


@dataclass(frozen=True)
class Step:
    """A step of a pathway: `needed` of its courses are to be completed."""

    courses: tuple[str, ...]
    needed: int

    @property
    def is_choice(self) -> bool:
        return self.needed < len(self.courses)

    def is_done(self, completed: Collection[str]) -> bool:
        """Whether enough of its courses are among the completed ones."""
        return sum(code in completed for code in self.courses) >= self.needed


def steps(stored: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps of a pathway from how its edition keeps them: `course`, or `choose` and `of`."""
    return tuple(
        Step(tuple(each["of"]), each["choose"]) if "of" in each else Step((each["course"],), 1) for each in stored
    )
