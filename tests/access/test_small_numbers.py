"""What is hidden stays hidden: nobody can compute it from what is shown."""

from collections import defaultdict
from itertools import product

import pytest

from app.access.small_numbers import FEWEST, Guarded, Hidden, Shown, guarded

pytestmark = pytest.mark.any_engine


@pytest.mark.parametrize(
    ("parts", "total", "shown"),
    [
        ((0, 0), 0, (0, 0)),
        ((3, 1), Hidden.FEW, (Hidden.FEW, Hidden.FEW)),
        ((25, 5), 30, (25, 5)),
        ((28, 2), 30, (Hidden.GUARD, Hidden.FEW)),
        ((0, 30), 30, (Hidden.FEW, Hidden.GUARD)),
        ((1, 5), Hidden.GUARD, (Hidden.GUARD, Hidden.GUARD)),  # "fewer than 5" of 6 beside a larger one is 0 or 1
        ((4, 4), Hidden.GUARD, (Hidden.GUARD, Hidden.GUARD)),  # two below 5 that make 8 are 4 and 4
        ((4, 4, 30), 38, (Hidden.FEW, Hidden.FEW, Hidden.GUARD)),
        ((0, 1, 40), 41, (Hidden.FEW, Hidden.FEW, Hidden.GUARD)),
        ((2, 40, 9), 51, (Hidden.FEW, Hidden.GUARD, 9)),
        ((7,), 7, (7,)),
    ],
)
def test_a_row(parts: tuple[int, ...], total: object, shown: tuple[object, ...]) -> None:
    assert guarded(parts) == Guarded(total, shown)


@pytest.mark.parametrize(("length", "most"), [(1, 40), (2, 24), (3, 15), (4, 8)])
def test_nothing_hidden_can_be_computed_even_by_who_knows_the_rule(length: int, most: int) -> None:
    """For each row as it is shown, every row that would be shown like it: a hidden number must differ among them."""
    alike: dict[Guarded, list[tuple[int, ...]]] = defaultdict(list)
    for parts in product(range(most + 1), repeat=length):
        alike[guarded(parts)].append(parts)
    for shown, rows in alike.items():
        if max(map(sum, rows)) <= most:  # of larger ones not every row like it was tried
            for place, part in enumerate(shown.parts):
                _check(shown, part, {row[place] for row in rows})


def _check(shown: Guarded, part: Shown, values: set[int]) -> None:
    if shown.total is Hidden.FEW:
        assert values >= set(range(1, FEWEST)), shown
    elif part is Hidden.FEW:
        assert values == set(range(FEWEST)), shown
    elif part is Hidden.GUARD:
        assert len(values) >= FEWEST - 1, shown
    else:
        assert values == {part}, shown
        assert shown.total == 0 or min(values) >= FEWEST, shown
