"""Telling that certificates are ready, by the worker."""

from functools import partial

from app.notifications.ready import operations, queries
from app.platform.jobs import Done, Later, Outcome


def tell_holder(certificate_id: int) -> Done:
    """Tell the person."""
    return Done(partial(operations.tell_holder, certificate_id))


def tell_factory(training_id: int, factory_id: int) -> Outcome:
    """Tell the factory; while more of the same list are being made, they are waited for."""
    if queries.is_being_made(training_id, factory_id):
        return Later("More certificates of this training session are being made.")
    return Done(partial(operations.tell_factory, training_id, factory_id))
