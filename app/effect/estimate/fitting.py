"""Line and week effects, fitted on cells that were not trained yet, by least squares."""

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def components(free: Array) -> tuple[Array, Array]:
    """Which lines and weeks hang together through cells that are free; 0 for those without any.

    Effects are only comparable within one component.
    """
    rows, columns = np.zeros(free.shape[0], int), np.zeros(free.shape[1], int)
    number = 0
    for row in range(free.shape[0]):
        if rows[row] or not free[row].any():
            continue
        number += 1
        new = np.array([row])
        while new.size:
            rows[new] = number
            reached = free[new].any(axis=0) & (columns == 0)
            columns[reached] = number
            new = np.flatnonzero(free[:, reached].any(axis=1) & (rows == 0)) if reached.any() else np.array([], int)
    return rows, columns


def effects(free: Array, values: Array) -> tuple[Array, Array]:
    """Effects of lines and of weeks for each layer of `values` (lines x weeks x layers), of free cells alone.

    What lies in no component has the effect 0 and must not be used.
    """
    weight = free.astype(float)
    value = np.where(free[:, :, None], values, 0.0)
    of_line, of_week = weight.sum(1), weight.sum(0)
    share = weight / np.maximum(of_line, 1.0)[:, None]
    normal = np.diag(np.where(of_week > 0, of_week, 1.0)) - weight.T @ share
    mean = value.sum(1) / np.maximum(of_line, 1.0)[:, None]
    right = value.sum(0) - weight.T @ mean
    _rows, columns = components(free)
    for number in range(1, columns.max(initial=0) + 1):
        within = (columns == number).astype(float)
        normal += np.outer(within, within)  # effects of a component's weeks add up to nothing
    weeks = np.linalg.solve(normal, right)
    lines = mean - share @ weeks
    return lines, weeks


def residuals(free: Array, values: Array) -> Array:
    """What is left of free cells without line and week effects; 0 elsewhere."""
    lines, weeks = effects(free, values)
    left: Array = np.where(free[:, :, None], values - lines[:, None, :] - weeks[None, :, :], 0.0)
    return left


def comparable(free: Array, cells: Array) -> Array:
    """Those of `cells` whose line and week hang together, so that what they would have been is known."""
    rows, columns = components(free)
    found: Array = cells & (rows[:, None] == columns[None, :]) & (rows[:, None] > 0)
    return found
