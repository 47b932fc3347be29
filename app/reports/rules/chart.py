"""Columns of a chart, one on the other, with their places. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.rules.facts import Way

WIDTH, HEIGHT = 400.0, 240.0
_START, _BOTTOM, _TOP = 0.0, 210.0, 20.0
_LABELS = 4
"""So many months are named: more names would lie on each other."""
KINDS: Mapping[Way, str] = {Way.IN_PERSON: "dot", Way.VIRTUAL: "need", Way.BOTH: "ring"}
"""How each modality is drawn: filled, washed, or as a line alone, so that it is told apart without colours too."""


@dataclass(frozen=True)
class Piece:
    """A part of a column."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Column:
    """A month."""

    day: date
    middle: float
    top: float
    total: int
    is_labelled: bool
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Chart:
    """Columns between a floor and the largest of them."""

    width: float
    height: float
    bottom: float
    start: float
    end: float
    columns: Sequence[Column]


def chart(months: Sequence[tuple[date, Mapping[Way, int]]], *, is_rtl: bool) -> Chart:
    """The first month begins where reading begins. Of many months only some are labelled."""
    room = (WIDTH - _START) / max(len(months), 1)
    most = max((sum(counts.values()) for _day, counts in months), default=0) or 1
    apart = -(-len(months) // _LABELS)
    columns = []
    for number, (day, counts) in enumerate(months):
        left = number * room if not is_rtl else WIDTH - _START - (number + 1) * room
        left += 0 if is_rtl else _START
        columns.append(_column(day, counts, left, room, most, is_labelled=number % apart == 0))
    start, end = (0.0, WIDTH - _START) if is_rtl else (_START, WIDTH)
    return Chart(WIDTH, HEIGHT, _BOTTOM, start, end, columns)


def _column(day: date, counts: Mapping[Way, int], left: float, room: float, most: int, *, is_labelled: bool) -> Column:
    pieces, floor = [], _BOTTOM
    for way, kind in KINDS.items():
        height = (_BOTTOM - _TOP) * counts[way] / most
        floor -= height
        if height:
            places = (left + room * 0.2, floor, room * 0.6, height)
            pieces.append(Piece(kind, *(round(each, 2) for each in places)))
    return Column(day, round(left + room / 2, 2), round(floor, 2), sum(counts.values()), is_labelled, pieces)
