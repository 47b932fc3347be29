"""Teams until 2021: a list of who joined and who left, without addresses. The actions are words of some language."""

from collections import Counter
from collections.abc import Sequence

from app.attendance.reports.formats.lines import LONGEST_NAME, Numbered, numbered
from app.attendance.reports.layouts import written
from app.attendance.reports.moments import read_moment
from app.attendance.reports.names import identity
from app.attendance.reports.results import Event, Occurrence, ReadFile, Source
from app.attendance.reports.vocabulary import action

_COLUMNS = 3
_MOST_ACTIONS = 6
_READABLE = 0.5


def read(source: Source) -> ReadFile | None:
    """Three columns: name, action, moment."""
    rows = numbered(source.rows, 0)
    if len(rows) < 2 or any(len(row) > _COLUMNS for _, row in rows):
        return None
    listed = [(number, row) for number, row in rows[1:] if len(row) == _COLUMNS]
    moments = [read_moment(row[2]) for _, row in listed]
    words = {written(row[1]) for _, row in listed}
    if not listed or sum(map(bool, moments)) < _READABLE * len(listed) or len(words) > _MOST_ACTIONS:
        return None
    joins = _joins(listed, words)
    events = tuple(
        Event(number, written(row[0])[:LONGEST_NAME], moment, joins[written(row[1])])
        for (number, row), moment in zip(listed, moments, strict=True)
        if moment and written(row[0])
    )
    return ReadFile("teams", "teams-events", (Occurrence(events=events),))


def _joins(rows: Sequence[Numbered], words: set[str]) -> dict[str, bool]:
    """Whether each action is a coming. A word that is not known is one when people's rows begin with it."""
    known = {word: action(word) for word in words}
    first: dict[str, str] = {}
    for _, row in rows:
        first.setdefault(identity(written(row[0]), None), written(row[1]))
    times, begins = Counter(written(row[1]) for _, row in rows), Counter(first.values())
    return {
        word: meaning == "joined" if meaning else begins[word] * 2 > times[word] for word, meaning in known.items()
    }
