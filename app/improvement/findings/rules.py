"""What a finding is, which one counts, and what a file changes. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is, from below."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class FindingStatus(StrEnum):
    """How far the factory is with it."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"


UNSOLVED = (FindingStatus.OPEN, FindingStatus.IN_PROGRESS)


class FileState(StrEnum):
    """What became of a file of findings."""

    PREVIEWED = "previewed"
    APPLIED = "applied"
    UNDONE = "undone"


class Effect(StrEnum):
    """What becomes of a row: of a question that is new; of one whose state it changes; of one of which something later
    is known already; nothing, since it is known."""

    NEW = "new"
    CHANGED = "changed"
    OLDER = "older"
    KNOWN = "known"


@dataclass(frozen=True)
class Said:
    """What an assessment says of a question in a factory."""

    factory_id: int
    cluster: str
    point: str
    question: str
    severity: Severity | None
    assessed_on: date
    status: FindingStatus

    @property
    def key(self) -> tuple[int, str]:
        return self.factory_id, self.question


def plan(listed: Iterable[Said], known: Mapping[tuple[int, str], Sequence[Said]]) -> list[tuple[Said, Effect]]:
    """What becomes of each row of a file, given what is known of the questions. The rows are taken by their day, and
    of one day in the order of the file: the latest day counts, and of one day what was said last."""
    questions = {key: list(said) for key, said in known.items()}
    decided = []
    for said in sorted(listed, key=lambda each: each.assessed_on):
        before = questions.setdefault(said.key, [])
        effect = _effect(said, before)
        decided.append((said, effect))
        if effect is not Effect.KNOWN:
            before.append(said)
    return decided


def _effect(said: Said, before: Sequence[Said]) -> Effect:
    if said in before:
        return Effect.KNOWN
    if not before:
        return Effect.NEW
    return Effect.OLDER if said.assessed_on < max(each.assessed_on for each in before) else Effect.CHANGED
