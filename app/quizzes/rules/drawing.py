"""Which questions of a bank an attempt asks, and in which order. Pure: the same seed always draws the same."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True, slots=True)
class Item:
    """A question of a bank as drawing knows it. `part` is the part of the blueprint that it belongs to, `form` the
    parallel form (from 0); None belongs to all. A text without question stays before the question that follows it.
    """

    question_id: int
    part: str | None = None
    form: int | None = None
    is_text: bool = False


def form_of(training_id: int, person_id: int, turn: int, forms: int) -> int:
    """The parallel form (from 0) that a person gets. `turn` is 0 before the course, 1 after it, 2 months later:
    half of the people begin with each form, and nobody meets the same one at two turns that follow each other.
    """
    return (int(_digest("form", training_id, person_id)[:8], 16) + turn) % forms


def form_named(tag: str) -> int | None:
    """The parallel form (from 0) that a tag of a question names: `form-1` is the first."""
    number = tag.removeprefix("form-")
    return int(number) - 1 if number != tag and number.isdecimal() and number != "0" else None


def drawn(
    bank: Sequence[Item], blueprint: Mapping[str, int] | None, *, seed: int, form: int = 0, mixed: bool = False
) -> tuple[int, ...]:
    """Ids of the questions to ask. Of each part of the blueprint as many as it says, by chance when the bank has more;
    questions of no part are always asked. In the order of the bank, or `mixed`.
    """
    groups = [group for group in _grouped(bank) if group[-1].is_text or group[-1].form in {None, form}]
    chosen = [group for group in groups if not blueprint or _part(group) not in blueprint]
    for part, wanted in (blueprint or {}).items():
        of_part = [group for group in groups if _part(group) == part]
        chosen += sorted(of_part, key=lambda group: _digest("draw", seed, group[-1].question_id))[:wanted]
    place = {group: number for number, group in enumerate(groups)}
    chosen.sort(key=(lambda group: _digest("order", seed, group[-1].question_id)) if mixed else place.__getitem__)
    return tuple(item.question_id for item in chain.from_iterable(chosen))


def _part(group: Sequence[Item]) -> str | None:
    """That of the question; texts at the end belong to none."""
    return None if group[-1].is_text else group[-1].part


def _grouped(bank: Sequence[Item]) -> list[tuple[Item, ...]]:
    """Each question with the texts that lead to it; texts at the end stand alone."""
    groups: list[tuple[Item, ...]] = []
    waiting: tuple[Item, ...] = ()
    for item in bank:
        waiting = (*waiting, item)
        if not item.is_text:
            groups.append(waiting)
            waiting = ()
    return [*groups, *([waiting] if waiting else [])]


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
