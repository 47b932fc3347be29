"""Words for levels of evidence, and a filter in words."""

from typing import Any

from app.factories.labels import ONE_SEX, ROLES
from app.learning_record.kinds import GROUPS
from app.learning_record.queries import Wanted
from app.learning_record.rules import EvidenceLevel
from app.platform.i18n import _, lazy
from app.platform.i18n.formats import format_date

LEVELS: dict[EvidenceLevel, Any] = {
    EvidenceLevel.A: lazy("By the programme"),
    EvidenceLevel.B: lazy("By an ambassador, with names"),
    EvidenceLevel.C: lazy("By the word of the factory"),
}
LEVELS_APART = lazy(
    "The levels are never added up: what is known by name and what was only counted are not the same."
)


def in_words(wanted: Wanted, course: str, person: str) -> list[str]:
    """What a printed or exported record shows, for whoever holds the paper."""
    said = [
        str(GROUPS[wanted.group]) if wanted.group else "",
        course,
        wanted.line,
        str(ROLES[wanted.role]) if wanted.role else "",
        str(ONE_SEX[wanted.sex]) if wanted.sex else "",
        _("Evidence level %(level)s", level=wanted.level) if wanted.level else "",
        _("From %(day)s", day=format_date(wanted.since)) if wanted.since else "",
        _("Until %(day)s", day=format_date(wanted.until)) if wanted.until else "",
        person,
    ]
    return [each for each in said if each]
