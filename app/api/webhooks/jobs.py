"""What the worker does about webhooks."""

from datetime import timedelta

from app.api.webhooks import operations, telling
from app.api.webhooks.rules import Happening
from app.platform.jobs import Done, Outcome

SWEEP_EVERY = timedelta(days=1)


def tell(happening: str, thing_id: int, key: str) -> Outcome:
    return telling.tell(Happening(happening), thing_id, key)


def deliver(delivery_id: int) -> Outcome:
    return telling.deliver(delivery_id)


def sweep() -> Done:
    """By the clock: the list of what was sent long ago."""
    return Done(operations.forget_old)
