"""Roles, sexes and how names are compared. Pure."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class JobRole(StrEnum):
    """Roles in a factory, from below."""

    HELPER = "helper"
    OPERATOR = "operator"
    QUALITY = "quality"
    MECHANIC = "mechanic"
    OFFICE = "office"
    SUPERVISOR = "supervisor"
    INDIRECT_SUPERVISOR = "indirect_supervisor"
    MANAGER = "manager"


class Sex(StrEnum):
    """As a person or a roster says; None where nothing is said."""

    F = "F"
    M = "M"
    OTHER = "other"
    UNDISCLOSED = "undisclosed"


class ImportState(StrEnum):
    """What became of a roster file."""

    PREVIEWED = "previewed"
    APPLIED = "applied"
    UNDONE = "undone"
    WORKING = "working"
    REFUSED = "refused"


@dataclass(frozen=True)
class Heads:
    """People counted by role and sex."""

    counts: Mapping[tuple[JobRole | None, Sex | None], int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def sexes(self) -> set[Sex | None]:
        """Women and men, and every other sex of which there is anybody."""
        return {Sex.F, Sex.M} | {sex for (_, sex), number in self.counts.items() if number}

    def of(self, role: JobRole | None) -> int:
        """People in a role, None for those whose role is not known."""
        return sum(number for (each, _), number in self.counts.items() if each == role)

    def with_sex(self, sex: Sex, role: JobRole | None) -> int:
        """People of a sex in a role, None for those whose role is not known."""
        return self.counts.get((role, sex), 0)

    def all_with_sex(self, sex: Sex) -> int:
        """People of a sex, whatever their role."""
        return sum(number for (_, each), number in self.counts.items() if each == sex)


class FactoryStatus(StrEnum):
    """Whether a factory takes part."""

    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class Product(StrEnum):
    """What a factory makes. Not every factory of a programme sews garments (DOMAIN 2.1)."""

    KNIT = "knit"
    WOVEN = "woven"
    DENIM = "denim"
    SWEATER = "sweater"
    UNDERWEAR = "underwear"
    FOOTWEAR = "footwear"
    LEATHER_GOODS = "leather_goods"
    HOME_TEXTILE = "home_textile"
    NON_GARMENT = "non_garment"


class TermKind(StrEnum):
    """What a dated term of a factory says."""

    SUPPORT_TIER = "support_tier"
    ENGAGEMENT_MODE = "engagement_mode"


class LineKind(StrEnum):
    """A line sews; a section does anything else."""

    LINE = "line"
    SECTION = "section"


class CommitteeKind(StrEnum):
    """What a committee is for."""

    BIPARTITE = "bipartite"
    SAFETY = "safety"


class Side(StrEnum):
    """Whom a member of a committee speaks for."""

    MANAGEMENT = "management"
    WORKER = "worker"


class EndReason(StrEnum):
    """Why an employment ended."""

    LEFT = "left"
    MOVED_ROLE = "moved_role"
    MOVED_FACTORY = "moved_factory"


FEWEST_LETTERS = 3
"""Shorter words would answer with a list of everybody."""
_FEWEST_SIGNS = {
    "CJK": 1, "HANGUL": 1, "ETHIOPIC": 2, "KHMER": 2, "BENGALI": 2, "SINHALA": 2, "TAMIL": 2, "DEVANAGARI": 2,
    "MYANMAR": 2, "THAI": 2, "LAO": 2, "GUJARATI": 2, "TELUGU": 2, "MALAYALAM": 2,
}
"""Where a letter is a syllable, or nearly, fewer say as much."""


def is_enough_to_search(words: str) -> bool:
    """Whether some word is long enough to look for people by: three letters or digits; two, or one, where a sign is a
    syllable."""
    return any(_signs(word) for word in words.split())


def _signs(word: str) -> bool:
    signs = [sign for sign in word if unicodedata.category(sign)[0] in "LMN"]
    if not signs:
        return False
    script = unicodedata.name(signs[0], "").partition(" ")[0]
    return len(signs) >= _FEWEST_SIGNS.get(script, FEWEST_LETTERS)
