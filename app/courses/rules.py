"""Words of the catalogue. Pure."""

from enum import StrEnum


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
