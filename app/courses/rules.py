"""Words of the catalogue. Pure."""

from collections.abc import Iterable
from enum import StrEnum

from app.platform.i18n.folding import searchable


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


def matches(words: str, texts: Iterable[str]) -> bool:
    """Whether every searched word occurs in some of the texts, in any script, accents and case ignored."""
    folded = searchable(*texts)
    return all(word in folded for word in searchable(words).split())
