"""Which snapshot counts, how old it is, and what a new one means. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.factories.roster.text import fold
from app.factories.rules import Heads, JobRole, Sex

Counts = Mapping[tuple[JobRole | None, Sex | None], int]


@dataclass(frozen=True)
class Said:
    """What is said of one day. Where nothing is said of lines, shifts, under-18s or migrants it is None."""

    as_of: date
    source: str
    counts: Counts
    """People by role and sex, without zeros."""
    lines: int | None = None
    shifts: int | None = None
    under_18: int | None = None
    migrants: int | None = None
    is_revision: bool = False

    @property
    def heads(self) -> Heads:
        return Heads(self.counts)

    @property
    def numbers(self) -> tuple[Counts, int | None]:
        """What a file can say of a day."""
        return self.counts, self.lines


class Effect(StrEnum):
    """What becomes of a snapshot: of a new day; beside the one that it corrects; beside a correction that goes on
    counting; nothing, since it is known."""

    NEW = "new"
    CORRECTION = "correction"
    KEPT = "kept"
    KNOWN = "known"


def effect(said: Said, known: Sequence[Said]) -> Effect:
    """What becomes of a snapshot, given those of its day, the one that counts last.

    A snapshot that the day has already changes nothing, nor does one with the numbers that count. One that is no
    revision does not push a revision aside: it is the older knowledge, whenever it comes.
    """
    if not known:
        return Effect.NEW
    if said.numbers == known[-1].numbers or any(_same(said, each) for each in known):
        return Effect.KNOWN
    return Effect.KEPT if known[-1].is_revision and not said.is_revision else Effect.CORRECTION


def _same(one: Said, other: Said) -> bool:
    return (one.numbers, one.source, one.is_revision) == (other.numbers, other.source, other.is_revision)


def plan(listed: Iterable[Said], known: Mapping[date, Sequence[Said]]) -> list[tuple[Said, Effect]]:
    """What becomes of the snapshots of a file, by day, given those there are: of each day the one that counts last.

    Of one day in the file the revisions come after the others.
    """
    days = {day: list(said) for day, said in known.items()}
    decided = []
    for said in sorted(listed, key=lambda each: (each.as_of, each.is_revision)):
        of_day = days.setdefault(said.as_of, [])
        becomes = effect(said, of_day)
        decided.append((said, becomes))
        if becomes is Effect.KEPT:
            of_day.insert(0, said)
        elif becomes is not Effect.KNOWN:
            of_day.append(said)
    return decided


def months_old(as_of: date, today: date) -> int:
    """Whole months from a day to another, never less than none."""
    months = (today.year - as_of.year) * 12 + today.month - as_of.month
    return max(0, months - (today.day < as_of.day))


def is_old(as_of: date, today: date, months: int) -> bool:
    """Whether more than so many months have gone by since the day (DOMAIN 6.2 says six)."""
    return months_old(as_of, today - timedelta(days=1)) >= months


def is_of_another(own: Iterable[str | None], names: Iterable[str]) -> bool:
    """Whether a file names factories, and this one by none of its own names."""
    named = {fold(name) for name in names}
    return bool(named) and not named & {fold(name) for name in own if name}
