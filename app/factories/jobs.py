"""Reading and applying large rosters."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, replace

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.access.actor import SYSTEM, Actor
from app.factories import operations, queries, stored
from app.factories.headings import NOTHING
from app.factories.models import RosterImport
from app.factories.operations import receiving
from app.factories.refusals import RosterRefused
from app.factories.roster import refused
from app.factories.roster.choices import Choices
from app.factories.rules import ImportState
from app.platform.clock import now
from app.platform.db import in_own_transaction
from app.platform.files import FileMissing, files, uploads
from app.platform.jobs import Done, enqueue

_PATIENCE = 500
"""Milliseconds that a progress bar waits for the write lock."""


def read(import_id: int, upload: str) -> Done:
    """Read a file that was sent, telling how far it is; then it is forgotten, whatever came of it."""
    found = queries.roster_import(SYSTEM, import_id)
    if found.state != ImportState.WORKING or found.file_key:
        return Done(lambda: enqueue("rosters.forget", upload=upload))
    write = _read(found, upload)

    def finish() -> None:
        write()
        enqueue("rosters.forget", upload=upload)

    return Done(finish)


def _read(found: RosterImport, upload: str) -> Callable[[], None]:
    import_id, actor = found.id, _in_the_name_of(found.account_id)
    try:
        data = uploads().get(upload)
        reading = operations.read_roster(
            SYSTEM, found.factory, found.file_name, data, found.choices["chosen"], told=_teller(import_id)
        )
    except FileMissing:
        gone = RosterRefused(refused(found.file_name, Choices(), "not_read"), asdict(NOTHING))
        return lambda: operations.refuse_reading(import_id, gone)
    except RosterRefused as refusal:
        kept = refusal
        return lambda: operations.refuse_reading(import_id, kept)
    key, sha256 = files().put(stored.keep(reading.roster)), hashlib.sha256(data).hexdigest()
    return lambda: operations.finish_reading(actor, import_id, reading, sha256, key)


def apply(import_id: int, account_id: int | None, leavers: list[int], same_people: list[int]) -> Done:
    """Apply a roster in the one transaction that also ends the job."""
    actor = _in_the_name_of(account_id)
    return Done(lambda: operations.apply_kept(actor, import_id, leavers, same_people))


def forget(upload: str) -> Done:
    """The columns that nobody mapped are kept nowhere, so the file that was sent goes as soon as it was read."""
    uploads().forget(upload)
    return Done()


def sweep() -> Done:
    """By the clock: what no job came for."""
    uploads().forget_older(now() - receiving.LONGEST_WORK)
    return Done(operations.give_up)


def _in_the_name_of(account_id: int | None) -> Actor:
    """Who was allowed to when they asked."""
    return replace(SYSTEM, account_id=account_id)


def _teller(import_id: int) -> Callable[[int, int], None]:
    """Writes how far reading is, each time in a short transaction; while somebody else writes, it is left out."""

    def tell(done: int, total: int) -> None:
        def write(session: Session) -> None:
            session.execute(
                sa.update(RosterImport)
                .where(RosterImport.id == import_id, RosterImport.state == ImportState.WORKING)
                .values(rows_done=done, counts={"total": total})
            )

        try:
            in_own_transaction(write, patience=_PATIENCE)
        except OperationalError:
            return

    return tell
