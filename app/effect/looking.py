"""What weeks are like before any arithmetic: gaps, lines that stop, lines that are trained. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from app.effect.rules import STOPS_BEFORE, Key, Line, Seen, week_number

Spans = Mapping[str, tuple[int, int]]


def spans(present: Mapping[Key, Collection[int]]) -> Spans:
    """The first and last week of each factory, by number: of those that two of its lines have.

    A week that one line alone has compares with nothing, and before and after all others it is a slip of the year."""
    counted: dict[str, Counter[int]] = {}
    for (factory, _name), weeks in present.items():
        counted.setdefault(factory, Counter()).update(weeks)
    return {factory: _span(lines) for factory, lines in counted.items() if lines}


def _span(lines: Mapping[int, int]) -> tuple[int, int]:
    shared = [week for week, number in lines.items() if number > 1] or list(lines)
    return min(shared), max(shared)


def lies_in(span: tuple[int, int], week: int) -> bool:
    """Whether a week is one of them."""
    return span[0] <= week <= span[1]


def look(
    lines: Sequence[Line], present: Mapping[Key, Collection[int]], nameless: Mapping[Key, int], within: Spans, *,
    rows: int, bad_rows: int, unknown: int, unclear: int = 0,
) -> Seen:
    """Count gaps and stops. `present` holds the weeks of which a line has any row, usable or not, by number;
    `nameless` the rows of a line that do not say which week they are."""
    missing, stopped, trained, early = 0, [0, 0], 0, 0
    for line in lines:
        weeks, (first, last) = present[line.key], within[line.factory]
        begins, ends = min(weeks) - first, last - max(weeks)
        # a line that comes much later is new, one that goes much earlier has stopped
        edges = sum(gap for gap in (begins, ends) if gap < STOPS_BEFORE)
        missing += max(0, edges + max(weeks) - min(weeks) + 1 - len(weeks) - nameless.get(line.key, 0))
        before = line.trained_from is not None and week_number(line.trained_from) <= min(weeks)
        is_trained = line.trained_on is not None and not before and week_number(line.trained_on) < last
        early += before
        trained += is_trained
        stopped[is_trained] += ends >= STOPS_BEFORE
    return Seen(rows, bad_rows, len(lines), missing, stopped[True], stopped[False], trained, early, unknown, unclear)
