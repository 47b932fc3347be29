"""Where the marks of the effect over time lie. Pure: a template draws them, with a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.effect.rules import Period
from app.quizzes.results.plots import Frame

_WIDTH, _HEIGHT = 360, 260
_BAR_WIDTH, _BAR_HEIGHT = 180, 22
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A period: its estimate, and its interval where there is one."""

    x: float
    y: float
    low: float | None
    high: float | None
    is_before: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure with its interval, lying beside its row, and the line of no change."""

    frame: Frame
    zero: float
    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Course:
    """The effect by weeks since the training: marks, the zero line, words of both axes."""

    frame: Frame
    marks: Sequence[Mark]
    zero: float
    start: float
    y_ticks: Sequence[float]
    x_ticks: Sequence[int]


def course(periods: Sequence[Period], *, is_mirrored: bool) -> Course | None:
    """The plot of these periods; None for none."""
    if not periods:
        return None
    ends = [bound for each in periods for bound in (each.effect.pct, each.effect.low, each.effect.high)]
    values = [max(-100.0, min(300.0, each)) for each in ends if each is not None]
    step = _step(max(0.0, *values) - min(0.0, *values))
    low, high = step * (min(0.0, *values) // step), step * -(-max(0.0, *values) // step)
    first, last = periods[0].first, periods[-1].last + 1
    frame = Frame(_WIDTH, _HEIGHT, first - 1, last, low, max(high, low + step), is_mirrored)
    marks = [_mark(frame, each) for each in periods]
    ticks = [low + step * number for number in range(round((high - low) / step) + 1)]
    every = max(1, -(-len(periods) // _MOST_WORDS))
    words = [each.first for each in periods if each.first >= 0][::every]
    return Course(frame, marks, frame.y(0), frame.x(-1), ticks, words)


def bars(figures: Sequence[tuple[float, float, float] | None], *, is_mirrored: bool) -> list[Bar | None]:
    """Of each figure - low, middle, high - a bar; all on the same scale, in which no change has its place."""
    ends = [0.0, *(bound for each in figures if each for bound in each)]
    room = (max(ends) - min(ends)) * 0.05 or 1.0
    frame = Frame(
        _BAR_WIDTH, _BAR_HEIGHT, min(ends) - room, max(ends) + room, 0, 1, is_mirrored, before=2, below=2, margin=2)
    return [
        Bar(frame, frame.x(0), frame.x(each[1]), frame.x(each[0]), frame.x(each[2])) if each else None
        for each in figures]


def _mark(frame: Frame, each: Period) -> Mark:
    low, high = (frame.y(bound) if bound is not None else None for bound in (each.effect.low, each.effect.high))
    return Mark(frame.x((each.first + each.last + 1) / 2), frame.y(each.effect.pct), low, high, each.last < 0)


def _step(span: float) -> float:
    """The first of 1, 2, 5, 10 ... with which no more than six steps cover it."""
    size = 1.0
    while True:
        for step in (size, 2 * size, 5 * size):
            if span <= 6 * step:
                return step
        size *= 10
