"""Telling that certificates were issued anew, by the worker."""

from functools import partial

from app.notifications.reissued import operations
from app.platform.jobs import Done


def tell_factory(factory_id: int) -> Done:
    """Tell the factory."""
    return Done(partial(operations.tell_factory, factory_id))
