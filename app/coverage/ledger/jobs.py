"""By the clock: closing months, and looking every night whether the ledger still says what the facts say."""

from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa
import structlog

from app.coverage.ledger import balances, rebuilding, settling
from app.factories.models import Factory, Person
from app.platform.db import db, transaction
from app.platform.jobs import Done
from app.platform.jobs.held import prolong

log = structlog.get_logger()

CLOSE_EVERY = timedelta(hours=6)
RECHECK_EVERY = timedelta(days=1)


def close_months() -> Done:
    """Every month that is over; those that were missed too."""
    return Done(lambda: log.info("coverage.closed", months=[str(day) for day in balances.close_months()]))


def settle_factory(factory_id: int) -> Done:
    """Count a factory as a whole again: somebody else was counting it."""

    def write() -> None:
        settling.settle_whole([factory_id], "again")

    return Done(write)


def recheck() -> Done:
    """Everybody and every factory, slice by slice, each in a transaction of its own. What was missing is added and
    reported: an event that nobody heard, or facts that were changed by hand.
    """
    found = people = 0
    for among, key, settle in (
        ("people", Person.id, settling.settle_people), ("factories", Factory.id, settling.settle_whole),
    ):  # fmt: skip
        for ids in _slices(key):
            with transaction():
                added = settle(ids, "recheck")
            if added:
                log.warning("coverage.differs", movements=added, among=among, first=ids[0], last=ids[-1])
            found, people = found + added, people + len(ids)
            prolong()
    return Done(lambda: log.info("coverage.rechecked", rows=people, movements=found))


def _slices(key: sa.SQLColumnExpression[int]) -> Iterator[list[int]]:
    for ids in rebuilding.slices(key):
        db.session.rollback()  # reading is over before a transaction that writes begins
        yield ids
