"""Counting tries in the database, so that every process counts together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.platform.clock import now
from app.platform.db import Base, db, in_own_transaction, insert
from app.platform.db.types import UtcDateTime
from app.platform.i18n import _
from app.platform.jobs import Done
from app.platform.refusal import TooMany

log = structlog.get_logger("throttle")


class RateCounter(Base):
    """Tries under one key within one window."""

    __tablename__ = "rate_counter"

    key: Mapped[str] = mapped_column(unique=True)
    """Purpose and a digest of whom it counts; no personal data."""
    window_ends_at: Mapped[datetime]
    tries: Mapped[int]


@dataclass(frozen=True)
class Left:
    """How many tries are left in the window, and in how many seconds it ends."""

    tries: int
    seconds: int


def spend(key: str, most: int, window: timedelta) -> Left:
    """Count a try and refuse it when there were `most` before it in the window. Stays even if the request fails.

    Raises TooMany with the seconds to wait. Call it before the request's own first statement.
    """
    last = spend_each({key: most}, window)
    assert last is not None
    return Left(most - last.tries, _seconds(last))


def spend_each(limits: Mapping[str, int], window: timedelta) -> sa.Row[Any] | None:
    """As `spend`, for several keys in one transaction: key -> how many tries it takes, the narrowest first. Answers the
    last counter; None where there are no limits.

    What one refuses is not counted for those after it: a device that is too eager does not use up its network.
    """
    counted = in_own_transaction(partial(_count_each, limits=limits, window=window))
    if counted is None:
        return None
    last, most = counted
    if last.tries > most:
        log.warning("throttle.refused", counters=[last.key.partition(":")[0]])
        raise TooMany(_("Too many tries. Wait a little, then try again."), _seconds(last))
    return last


def _seconds(row: sa.Row[Any]) -> int:
    return max(1, int((row.window_ends_at - now()).total_seconds()))


def _count_each(session: Session, limits: Mapping[str, int], window: timedelta) -> tuple[sa.Row[Any], int] | None:
    """The last counter and how many tries it takes. Until one is used up."""
    counted = None
    for key, most in limits.items():
        row = _count(session, key, window)
        counted = row, most
        if row.tries > most:
            break
    return counted


def sweep() -> Done:
    """By the clock: counters whose window is over."""
    return Done(_forget_old)


def _forget_old() -> None:
    db.session.execute(sa.delete(RateCounter).where(RateCounter.window_ends_at <= now()))


def forgive(*keys: str) -> None:
    """Start counting afresh, in the caller's transaction: the right code was given."""
    db.session.execute(sa.delete(RateCounter).where(RateCounter.key.in_(keys)))


def give_back(key: str) -> None:
    """Take one try back, in the caller's transaction: it was a right one, which says nothing about those before it."""
    counted = sa.update(RateCounter).where(RateCounter.key == key, RateCounter.tries > 0)
    db.session.execute(counted.values(tries=RateCounter.tries - 1))


def _count(session: Session, key: str, window: timedelta) -> sa.Row[Any]:
    at = now()
    values = {"key": key, "tries": 1, "at": at, "window_ends_at": at + window}
    return session.connection().execute(_counting(session.get_bind().dialect.name), values).one()


@cache
def _counting(_dialect: str) -> Any:
    """Built once for each engine: doors count every request."""
    columns = ("key", "window_ends_at", "tries")
    statement = insert(RateCounter).values({name: sa.bindparam(name) for name in columns})
    fresh, taken = RateCounter.window_ends_at <= sa.bindparam("at", type_=UtcDateTime()), statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "tries": sa.case((fresh, taken.tries), else_=RateCounter.tries + 1),
            "window_ends_at": sa.case((fresh, taken.window_ends_at), else_=RateCounter.window_ends_at),
        },
    ).returning(RateCounter.key, RateCounter.tries, RateCounter.window_ends_at)
