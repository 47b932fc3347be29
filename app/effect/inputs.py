"""What goes into a comparison: the weeks that count, who was trained when, and what was sent in vain."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.effect import queries
from app.effect.analysing import Data
from app.effect.queries import TrainedLine
from app.effect.rules import Key, Line, Week, week_number

Place = tuple[Key, int]
"""A line and a week by number."""
_NOBODY = TrainedLine("", None, None, is_corrected=False)


def of_factories(factories: Sequence[int]) -> Data:
    """Everything of these factories. Five statements."""
    weeks, current = list[Week](), dict[Place, int]()
    for row in queries.weeks(factories):
        key = str(row.factory_id), row.line_key
        weeks.append(Week(key, row.monday, row.pieces * row.sam * 100.0 / (row.operators * row.minutes)))
        current[key, week_number(row.monday)] = row.file_id
    wasted = count(queries.unused(factories), current)
    present: dict[Key, set[int]] = {}
    for key, week in (*current, *wasted.places):
        present.setdefault(key, set()).add(week)
    trained = {(str(factory), line): said for (factory, line), said in queries.trainings(factories).items()}
    lines = [_line(key, trained.get(key, _NOBODY)) for key in sorted(present)]
    frozen = {key: frozenset(numbers) for key, numbers in present.items()}
    return Data(lines, weeks, frozen, wasted.nameless, len(weeks) + wasted.rows, _unknown(trained, frozen))


def _line(key: Key, said: TrainedLine) -> Line:
    return Line(key, said.trained_on, said.sex.value if said.sex else None, said.began_on)


@dataclass
class Wasted:
    """Rows that are not used and that no later file puts right: lines and weeks, rows of a line without a week, and
    rows that name no line."""

    places: dict[Place, int] = field(default_factory=dict)
    nameless: Counter[Key] = field(default_factory=Counter)
    other: int = 0

    def note(self, key: Key) -> None:
        """A row that does not say its week or its line."""
        if key[1]:
            self.nameless[key] += 1
        else:
            self.other += 1

    @property
    def rows(self) -> int:
        return sum(self.places.values()) + self.nameless.total() + self.other


def count(files: Sequence[Any], current: Mapping[Place, int]) -> Wasted:
    """Of files in the order in which they were applied; `current` says from which file the week of a line counts.

    Of a line and week counts the file that has its last word. Rows that say no line or week count as long as anything
    of their file does."""
    wasted, said_by, alive = Wasted(), dict[Place, int](), set(current.values())
    for file_id, factory_id, unused in files:
        for line, week in unused or ():
            key = str(factory_id), line
            place = key, week
            if line and week is not None:
                if current.get(place, file_id) == file_id:
                    again = said_by.get(place) == file_id
                    wasted.places[place] = 1 + (wasted.places[place] if again else 0)
                    said_by[place] = file_id
            elif file_id in alive:
                wasted.note(key)
    return wasted


def _unknown(trained: Mapping[Key, TrainedLine], present: Mapping[Key, frozenset[int]]) -> int:
    """Trainings of lines without weeks, in factories where it may be another name of a line of which nobody said
    whether it was trained. One after the last week makes no difference."""
    last: dict[str, int] = {}
    for (factory, _line), weeks in present.items():
        last[factory] = max(last.get(factory, 0), *weeks)
    said_of = {key for key, said in trained.items() if said.trained_on or said.is_corrected}
    unsaid = {key[0] for key in present if key not in said_of}
    return sum(
        key[0] in unsaid and not said.is_corrected and _before(said.trained_on, last[key[0]])
        for key, said in trained.items() if key not in present)


def _before(day: date | None, week: int) -> bool:
    return day is not None and week_number(day) < week


def marks(factories: Sequence[int], trained: queries.Trained | None = None) -> dict[str, str]:
    """Of each factory with weeks a mark of what would go in now, without reading the weeks: files never change, so
    which are applied, and who was trained when, says it all. Four statements; one where `trained` is known."""
    said: dict[int, list[Any]] = {}
    for factory, file_id, moment in queries.applied(factories):
        said.setdefault(factory, []).append([file_id, moment.isoformat()])
    known = queries.trainings(factories) if trained is None else trained
    for (factory, line), each in sorted(known.items(), key=lambda one: one[0]):
        if factory in said:
            said[factory].append([line, *map(str, (each.began_on, each.trained_on)), each.sex, each.is_corrected])
    return {str(factory): hashlib.sha256(json.dumps(each).encode()).hexdigest() for factory, each in said.items()}


def stale() -> list[tuple[int, int | None]]:
    """Programmes and factories - None for all of a programme - that were compared from other data than hold now, or
    never. Completions that come, go or are corrected, and people who are merged, order no comparison themselves."""
    found: list[tuple[int, int | None]] = []
    made = queries.made_from()
    for programme_id, factories in queries.all_with_weeks().items():
        now = marks(factories)
        wanted: dict[int | None, dict[str, str]] = {each: {str(each): now[str(each)]} for each in factories}
        if queries.was_ordered(programme_id):
            wanted[None] = now
        found += [(programme_id, each) for each, said in wanted.items() if made.get((programme_id, each)) != said]
    return found


def fingerprint(data: Data) -> str:
    """Of everything that goes in."""
    said = [
        [[*each.key, *map(str, (each.began_on, each.trained_on)), each.sex] for each in data.lines],
        [[*each.line, each.monday.isoformat(), repr(each.efficiency)] for each in data.weeks],
        [[*key, *sorted(numbers)] for key, numbers in sorted(data.present.items())],
        sorted([*key, number] for key, number in data.nameless.items()),
        [data.rows, data.unknown],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
