"""Who and what a list means: people by number or name, courses by code or title. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.factories.roster.names import same_name_key
from app.factories.roster.numbers import number_key
from app.factories.roster.text import fold
from app.learning_record.earlier.results import Row


class By(StrEnum):
    """How somebody was found."""

    NUMBER = "number"
    """The number is of one person alone, and the name, if any, is the person's: taken without a question."""
    PROPOSED = "proposed"
    """By the name, or by a number under another name: a person says who it is."""
    NOBODY = "nobody"


@dataclass(frozen=True)
class Someone:
    """Somebody who works or worked at the factory."""

    person_id: int
    name: str
    local_name: str | None
    employee_number: str

    @property
    def names(self) -> set[str]:
        return {same_name_key(name) for name in (self.name, self.local_name) if name}


@dataclass(frozen=True)
class Match:
    """Whom a row means; `people` are one where it is sure, else those to choose from."""

    by: By
    people: tuple[Someone, ...] = ()


def match(rows: Iterable[Row], people: Sequence[Someone]) -> dict[int, Match]:
    """Row -> whom it means."""
    by_number: dict[str, dict[int, Someone]] = defaultdict(dict)
    by_name: dict[str, dict[int, Someone]] = defaultdict(dict)
    for one in people:
        by_number[number_key(one.employee_number)][one.person_id] = one
        for name in one.names:
            by_name[name].setdefault(one.person_id, one)
    return {row.row: _match(row, by_number, by_name) for row in rows}


def _match(
    row: Row, by_number: Mapping[str, Mapping[int, Someone]], by_name: Mapping[str, Mapping[int, Someone]]
) -> Match:
    numbered = by_number.get(number_key(row.employee_number), {}) if row.employee_number else {}
    named = by_name.get(same_name_key(row.name), {}) if row.name else {}
    both = [one for person_id, one in numbered.items() if person_id in named]
    if len(both) == 1 or (len(numbered) == 1 and not row.name):
        return Match(By.NUMBER, (*both, *numbered.values())[:1])
    found = {**numbered, **named}
    return Match(By.PROPOSED if found else By.NOBODY, tuple(found.values()))


def match_courses(
    texts: Iterable[str], courses: Iterable[tuple[int, str, Mapping[str, str]]]
) -> dict[str, int]:
    """What is written -> course, for what is a code or a title in some language of one course alone."""
    known: dict[str, set[int]] = defaultdict(set)
    for course_id, code, titles in courses:
        for word in (code, *titles.values()):
            known[fold(word)].add(course_id)
    found = {text: known.get(fold(text), set()) for text in texts}
    return {text: next(iter(courses)) for text, courses in found.items() if len(courses) == 1}
