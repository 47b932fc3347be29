"""Whether time grows with the work, not with its square."""

import gc
import time
from collections.abc import Callable
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
