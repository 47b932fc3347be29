"""Making packs and deleting them after their day: slow, outside any transaction, harmless when it happens twice."""

import hashlib
from functools import partial
from typing import BinaryIO

import sqlalchemy as sa
import structlog
from flask_babel import force_locale

from app.certificates.bundles.rules import NO_ROOM
from app.certificates.signing.keys import Keys
from app.certificates.signing.waiting import keys_or_later
from app.learning_record.evidence import making, operations, packing, queries
from app.learning_record.evidence.models import OPEN, EvidencePack
from app.learning_record.evidence.rules import LIFE, Failure
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db
from app.platform.documents.fonts import ROOT
from app.platform.faults import point
from app.platform.files import files, handouts
from app.platform.jobs import Done, Later, Outcome, prolong

log = structlog.get_logger()
_CHUNK = 1024 * 1024


def pack(pack_id: int) -> Outcome:
    """Make the file of an order, nothing when it is made already. One whose worker died is begun anew: what was half
    written carries no key, and is swept away.
    """
    order = queries.unmade(pack_id)
    if order is None:
        return Done()
    keys = keys_or_later()
    if isinstance(keys, Later):
        return keys
    if keys is None:
        return Done(partial(operations.fail, pack_id, Failure.NO_KEYS))
    try:
        with force_locale(order.language):
            key = _made(order, keys)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        log.error("evidence.no_room", pack=pack_id)  # noqa: TRY400 - the sentence says all
        return Done(partial(operations.fail, pack_id, Failure.NO_ROOM))
    point("evidence.stored")
    finish = partial(operations.finish, pack_id, key, handouts().size(key), _sha256(key))
    return Done(finish, partial(handouts().forget, key))


def _made(order: EvidencePack, keys: Keys) -> str:
    pack_id, period, language = order.id, order.period, order.language
    about = queries.about(queries.factory(order.factory_id), period, language)
    fonts = ROOT / settings().fonts_dir
    kept = operations.kept(about, fonts, partial(_note, pack_id))

    def write(out: BinaryIO) -> None:
        packing.write(out, about, kept, files(), keys, partial(_note_written, pack_id))
        prolong()  # a large file takes its time to be on the disk
        point("evidence.written")

    return handouts().put(write)


def _note_written(pack_id: int, done: int, steps: int) -> None:
    """Of all steps: to draw it up was the first half, now or when it was first made."""
    _note(pack_id, making.STEPS + done, making.STEPS + steps)


def _note(pack_id: int, done: int, steps: int) -> None:
    operations.note_done(pack_id, done, steps)
    prolong()
    point("evidence.packing")


def _sha256(key: str) -> str:
    opened, _size = handouts().opened(key)
    digest = hashlib.sha256()
    with opened:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def sweep() -> Outcome:
    """Delete files after their day, and give up what was not made within its day."""
    due = sa.select(EvidencePack.id, EvidencePack.file_key).where(
        EvidencePack.expires_at <= now(), EvidencePack.deleted_at.is_(None))
    over = list(db.session.execute(due))
    for _id, key in over:
        if key:
            handouts().forget(key)
    late = sa.select(EvidencePack.id).where(EvidencePack.ordered_at <= now() - LIFE, *OPEN)
    return Done(partial(_settle, [pack_id for pack_id, _key in over], list(db.session.scalars(late))))


def _settle(over: list[int], late: list[int]) -> None:
    operations.note_deleted(over)
    for pack_id in late:
        operations.fail(pack_id, Failure.GIVEN_UP)
