"""Weeks that lie far out of their line: kept in the estimate, and left out of a second one that has to agree."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.effect.estimate.panel import Panel

_FAR_OUT = 6.0
"""Robust standard deviations from the middle of its line at which a week is called an outlier."""
_HALF = 0.6745
"""Half of what varies normally lies within so many standard deviations."""


def without_outliers(panels: Sequence[Panel]) -> tuple[int, list[Panel]]:
    """How many weeks lie far out of their line and week, and the panels without them."""
    count, tamed = 0, []
    for each in panels:
        known = each.free | each.after
        logs = np.where(known, each.logs, 0.0)
        left = np.zeros(logs.shape)
        for part in (each.free, each.after):
            middle = [float(np.median(row[used])) if used.any() else 0.0 for row, used in zip(logs, part, strict=True)]
            left = np.where(part, np.abs(logs - np.array(middle)[:, None]), left)
        usual = float(np.median(left[known])) / _HALF if known.any() else 0.0
        far = known & (left > _FAR_OUT * usual) if usual else np.zeros(logs.shape, bool)
        count += int(far.sum())
        tamed.append(replace(each, free=each.free & ~far, after=each.after & ~far))
    return count, tamed
