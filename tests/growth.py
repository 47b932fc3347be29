"""Whether time grows with the work, not with its square, and whether work that could be endless is small."""

import gc
import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

Given = TypeVar("Given")


def assert_linear(make: Callable[[int], Given], act: Callable[[Given], object], size: int) -> None:
    """`act` on what `make` makes eight times as large takes about eight times as long; with its square, 64 times.

    Time of this process alone, the best of three: another that keeps the machine busy changes nothing.
    """
    given = make(size)
    small = min(_seconds(given, act) for _ in range(TRIES))
    given = make(8 * size)
    tried: list[float] = []
    while len(tried) < TRIES and not (tried and min(tried) < 24 * max(small, LEAST)):
        tried.append(_seconds(given, act))
    assert min(tried) < 24 * max(small, LEAST), f"{size}: {small:.4f} s, {8 * size}: {min(tried):.4f} s"


def assert_small(act: Callable[[], Given], most: int) -> Given:
    """`act` takes this process at most so many times what a fixed piece of work takes it; what `act` gives.

    The piece takes about a hundredth of a second of a desk's processor.
    """
    given: list[Given] = []
    pieces = _seconds(None, lambda _nothing: given.append(act())) / _piece()
    assert pieces < most, f"{pieces:.0f} pieces of work"
    return given[0]


TRIES = 3
LEAST = 0.002
"""Seconds below which the clock and the start of a call say more than the work."""


def _seconds(given: Given, act: Callable[[Given], object]) -> float:
    gc.disable()  # what other tests left behind is none of this one's work
    began = time.process_time()
    try:
        act(given)
    finally:
        gc.enable()
    return time.process_time() - began


@cache
def _piece() -> float:
    """How many seconds the piece of work takes, the best of three."""
    return min(_seconds(range(200_000), _sum_of_squares) for _ in range(TRIES))


def _sum_of_squares(numbers: range) -> int:
    return sum(number * number for number in numbers)
