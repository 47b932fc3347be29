"""All that happened since the last time, told: one run over the logs."""

from collections.abc import Collection

import sqlalchemy as sa
import structlog

from app.api.xapi.facts import following, telling
from app.platform.db import db, transaction
from app.platform.faults import point
from app.platform.jobs import prolong

log = structlog.get_logger()


def catch_up() -> int:
    """Each piece of a log in its own transaction, with its bookmark: what a killed worker left is done next time.
    Answers how many statements were added.
    """
    added = 0
    for each in following.LOGS:
        for piece in following.slices(each):
            db.session.rollback()  # reading is over before a transaction that writes begins
            try:
                added += _tell(piece.subjects, each, piece.bookmark)
            except sa.exc.OperationalError:
                raise  # the database is away or busy: that is no fault of a thing
            except Exception:
                log.exception("xapi.piece_failed", log=each.name)
                added += _one_by_one(piece.subjects)
                _tell(set(), each, piece.bookmark)
            prolong()
    return added


def _tell(subjects: Collection[str], of: following.Log, bookmark: int) -> int:
    with transaction():
        added = telling.tell(subjects)
        point("xapi.telling")
        following.keep(of, bookmark)
        point("xapi.bookmarked")
    point("xapi.told")
    return added


def _one_by_one(subjects: Collection[str]) -> int:
    """One thing that cannot be told keeps none of the others from it."""
    added = 0
    for subject in sorted(subjects):
        try:
            with transaction():
                added += telling.tell({subject})
        except sa.exc.OperationalError:
            raise
        except Exception:
            log.exception("xapi.not_told", subject=subject)
    return added
