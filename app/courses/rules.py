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


def matches(words: str, texts: Iterable[str]) -> bool:
    """Whether every searched word occurs in some of the texts, in any script, accents and case ignored."""
    folded = searchable(*texts)
    return all(word in folded for word in searchable(words).split())
