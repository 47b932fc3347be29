"""Where the marks of a plot lie. Pure: templates draw them as SVG, each with a table beside it that says the same.

In languages that are read from right to left a plot is read so too: its frame is mirrored, its words are not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

_WIDTH = 360
"""Of a drawing; narrow enough that its words are readable on a phone."""
_APART, _FARTHEST = 17, 20
"""Between the middles of two marks, and after how many steps of 5 the search for a free place ends."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a drawing in which marks lie, between `low` and `high` of both directions."""

    width: float
    height: float
    x_low: float
    x_high: float
    y_low: float
    y_high: float
    is_mirrored: bool = False
    before: float = 44
    """Room for the words of the upright axis."""
    below: float = 34
    margin: float = 12

    @property
    def left(self) -> float:
        return self.margin if self.is_mirrored else self.before

    @property
    def right(self) -> float:
        return self.width - (self.before if self.is_mirrored else self.margin)

    @property
    def bottom(self) -> float:
        return self.height - self.below

    @property
    def axis(self) -> float:
        """Where the upright axis stands: at the beginning of a line."""
        return self.right if self.is_mirrored else self.left

    @property
    def words(self) -> float:
        """Where the words of the upright axis end."""
        return self.axis + 6 if self.is_mirrored else self.axis - 6

    @property
    def direction(self) -> str:
        return "rtl" if self.is_mirrored else "ltr"

    def x(self, value: float) -> float:
        share = _share(value, self.x_low, self.x_high)
        return round(self.left + (self.right - self.left) * (1 - share if self.is_mirrored else share), 1)

    def y(self, value: float) -> float:
        return round(self.bottom - (self.bottom - self.margin) * _share(value, self.y_low, self.y_high), 1)


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark with its name; `is_marked` ones have another shape too."""

    x: float
    y: float
    name: int
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A bar that stands on the axis: shares from `low` to `high`, of so many people."""

    x: float
    y: float
    width: float
    height: float
    low: float
    high: float
    people: int

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """Before and after of one row."""

    y: float
    before: float
    after: float
    name: str
    is_loss: bool


@dataclass(frozen=True, slots=True)
class Scatter:
    frame: Frame
    x_ticks: Sequence[float]
    y_ticks: Sequence[float]
    dots: Sequence[Dot]


@dataclass(frozen=True, slots=True)
class Histogram:
    frame: Frame
    y_ticks: Sequence[int]
    columns: Sequence[Column]


@dataclass(frozen=True, slots=True)
class Dumbbells:
    frame: Frame
    x_ticks: Sequence[float]
    rows: Sequence[Dumbbell]


def scatter(points: Sequence[tuple[int, float, float, bool]], *, is_mirrored: bool) -> Scatter:
    """Number, facility (0..1) and discrimination (-1..1) of each question, and whether it is to be mended."""
    least = min([0.0, *(each[2] for each in points)])
    low = -1.0 if least < -0.5 else -0.5 if least < -0.001 else 0.0
    frame = Frame(_WIDTH, 280, 0, 1, low, 1, is_mirrored)
    ticks = [tick / 4 for tick in range(-4, 5) if tick / 4 >= low]
    dots: list[Dot] = []
    for number, facility, r, marked in points:
        x, y = _free(frame.x(facility), frame.y(r), dots, frame)
        dots.append(Dot(x, y, number, marked))
    return Scatter(frame, (0, 0.25, 0.5, 0.75, 1), ticks, dots)


def histogram(counts: Sequence[int], *, is_mirrored: bool) -> Histogram:
    """How many people are in each class of equal width between 0 and 1."""
    step = _step(max(counts, default=0))
    top = step * max(1, -(-max(counts, default=0) // step))
    frame = Frame(_WIDTH, 220, 0, 1, 0, top, is_mirrored)
    columns = []
    for number, people in enumerate(counts):
        low, high = number / len(counts), (number + 1) / len(counts)
        ends = sorted((frame.x(low), frame.x(high)))
        x, width = round(ends[0] + 1.5, 1), round(ends[1] - ends[0] - 3, 1)
        y = frame.y(people)
        columns.append(Column(x, y, width, round(frame.bottom - y, 1), low, high, people))
    return Histogram(frame, range(0, top + 1, step), columns)


def dumbbells(rows: Sequence[tuple[str, float, float]], *, is_mirrored: bool) -> Dumbbells:
    """Name, share before and share after (0..1) of each row."""
    frame = Frame(_WIDTH, 46 + 26 * max(1, len(rows)), 0, 1, 0, 1, is_mirrored, before=82)
    drawn = [
        Dumbbell(frame.margin + 13 + 26 * place, frame.x(before), frame.x(after), name, after < before)
        for place, (name, before, after) in enumerate(rows)
    ]
    return Dumbbells(frame, (0, 0.25, 0.5, 0.75, 1), drawn)


def _free(x: float, y: float, taken: Sequence[Dot], frame: Frame) -> tuple[float, float]:
    """The nearest place to where a mark belongs at which it hides none of the others."""
    for step in range(_FARTHEST):
        for turn in range(12 if step else 1):
            left, top = x + step * 5 * cos(turn * pi / 6), y + step * 5 * sin(turn * pi / 6)
            is_inside = frame.left <= left <= frame.right and frame.margin <= top <= frame.bottom
            if (is_inside or not step) and all(hypot(left - dot.x, top - dot.y) >= _APART for dot in taken):
                return round(left, 1), round(top, 1)
    return x, y


def _share(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _step(most: int) -> int:
    """The first of 1, 2, 5, 10, 20 ... with which no more than five steps lead to the top."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if most <= 5 * step:
                return step
        size *= 10
