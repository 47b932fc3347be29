"""When two entries are likely one person, and how their employments fit together. Pure.

Suggested are only pairs with something that speaks for them beside the name: garment towns have hundreds of people of
one name. Whoever decides is a person.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from app.factories.rules import Sex

LARGEST_BLOCK = 40
"""A telephone that more people share is that of an office or a dormitory and says nothing."""
BEGINNING, LAST_BAND, BAND_YEARS = 1940, 2010, 5


class Reason(StrEnum):
    """Why two entries may be one person, the strongest first."""

    SAME_NAME_AND_PHONE = "same_name_and_phone"
    SAME_NAME_AND_BAND = "same_name_and_band"
    LIKE_NAME_AND_PHONE = "like_name_and_phone"
    LIKE_NAME_AND_BAND = "like_name_and_band"


@dataclass(frozen=True)
class Known:
    """What is known of a person, names folded for searching."""

    person_id: int
    name: str
    local_name: str
    sex: Sex | None = None
    band: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Pair:
    """Two people who may be one; `first_id` is the smaller number."""

    first_id: int
    second_id: int
    reason: Reason


def bands() -> list[str]:
    """The five-year bands in which a person may have been born, the latest first."""
    starts = range(LAST_BAND, BEGINNING - 1, -BAND_YEARS)
    return [f"{start}-{start + BAND_YEARS - 1}" for start in starts]


def suggest(people: Iterable[Known], apart: Iterable[tuple[int, int]] = ()) -> list[Pair]:
    """Likely pairs, the strongest first. `apart` are pairs, smaller number first, known to be two people."""
    known, found = set(apart), {}
    for one, other in _candidates(list(people)):
        first, second = sorted((one, other), key=lambda each: each.person_id)
        key = (first.person_id, second.person_id)
        if key not in known and key not in found and (reason := why(first, second)):
            found[key] = Pair(*key, reason)
    order = list(Reason)
    return sorted(found.values(), key=lambda pair: (order.index(pair.reason), pair.first_id, pair.second_id))


def why(one: Known, other: Known) -> Reason | None:
    """What speaks for one person, unless something speaks against it: another sex, another band, another telephone."""
    if _differ(_told(one.sex), _told(other.sex)) or _differ(one.band, other.band) or _differ(one.phone, other.phone):
        return None
    by_phone, by_band = bool(one.phone and other.phone), bool(one.band and other.band)
    if not by_phone and not by_band:
        return None
    if is_same_name(one, other):
        return Reason.SAME_NAME_AND_PHONE if by_phone else Reason.SAME_NAME_AND_BAND
    if is_like_name(one, other):
        return Reason.LIKE_NAME_AND_PHONE if by_phone else Reason.LIKE_NAME_AND_BAND
    return None


def is_same_name(one: Known, other: Known) -> bool:
    """The same words in some order, in either script."""
    pairs = ((one.name, other.name), (one.local_name, other.local_name))
    return any(a and b and name_key(a) == name_key(b) for a, b in pairs)


def is_like_name(one: Known, other: Known) -> bool:
    """A likely variant of spelling in either script."""
    pairs = ((one.name, other.name), (one.local_name, other.local_name))
    return any(a and b and distance(a, b, most=allowed(a, b)) <= allowed(a, b) for a, b in map(_keys, pairs))


def name_key(name: str) -> str:
    """A folded name without order, spaces, and the ways one letter is encoded."""
    words = unicodedata.normalize("NFKD", name).replace("-", " ").replace("'", "").split()
    return "".join(sorted(words))


def allowed(one: str, other: str) -> int:
    """Signs that may differ: none in short names, where one sign makes another name."""
    length = min(len(one), len(other))
    return 0 if length < 5 else 1 if length < 10 else 2


def distance(one: str, other: str, most: int) -> int:
    """Signs to insert, delete or replace, counted no further than `most` + 1 (Levenshtein 1966)."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for place, sign in enumerate(one, 1):
        before, row = row, [place]
        for column, against in enumerate(other, 1):
            row.append(min(before[column] + 1, row[-1] + 1, before[column - 1] + (sign != against)))
        if min(row) > most:
            return most + 1
    return row[-1]


def _keys(names: tuple[str, str]) -> tuple[str, str]:
    return name_key(names[0]), name_key(names[1])


def _told(sex: Sex | None) -> Sex | None:
    """A sex that somebody chose not to say speaks against nothing."""
    return None if sex is Sex.UNDISCLOSED else sex


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _candidates(people: Sequence[Known]) -> Iterator[tuple[Known, Known]]:
    """Pairs that share a telephone, or a band and a part of a name: no list is compared with itself as a whole."""
    blocks: dict[tuple[str, ...], list[Known]] = defaultdict(list)
    for person in people:
        for key in _blocks(person):
            blocks[key].append(person)
    for block in blocks.values():
        if len(block) <= LARGEST_BLOCK:
            yield from combinations(block, 2)


def _blocks(person: Known) -> set[tuple[str, ...]]:
    keys: set[tuple[str, ...]] = {("phone", person.phone)} if person.phone else set()
    if person.band:
        for name in filter(None, (name_key(person.name), name_key(person.local_name))):
            half = len(name) // 2
            # A single different sign leaves one half as it was.
            parts = (("name", name), ("head", name[:half]), ("tail", name[half:]))
            keys |= {(part, person.band, text) for part, text in parts}
    return keys


@dataclass(frozen=True)
class Stint:
    """An employment at one factory; `ended_on` is the first day after it."""

    employment_id: int
    started_on: date
    ended_on: date | None
    is_winners: bool


def untangle(stints: Iterable[Stint]) -> dict[int, date]:
    """New ends for stints at one factory that overlap: nobody works twice at a time, and nobody leaves by a merge.

    The earlier stint ends where the later begins; one that lies wholly inside another never held. Of two that begin and
    end together the winner's holds.
    """
    ends: dict[int, date] = {}
    held: Stint | None = None
    for stint in sorted(stints, key=lambda each: (each.started_on, _end(each), each.is_winners, each.employment_id)):
        if stint.ended_on is not None and stint.ended_on <= stint.started_on:
            continue
        if held is not None and _end(held) > stint.started_on:
            if _end(stint) < _end(held):
                ends[stint.employment_id] = stint.started_on
                continue
            ends[held.employment_id] = stint.started_on
        held = stint
    return ends


def _end(stint: Stint) -> date:
    return stint.ended_on or date.max
