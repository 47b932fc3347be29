"""Finding by the clock where something is to be renewed, and reminding."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from app.notifications.reminders.queries import timings
from app.notifications.renewals import operations, queries
from app.platform.jobs import Done, enqueue


def find_renewals() -> Done:
    """By the clock: one job for each factory and day of its programme."""
    by_programme = timings()
    due = [(factory, by_programme[programme].at().date()) for factory, programme in queries.due_factories(by_programme)]
    return Done(partial(_enqueue, due))


def remind(factory_id: int) -> Done:
    """Remind one factory and its people of what was not said yet."""
    return Done(partial(operations.remind_renewals, factory_id))


def _enqueue(due: Sequence[tuple[int, date]]) -> None:
    for factory_id, day in due:
        enqueue("notifications.renewals", dedupe=f"notifications.renewals:{factory_id}:{day}", factory_id=factory_id)
