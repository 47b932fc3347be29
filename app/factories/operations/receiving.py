"""Large rosters: the request keeps the file and enqueues, a job reads or applies it."""

from collections.abc import Collection, Mapping, Set
from contextlib import suppress
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories import queries
from app.factories.models import Factory, RosterImport
from app.factories.operations.applying import apply_roster
from app.factories.operations.previewing import Reading, describe
from app.factories.refusals import RosterRefused
from app.factories.roster.size import LARGE_ROWS
from app.factories.rules import ImportState
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.files import uploads
from app.platform.jobs import enqueue
from app.platform.refusal import Refused

LONGEST_WORK = timedelta(days=1)
"""What no job has finished by then is given up, and the file that was sent is forgotten."""


def receive_roster(
    actor: Actor, factory: Factory, file_name: str, data: bytes, chosen: Mapping[str, Any] | None = None
) -> RosterImport:
    """Keep a large file until the job `rosters.read` has read it. Raises NotFound."""
    queries.factory_by_id(actor, factory.id, Permission.ROSTERS_IMPORT)
    row = RosterImport(
        factory_id=factory.id, factory=factory, file_name=file_name, file_key="", state=ImportState.WORKING,
        choices={"chosen": dict(chosen) if chosen is not None else None}, counts={}, account_id=actor.account_id,
        created_at=now(), applied_at=None, work_began_at=now(), rows_done=0,
    )
    db.session.add(row)
    db.session.flush()  # the job needs the id
    enqueue("rosters.read", import_id=row.id, upload=uploads().put(data))
    return row


def finish_reading(actor: Actor, import_id: int, reading: Reading, sha256: str, file_key: str) -> None:
    """What the job read can be looked at now."""
    found = db.session.get_one(RosterImport, import_id)
    describe(found, reading, sha256, file_key)
    audit.record(actor, "factories.preview_roster", f"factory:{found.factory_id}", roster_import=found.id)


def refuse_reading(import_id: int, refusal: RosterRefused) -> None:
    """The file cannot be used; the page of the import says why."""
    found, roster = db.session.get_one(RosterImport, import_id), refusal.roster
    found.state = ImportState.REFUSED
    found.choices = {**found.choices, "used": refusal.choices, "headings": dict(refusal.headings)}
    found.counts = {"reason": roster.reason, "missing": list(roster.missing)}


def start_applying(actor: Actor, import_id: int, leavers: Set[int], same_people: Set[int]) -> RosterImport:
    """Apply as `apply_roster` does: at once, or a large roster by the job `rosters.apply`."""
    found = queries.roster_import(actor, import_id)
    if found.state != ImportState.PREVIEWED or found.counts["accepted"] <= LARGE_ROWS:
        return apply_roster(actor, import_id, leavers, same_people)
    if _turn(found.id, ImportState.PREVIEWED, ImportState.WORKING, work_began_at=now()):
        enqueue(
            "rosters.apply", import_id=found.id, account_id=actor.account_id, leavers=sorted(leavers),
            same_people=sorted(same_people),
        )
    return queries.roster_import(actor, import_id)


def apply_kept(actor: Actor, import_id: int, leavers: Collection[int], same_people: Collection[int]) -> None:
    """What `rosters.apply` does; an import that was overtaken meanwhile is only a preview again."""
    if _turn(import_id, ImportState.WORKING, ImportState.PREVIEWED):
        with suppress(Refused), db.session.begin_nested():
            apply_roster(actor, import_id, frozenset(leavers), frozenset(same_people))


def give_up() -> None:
    """What nobody finished: a file that was not read is refused, one that was not applied is a preview again."""
    began, was_read = RosterImport.work_began_at < now() - LONGEST_WORK, RosterImport.file_key != ""
    unread = {"state": ImportState.REFUSED, "counts": {"reason": "not_read", "missing": []}}
    for stale, becomes in ((was_read, {"state": ImportState.PREVIEWED}), (~was_read, unread)):
        work = sa.update(RosterImport).where(RosterImport.state == ImportState.WORKING, began, stale)
        db.session.execute(work.values(becomes))


def _turn(import_id: int, before: ImportState, after: ImportState, **values: Any) -> bool:
    """Whether this call, and no other, turned the import from one state into the other."""
    turned = sa.update(RosterImport).where(RosterImport.id == import_id, RosterImport.state == before)
    return db.session.execute(turned.values(state=after, **values).returning(RosterImport.id)).first() is not None
