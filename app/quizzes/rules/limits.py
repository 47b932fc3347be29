"""Limits of quizzes that hold everywhere."""

from datetime import timedelta

MOST_ATTEMPTS = 3
"""Goes of one person at a quiz within one training session; the best counts."""

GRACE = timedelta(minutes=2)
"""Answers that were under way when time was over still count this long."""

LONGEST_WINDOW = 12 * 60
"""Minutes for which a quiz can be opened at once."""
