"""Finding by the clock whose digest is due, and sending it."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from app.notifications.digests import operations, queries
from app.notifications.reminders.queries import timings
from app.platform.jobs import Done, Later, Outcome, enqueue


def find_digests() -> Done:
    """By the clock: one job for each account and week."""
    return Done(partial(_enqueue, queries.due_accounts()))


def send(account_id: int, week: str) -> Outcome:
    """Send one digest; a worker that comes to it in the quiet hours waits until they are over."""
    home = queries.home_of(account_id)
    if home is not None and timings([home])[home].is_quiet_now:
        return Later("These are quiet hours.")
    return Done(partial(operations.send_digest, account_id, date.fromisoformat(week)))


def _enqueue(due: Sequence[tuple[int, date]]) -> None:
    for account_id, week in due:
        dedupe = f"notifications.digest:{account_id}:{week}"
        enqueue("notifications.digest", dedupe=dedupe, account_id=account_id, week=week.isoformat())
