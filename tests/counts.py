"""How often something is tried: a part of it usually, all of it in `./dev test long`."""

import os
from collections.abc import Sequence
from random import Random
from typing import NamedTuple, TypeVar

T = TypeVar("T")
IS_LONG = bool(os.environ.get("SEAMWISE_LONG"))
SHARE = 4
CROWD = 200 if IS_LONG else 70
"""So many people come in from one address: more than any limit of a device or of a code."""
SAMPLE = 20
"""Of so many tests that ask a database `./dev test quick` runs one."""


def examples(full: int) -> int:
    """How many random examples Hypothesis tries of the `full` number."""
    return full if IS_LONG else max(10, full // 10)


class Sample(NamedTuple):
    """What the mark `sampled` may say."""

    number: int = 1
    each: str | None = None


def sampled(values: Sequence[T], name: str, number: int = 1) -> list[T]:
    """Usually so many of the values, chosen once and for all by the name of whoever asks; in the long run all of them.

    Of tests that differ in nothing but their parameters the mark `sampled` chooses likewise.
    """
    if IS_LONG or number >= len(values):
        return list(values)
    return [values[place] for place in sorted(Random(name).sample(range(len(values)), number))]


def halved(values: Sequence[T], name: str) -> tuple[list[T], list[T]]:
    """Two halves of the values, chosen by the name; of an odd number the one in the middle is in both."""
    mixed = Random(name).sample(list(values), len(values))
    number = -(-len(values) // 2)
    return mixed[:number], mixed[len(values) - number :]
