"""When a job is tried again, and when nobody should try any more."""

from datetime import datetime, timedelta

LONGEST_PAUSE = timedelta(minutes=15)
FIRST_PAUSE = timedelta(seconds=10)
MOST_FAILURES = 10
LONGEST_OUTAGE = timedelta(days=3)
AHEAD = timedelta(days=1)
"""What somebody waits for counts as due so much earlier, and is taken before all that came due since."""


def pause(attempts: int, jitter: float) -> timedelta:
    """Time until the next try: doubling from 10 s to 15 minutes, spread by `jitter` in 0..1 so that crowds disperse."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempts, 10)
    return min(doubled, LONGEST_PAUSE) * (0.75 + 0.25 * jitter)


def is_hopeless(attempts: int, created_at: datetime, at: datetime, *, outside: bool) -> bool:
    """Whether to keep the job as dead. An outage outside is borne for three days, an own fault for ten tries."""
    return at - created_at > LONGEST_OUTAGE if outside else attempts >= MOST_FAILURES


def slot(at: datetime, every: timedelta) -> int:
    """The number of the time slot that a moment lies in; each timer fires once a slot."""
    return int(at.timestamp() // every.total_seconds())
