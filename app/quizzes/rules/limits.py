"""Limits of quizzes that hold everywhere."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.quizzes.rules.policy import QuizPolicy

GRACE = timedelta(minutes=2)
"""Answers that were under way when time was over still count this long."""

MOST_KEPT_APART = 20
"""Late answers to one question of one attempt that are kept: more than anybody means."""

LONGEST_WINDOW = 12 * 60
"""Minutes for which a quiz can be opened at once."""


def waits_until(policy: QuizPolicy, ends: Iterable[datetime | None], at: datetime) -> datetime | None:
    """Until when a person waits who handed in at these moments; None when another attempt may begin at `at`."""
    last = max((end for end in ends if end is not None), default=None)
    until = None if last is None else last + timedelta(minutes=policy.wait_minutes)
    return until if until is not None and at < until else None


def answers_were_shown(deadline_at: datetime, opened_at: datetime) -> bool:
    """Whether an attempt that was due at `deadline_at` had its answers shown before the window that opened then."""
    return deadline_at + GRACE < opened_at
