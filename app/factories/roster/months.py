"""Names of months in the languages of the lists."""

from dataclasses import dataclass
from functools import cache

from app.factories.roster.text import fold
from app.factories.roster.vocabulary import words


@dataclass(frozen=True)
class Months:
    """Folded names to month numbers, and words of dates that say nothing."""

    gregorian: dict[str, int]
    ethiopian: dict[str, int]
    fillers: frozenset[str]


@cache
def months() -> Months:
    """All month names; English abbreviations are the ones spreadsheet programs write (Mar, Sept)."""
    data = words("months")
    gregorian: dict[str, int] = {}
    for names in data["gregorian"].values():
        for number, forms in enumerate(names, 1):
            for form in forms.split("|"):
                gregorian.setdefault(fold(form), number)
    ethiopian = {fold(form): number for number, forms in enumerate(data["ethiopian"], 1) for form in forms.split("|")}
    return Months(gregorian, ethiopian, frozenset(map(fold, data["fillers"])))
