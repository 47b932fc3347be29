"""Marks lie where their numbers say, inside the drawing, and none hides another."""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.quizzes.results.plots import dumbbells, histogram, scatter
from tests.counts import examples

SHARES = st.floats(0, 1)
POINTS = st.lists(st.tuples(st.integers(1, 99), SHARES, st.floats(-1, 1), st.booleans()), max_size=25)


@given(POINTS, st.booleans())
@settings(max_examples=examples(200), deadline=None)
def test_no_mark_hides_another_and_all_lie_inside(points: list[tuple[int, float, float, bool]], mirrored: bool) -> None:
    plot = scatter(points, is_mirrored=mirrored)
    frame = plot.frame
    assert len(plot.dots) == len(points)
    assert all(frame.left - 0.1 <= dot.x <= frame.right + 0.1 and frame.margin - 0.1 <= dot.y <= frame.bottom + 0.1 for dot in plot.dots)
    assert all(hypot(one.x - other.x, one.y - other.y) >= 16.8 for one, other in combinations(plot.dots, 2))


def test_a_mark_alone_lies_where_its_numbers_say_also_mirrored() -> None:
    for mirrored, side in ((False, lambda f, share: f.left + share * (f.right - f.left)), (True, lambda f, share: f.right - share * (f.right - f.left))):
        plot = scatter([(1, 0.25, 0.5, True)], is_mirrored=mirrored)
        [dot] = plot.dots
        assert dot.x == pytest.approx(side(plot.frame, 0.25), abs=0.1)
        assert dot.y == pytest.approx((plot.frame.bottom + plot.frame.margin) / 2, abs=0.1)
        assert plot.y_ticks[0] == 0


@given(st.lists(st.integers(0, 30_000), min_size=10, max_size=10))
@settings(max_examples=examples(200), deadline=None)
def test_bars_are_as_high_as_people_are_many(counts: list[int]) -> None:
    plot = histogram(counts, is_mirrored=False)
    room = plot.frame.bottom - plot.frame.margin
    assert [column.people for column in plot.columns] == counts
    assert len(plot.y_ticks) <= 7 and plot.y_ticks[-1] >= max(counts)
    for column in plot.columns:
        assert column.height == pytest.approx(room * column.people / plot.y_ticks[-1], abs=0.2)
        assert column.y + column.height == pytest.approx(plot.frame.bottom, abs=0.2)


def test_rows_of_dumbbells_do_not_touch() -> None:
    plot = dumbbells([(f"row {number}", 0.2, 0.8) for number in range(12)], is_mirrored=False)
    assert all(after.y - before.y >= 20 for before, after in zip(plot.rows, plot.rows[1:], strict=False))
    assert plot.rows[-1].y < plot.frame.bottom
    assert [row.is_loss for row in dumbbells([("a", 0.5, 0.4)], is_mirrored=True).rows] == [True]
