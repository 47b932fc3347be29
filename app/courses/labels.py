"""Words for the values of the catalogue."""

from typing import Any

from app.courses.rules import Category, UnitKind
from app.platform.i18n import lazy

CATEGORIES: dict[Category, Any] = {
    Category.SUPERVISORY_SKILLS: lazy("Supervisory skills"),
    Category.OSH: lazy("Safety and health"),
    Category.INDUSTRY_SEMINAR: lazy("Industry seminar"),
    Category.COMMITTEE: lazy("Committee"),
    Category.AMBASSADOR: lazy("Factory Ambassador"),
    Category.OTHER: lazy("Other"),
}

UNIT_KINDS: dict[UnitKind, Any] = {
    UnitKind.LESSON: lazy("Lesson"),
    UnitKind.QUIZ: lazy("Quiz"),
    UnitKind.MEETING: lazy("Half-days"),
    UnitKind.PRACTICE: lazy("Practice task"),
}

MODALITIES: dict[str, Any] = {
    "in_person": lazy("In person"),
    "virtual": lazy("Virtual"),
    "hybrid": lazy("In person and virtual"),
}

THEMES: dict[str, Any] = {
    "child-labour": lazy("Child labour"),
    "discrimination": lazy("Discrimination"),
    "forced-labour": lazy("Forced labour"),
    "freedom-of-association": lazy("Freedom of association"),
    "compensation": lazy("Compensation"),
    "contract-and-hr": lazy("Contracts and human resources"),
    "osh": lazy("Safety and health at work"),
    "working-time": lazy("Working time"),
}

ROLES: dict[str, Any] = {
    "helper": lazy("Helper"),
    "operator": lazy("Operator"),
    "quality": lazy("Quality"),
    "mechanic": lazy("Mechanic"),
    "office": lazy("Office"),
    "supervisor": lazy("Supervisor"),
    "indirect_supervisor": lazy("Supervisor of supervisors"),
    "manager": lazy("Manager"),
}
