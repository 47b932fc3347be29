"""The verbs of findings: read a file, apply it, take it back."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.factories.models import Factory
from app.improvement.findings import labels, queries, shipped, stored
from app.improvement.findings.events import FindingChanged, FindingsImported, FindingsUndone
from app.improvement.findings.models import Finding, FindingImport, FindingImportFactory
from app.improvement.findings.reading import Findings, check
from app.improvement.findings.rules import Effect, FileState, Said, plan
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused


class FindingsRefused(Refused):
    """The file cannot be used; `found.reason` is the code, the text says it in plain words."""

    def __init__(self, found: Findings) -> None:
        super().__init__(labels.reason(found.reason, found.missing))
        self.found = found


def preview(
    actor: Actor, file_name: str, data: bytes, chosen: Mapping[str, Any] | None = None
) -> FindingImport:
    """Read a file and keep what was read, so that it can be looked at; no finding changes. The same file again gives
    the same preview.

    `chosen` is what a person said of its columns, under the samples' names. Without it, what the same account said of
    the last applied file with these headings counts again.
    Rows of factories out of sight are as unknown as those of none. A day that has not come yet in one of the actor's
    programmes is refused: an assessment is never known in advance. Raises FindingsRefused when the file cannot be used.
    """
    ids = queries.factory_ids(actor)
    last_day = min((today(zone) for zone in queries.zones(actor)), default=today("UTC"))
    basis = {"import_date": last_day, "factories": list(ids)}
    found = check(data, file_name, shipped.catalogue(), basis)
    seen = stored.fingerprint(found.headings)
    decided = queries.decided_before(actor, seen) if chosen is None else chosen
    if decided:
        found = check(data, file_name, shipped.catalogue(), {**decided, **basis})
    if not found.accepted:
        raise FindingsRefused(found)
    document, sha256 = stored.keep(found, ids, decided, seen), hashlib.sha256(data).hexdigest()
    same = sa.select(FindingImport).where(
        FindingImport.sha256 == sha256, FindingImport.account_id == actor.account_id,
        FindingImport.state == FileState.PREVIEWED)
    for row in db.session.scalars(same):
        if row.found == document:
            return row
    row = FindingImport(
        file_name=found.file, sha256=sha256, state=FileState.PREVIEWED, found=document, applied=None,
        account_id=actor.account_id, created_at=now(), applied_at=None, undone_at=None)
    db.session.add(row)
    db.session.flush()  # its factories and the log need the id
    named = sorted({ids[each.factory] for each in found.rows})
    db.session.add_all(FindingImportFactory(import_id=row.id, factory_id=factory_id) for factory_id in named)
    audit.record(actor, "findings.preview", f"finding_import:{row.id}", rows=len(found.rows))
    db.session.flush()
    return row


def apply(actor: Actor, import_id: int) -> FindingImport:
    """Write what is new in a file: all of it or nothing. A file that was applied before is answered as it is. Raises
    NotFound, and Refused for one that was taken back."""
    found = queries.finding_import(actor, import_id)
    factories = _hold(found.id)
    if not _win(found, FileState.PREVIEWED, FileState.APPLIED):
        found = queries.finding_import(actor, import_id)
        if found.state is FileState.UNDONE:
            raise Refused(_("This file was taken back. Send it again."))
        return found
    decided = planned(stored.kept(found.found).rows, factories)
    fresh = [said for said, effect in decided if effect is not Effect.KNOWN]
    before = queries.current_ids(factories)
    if fresh:
        db.session.execute(sa.insert(Finding), [_values(said, found.id) for said in fresh])
    found.applied = counted(decided)
    audit.record(actor, "findings.apply", f"finding_import:{found.id}", **found.applied)
    _settle(factories, before)
    publish(FindingsImported(found.id))
    return found


def undo(actor: Actor, import_id: int) -> FindingImport:
    """Take an applied file back; its rows stay and count no longer. Raises NotFound, and Refused once a later file was
    applied to one of its factories: that one may have left out what this one had said already."""
    found = queries.finding_import(actor, import_id)
    factories = _hold(found.id)
    if found.state is FileState.APPLIED and queries.is_overtaken(found, factories):
        raise Refused(_("A later file was taken over since. Take that one back first."))
    if not _win(found, FileState.APPLIED, FileState.UNDONE):
        return queries.finding_import(actor, import_id)
    before = queries.current_ids(factories)
    withdrawn = sa.update(Finding).where(Finding.import_id == found.id)
    db.session.execute(withdrawn.values(withdrawn_at=now(), is_current=False))
    audit.record(actor, "findings.undo", f"finding_import:{found.id}")
    _settle(factories, before)
    publish(FindingsUndone(found.id))
    return found


def planned(rows: Iterable[Said], factories: Collection[int]) -> list[tuple[Said, Effect]]:
    """What would become of the rows of a file now."""
    return plan(rows, queries.known(factories))


def counted(decided: Iterable[tuple[Said, Effect]]) -> dict[str, int]:
    """How many rows are new, change what is known, are older, or are known."""
    found = Counter(effect for _said, effect in decided)
    return {each.value: found[each] for each in Effect}


def _hold(import_id: int) -> list[int]:
    """The factories of a file. Files that speak of the same one wait for each other, in one order."""
    named = sa.select(FindingImportFactory.factory_id).where(FindingImportFactory.import_id == import_id)
    held = sa.select(Factory.id).where(Factory.id.in_(named)).order_by(Factory.id).with_for_update(key_share=True)
    return list(db.session.scalars(held))


def _win(found: FindingImport, before: FileState, after: FileState) -> bool:
    """Whether this call, and no other, takes the file from one state to the next."""
    moment = {FileState.APPLIED: "applied_at", FileState.UNDONE: "undone_at"}[after]
    won = sa.update(FindingImport).where(FindingImport.id == found.id, FindingImport.state == before)
    return db.session.execute(
        won.values(state=after, **{moment: now()}).returning(FindingImport.id)).first() is not None


def _values(said: Said, import_id: int) -> dict[str, object]:
    return {
        "factory_id": said.factory_id, "cluster": said.cluster, "point": said.point, "question": said.question,
        "severity": said.severity, "assessed_on": said.assessed_on, "status": said.status, "import_id": import_id,
        "received_at": now(), "withdrawn_at": None, "is_current": False,
    }


def _settle(factories: Collection[int], before: dict[tuple[int, str], int]) -> None:
    """Say anew which finding counts for each question, and tell of each that changed."""
    place = sa.func.row_number().over(
        partition_by=(Finding.factory_id, Finding.question), order_by=(Finding.assessed_on.desc(), Finding.id.desc()))
    valid = sa.select(Finding.id, place.label("place")).where(
        Finding.factory_id.in_(factories), Finding.withdrawn_at.is_(None)).subquery()
    first = sa.select(valid.c.id).where(valid.c.place == 1)
    of_these = sa.update(Finding).where(Finding.factory_id.in_(factories))
    counts_no_longer = of_these.where(Finding.is_current, Finding.id.not_in(first)).values(is_current=False)
    counts_now = of_these.where(~Finding.is_current, Finding.id.in_(first)).values(is_current=True)
    for statement in (counts_no_longer, counts_now):  # in this order: of one question only one may count at any time
        db.session.execute(statement.execution_options(synchronize_session="fetch"))
    after = queries.current_ids(factories)
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            publish(FindingChanged(after.get(key) or before[key]))
