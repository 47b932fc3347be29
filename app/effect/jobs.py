"""Comparing lines: slow, outside any transaction, the same for the same weeks and trainings."""

from datetime import timedelta
from functools import partial

from app.effect import inputs, operations, queries, stored
from app.effect.analysing import analyse
from app.effect.models import EffectResult
from app.platform.db import db
from app.platform.jobs import Done, Outcome, prolong_in_time

RENEW_EVERY = timedelta(days=1)


def compare(result_id: int) -> Outcome:
    """Make a comparison that was ordered; nothing when it is made already."""
    ordered = db.session.get(EffectResult, result_id)
    if ordered is None or ordered.made_at is not None:
        return Done()
    factories = [ordered.factory_id] if ordered.factory_id else queries.factories_with_weeks(ordered.programme_id)
    marks = inputs.marks(factories)  # before the data: what changes in between makes the result old, never wrong
    data = inputs.of_factories(factories)
    found = analyse(data, prolong_in_time)
    document = stored.keep_analysis(found) | {"marks": marks}
    return Done(partial(operations.finish, result_id, inputs.fingerprint(data), document))


def renew() -> Done:
    """By the clock: what was compared from other data than hold now is compared again."""
    return Done(partial(operations.renew, inputs.stale()))
