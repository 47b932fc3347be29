"""By the clock: what happened here is told as statements."""

from datetime import timedelta

import structlog

from app.api.xapi.facts.catching_up import catch_up
from app.platform.jobs import Done

log = structlog.get_logger()

EVERY = timedelta(minutes=2)


def tell() -> Done:
    added = catch_up()
    return Done(lambda: log.info("xapi.told", statements=added))
