"""Limits of quizzes that hold everywhere."""

from datetime import datetime, timedelta

MOST_ATTEMPTS = 3
"""Goes of one person at a quiz within one training session; the best counts."""

GRACE = timedelta(minutes=2)
"""Answers that were under way when time was over still count this long."""

LONGEST_WINDOW = 12 * 60
"""Minutes for which a quiz can be opened at once."""


def answers_were_shown(deadline_at: datetime, opened_at: datetime) -> bool:
    """Whether an attempt that was due at `deadline_at` had its answers shown before the window that opened then."""
    return deadline_at + GRACE < opened_at
