"""Before the training: did the lines that were trained later already go another way?"""

import numpy as np

from app.effect.estimate.fitting import comparable, residuals
from app.effect.estimate.panel import Array, Panel

Span = tuple[int, int]


def _judged(each: Panel) -> Array:
    """Lines with trained weeks that can be compared, as a column. Those trained when nobody is left to compare with
    stand on the other side."""
    cells = comparable(each.free, each.after)
    return np.asarray(cells.any(axis=1)).reshape(-1, 1)


def slope(each: Panel, logs: Array) -> Array:
    columns = np.arange(logs.shape[1])[None, :] * _judged(each)
    return _cross(each, logs, columns[:, :, None].astype(float))


def leads(each: Panel, logs: Array, spans: tuple[Span, ...]) -> Array:
    judged = _judged(each)
    marks = [judged & (each.shifts >= first) & (each.shifts <= last) for first, last in spans]
    if not marks:
        return np.zeros(0)
    return _cross(each, logs, np.stack(marks, axis=2).astype(float))


def _cross(each: Panel, logs: Array, columns: Array) -> Array:
    """Sums of squares and products of a regression on free cells without line and week effects."""
    left = residuals(each.free, np.concatenate([logs[:, :, None], columns], axis=2))
    flat = left.reshape(-1, left.shape[2])
    y, x = flat[:, 0], flat[:, 1:]
    return np.concatenate([(x.T @ x).ravel(), x.T @ y])
