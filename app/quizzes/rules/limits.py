"""Limits of quizzes that hold everywhere."""

from datetime import datetime, timedelta

GRACE = timedelta(minutes=2)
"""Answers that were under way when time was over still count this long."""

MOST_KEPT_APART = 20
"""Late answers to one question of one attempt that are kept: more than anybody means."""

LONGEST_WINDOW = 12 * 60
"""Minutes for which a quiz can be opened at once."""


def answers_were_shown(deadline_at: datetime, opened_at: datetime) -> bool:
    """Whether an attempt that was due at `deadline_at` had its answers shown before the window that opened then."""
    return deadline_at + GRACE < opened_at
