"""Packing bundles and deleting them after their day: slow, outside any transaction, harmless when it happens twice."""

from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

import sqlalchemy as sa
import structlog
from flask_babel import force_locale

from app.certificates.bundles import archive, operations, packing
from app.certificates.bundles.models import OPEN, CertificateBundle
from app.certificates.bundles.packing import Order
from app.certificates.bundles.rules import LIFE, NO_ROOM, STEP, BundleKind, Failure
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db
from app.platform.documents.fonts import ROOT
from app.platform.faults import point
from app.platform.files import files, handouts
from app.platform.jobs import Done, Outcome, prolong
from app.platform.late import late

if TYPE_CHECKING:
    from app.certificates.paper.drawing import draw_all
else:
    draw_all = late("app.certificates.paper.drawing", "draw_all")

log = structlog.get_logger()


def pack(bundle_id: int) -> Outcome:
    """Make the file of an order, nothing when it is made already. One whose worker died is begun anew: what was half
    written carries no key, and is swept away.
    """
    order = packing.unmade(bundle_id)
    if order is None:
        return Done()
    try:
        if order.kind is BundleKind.PRINT:
            part, left_out = _paper(order)
            return Done(partial(operations.add_part, bundle_id, part, left_out), partial(_drop, part))
        with force_locale(order.language):
            part, left_out = _zip(order)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        log.error("bundle.no_room", bundle=bundle_id)  # noqa: TRY400 - the sentence says all
        return Done(partial(operations.fail, bundle_id, Failure.NO_ROOM))
    point("bundles.stored")
    return Done(partial(operations.finish, bundle_id, [part], left_out), partial(_drop, part))


def _zip(order: Order) -> tuple[dict[str, Any], int]:
    written = archive.Written([], 0)

    def write(out: BinaryIO) -> None:
        nonlocal written
        written = archive.write(out, order.certificates, files(), order.ordered_at, partial(_note, order.id))
        prolong()  # a large file takes its time to be on the disk
        point("bundles.written")

    key = handouts().put(write)
    part = {"key": key, "size": handouts().size(key), "last": len(order.certificates), "packed": written.packed}
    return part, written.left_out


def _paper(order: Order) -> tuple[dict[str, Any], int]:
    """The next hundred sheets. Each file is a job of its own: what is printed stays printed when a worker dies."""
    chosen = order.certificates[order.done : order.done + STEP]
    printed = packing.faces(chosen)
    part = {"key": "", "size": 0, "last": order.done + len(chosen), "packed": list(printed)}
    if printed:
        pdf = draw_all(list(printed.values()), fonts=ROOT / settings().fonts_dir)
        point("bundles.drawn")
        part |= {"key": handouts().put(lambda out: out.write(pdf)), "size": len(pdf)}
    point("bundles.stored")
    return part, len(chosen) - len(printed)


def _drop(part: dict[str, Any]) -> None:
    """Another worker makes the same file: this one is nobody's."""
    if part["key"]:
        handouts().forget(part["key"])


def _note(bundle_id: int, done: int) -> None:
    operations.note_done(bundle_id, done)
    prolong()
    point("bundles.packing")


def sweep() -> Outcome:
    """Delete files after their day, what nobody knows any more, and give up what was not made within its day."""
    day_ago = now() - LIFE
    due = sa.select(CertificateBundle.id, CertificateBundle.parts).where(
        CertificateBundle.expires_at <= now(), CertificateBundle.deleted_at.is_(None)
    )
    over = list(db.session.execute(due))
    for _id, parts in over:
        for part in parts:
            handouts().forget(part["key"])
    handouts().forget_older(day_ago - LIFE)
    late = sa.select(CertificateBundle.id).where(CertificateBundle.ordered_at <= day_ago, *OPEN)
    return Done(partial(_settle, [key for key, _parts in over], list(db.session.scalars(late))))


def _settle(over: list[int], late: list[int]) -> None:
    operations.note_deleted(over)
    for bundle_id in late:
        operations.fail(bundle_id, Failure.GIVEN_UP)
