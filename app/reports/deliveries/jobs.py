"""What the worker does: it finds what is due, makes files, and deletes them after their day."""

import errno
from datetime import timedelta
from functools import partial

import sqlalchemy as sa
import structlog
from flask_babel import force_locale

from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db
from app.platform.documents.fonts import ROOT
from app.platform.faults import point
from app.platform.files import handouts
from app.platform.jobs import Done, Outcome
from app.platform.refusal import NotFound
from app.reports import paper, queries, tables
from app.reports.deliveries import operations
from app.reports.deliveries.queries import UNMADE, due, reader
from app.reports.models import MadeReport
from app.reports.reading import Report, report
from app.reports.rules.facts import Split
from app.reports.rules.period import LIFE, Ending, Failure, Span

EVERY = timedelta(hours=1)
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

log = structlog.get_logger()


def find_due() -> Done:
    """By the clock: one file for each subscription and period that is over."""
    return Done(partial(operations.order_due, due()))


def make(made_id: int) -> Outcome:
    """Make a file that was ordered, by what its owner may read now; nothing when it is made already. One whose worker
    died is made anew: what was half written carries no key, and is swept away.
    """
    ordered = db.session.scalar(sa.select(MadeReport).where(MadeReport.id == made_id, *UNMADE))
    if ordered is None:
        return Done()
    try:
        found = _read(ordered)
    except NotFound:
        return Done(partial(operations.fail, made_id, Failure.NOT_PERMITTED))
    with force_locale(ordered.language):
        data = _drawn(ordered, found)
    point("reports.drawn")
    try:
        key = handouts().put(lambda out: out.write(data))
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        log.error("report.no_room", made=made_id)  # noqa: TRY400 - the sentence says all
        return Done(partial(operations.fail, made_id, Failure.NO_ROOM))
    point("reports.stored")
    programmes = [each.id for each in found.programmes]
    return Done(
        partial(operations.finish, made_id, key, len(data), programmes), partial(handouts().forget, key)
    )  # fmt: skip


def _read(ordered: MadeReport) -> Report:
    """The report as its owner may read it today. Raises NotFound for whoever may not."""
    actor = reader(ordered.account_id)
    seen, one = queries.chosen(actor, ordered.programme.code if ordered.programme else "")
    splits = [ordered.split] if ordered.ending is Ending.PDF else list(Split)
    return report(actor, [one] if one else seen, Span(ordered.starts_on, ordered.ends_on), splits)


def _drawn(ordered: MadeReport, found: Report) -> bytes:
    if ordered.ending is Ending.XLSX:
        return tables.as_xlsx(found)
    return paper.draw(found, ordered.split, fonts=ROOT / settings().fonts_dir)


def sweep() -> Outcome:
    """Delete files after their day, and give up what was not made within it."""
    over = sa.select(MadeReport.id, MadeReport.key).where(MadeReport.expires_at <= now(), MadeReport.key.is_not(None))
    found = list(db.session.execute(over))
    for _id, key in found:
        handouts().forget(str(key))
    late = sa.select(MadeReport.id).where(MadeReport.ordered_at <= now() - LIFE, *UNMADE)
    return Done(partial(_settle, [number for number, _key in found], list(db.session.scalars(late))))


def _settle(over: list[int], late: list[int]) -> None:
    operations.forget(over)
    for made_id in late:
        operations.fail(made_id, Failure.GIVEN_UP)
