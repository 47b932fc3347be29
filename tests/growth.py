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
    small, large = _best(make(size), act), _best(make(8 * size), act)
    assert large < 24 * max(small, LEAST), f"{size}: {small:.4f} s, {8 * size}: {large:.4f} s"


LEAST = 0.002
"""Seconds below which the clock and the start of a call say more than the work."""


def _best(given: Given, act: Callable[[Given], object]) -> float:
    return min(_seconds(given, act) for _ in range(3))


def _seconds(given: Given, act: Callable[[Given], object]) -> float:
    gc.disable()  # what other tests left behind is none of this one's work
    began = time.process_time()
    try:
        act(given)
    finally:
        gc.enable()
    return time.process_time() - began
