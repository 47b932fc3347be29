"""By the clock: what happened here is told as statements."""

from datetime import timedelta

import structlog

from app.api.xapi.facts import following, telling
from app.platform.db import db, transaction
from app.platform.jobs import Done
from app.platform.jobs.held import prolong

log = structlog.get_logger()

EVERY = timedelta(minutes=2)


def tell() -> Done:
    """Each piece of a log in its own transaction, with its bookmark: what a killed worker left is done next time."""
    added = 0
    for each in following.LOGS:
        for piece in following.slices(each):
            db.session.rollback()  # reading is over before a transaction that writes begins
            with transaction():
                added += telling.tell(piece.subjects)
                following.keep(each, piece.bookmark)
            prolong()
    return Done(lambda: log.info("xapi.told", statements=added))
