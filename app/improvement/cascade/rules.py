"""What a session that an ambassador held is worth as evidence (DOMAIN 5.1), and how many it reached. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.factories.rules import Sex

LONGEST_TOPIC = 200
FEWEST_MINUTES, MOST_MINUTES = 5, 600
MOST_HEADS = 20_000
"""Of one sex in one session: more than any factory has; a slip of the finger is refused, nothing else."""


class Level(StrEnum):
    """Level A - the programme's own trainers - is not entered here, and nothing here is ever added to it."""

    B = "B"
    """A certified ambassador or master trainer, with a roster."""
    C = "C"
    """What the factory counts: no names, or nobody certified."""


def level(*, has_roster: bool, is_certified: bool) -> Level:
    """What a session is worth."""
    return Level.B if has_roster and is_certified else Level.C


@dataclass(frozen=True)
class Heads:
    """People by sex; `others` are also those who did not say."""

    women: int = 0
    men: int = 0
    others: int = 0

    @property
    def total(self) -> int:
        return self.women + self.men + self.others

    def __add__(self, more: "Heads") -> "Heads":
        return Heads(self.women + more.women, self.men + more.men, self.others + more.others)


def heads_of(sexes: Iterable[Sex | None]) -> Heads:
    """A roster as heads."""
    found = list(sexes)
    women, men = found.count(Sex.F), found.count(Sex.M)
    return Heads(women, men, len(found) - women - men)


def is_doubtful(heads: Heads, declared: int | None) -> bool:
    """Whether a session counts more people than the factory has declared: shown, and refused nobody."""
    return declared is not None and heads.total > declared


class Why(StrEnum):
    """Why an entry is corrected."""

    WRONG_DAY = "wrong_day"
    WRONG_PEOPLE = "wrong_people"
    WRONG_TOPIC = "wrong_topic"
    ENTERED_TWICE = "entered_twice"
    NOT_HELD = "not_held"
    OTHER = "other"
