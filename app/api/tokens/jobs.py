"""What the worker does about tokens."""

from datetime import timedelta

from app.api.tokens import operations
from app.platform.jobs import Done

REMIND_EVERY = timedelta(hours=1)


def remind() -> Done:
    """By the clock: tokens that end soon."""
    return Done(operations.remind)
