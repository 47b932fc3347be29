"""Reading a roster file for a factory, as a proposal."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories import queries, stored
from app.factories.headings import NOTHING, headings
from app.factories.models import Factory, RosterImport
from app.factories.refusals import RosterRefused
from app.factories.roster import Roster, Told, check_tables, nobody, open_tables, refused
from app.factories.roster.choices import Choices, read_choices
from app.factories.roster.proposals import propose
from app.factories.rules import ImportState
from app.platform import audit
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.files import files
from app.platform.tables import TableRefused


@dataclass(frozen=True)
class Reading:
    """An accepted roster, and the choices of `RosterImport.choices`."""

    roster: Roster
    choices: dict[str, Any]


def preview_roster(
    actor: Actor,
    factory: Factory,
    file_name: str,
    data: bytes,
    chosen: Mapping[str, Any] | None = None,
    role_map: Mapping[str, Any] | None = None,
) -> RosterImport:
    """Read a roster file and keep what was read; nothing of the factory changes.

    The same file and decisions again give the same preview. Raises as `read_roster`.
    """
    return keep_reading(actor, factory, read_roster(actor, factory, file_name, data, chosen, role_map), data)


def keep_reading(actor: Actor, factory: Factory, reading: Reading, data: bytes) -> RosterImport:
    """Keep what `read_roster` read of `data`, so that it can be looked at and applied."""
    content = stored.keep(reading.roster)
    return _same_preview(factory.id, content, reading.choices) or _keep(actor, factory, reading, content, data)


def read_roster(
    actor: Actor,
    factory: Factory,
    file_name: str,
    data: bytes,
    chosen: Mapping[str, Any] | None = None,
    role_map: Mapping[str, Any] | None = None,
    told: Told = nobody,
) -> Reading:
    """Read and check a roster file; nothing is kept.

    `chosen` is what a person decided, under the samples' names; who says nothing else means the programme's country
    and today in its zone. Without it the decisions for the last applied file
    count again when this file looks the same to the importer. `role_map` says which role a designation has.
    Raises NotFound, and RosterRefused - with the reason - when the file cannot be used.
    """
    queries.factory_by_id(actor, factory.id, Permission.ROSTERS_IMPORT)
    basis = {"country": factory.programme.country, "import_date": today(factory.programme.zone).isoformat()}
    first = _choices(basis, chosen or {})
    try:
        tables = open_tables(data, first)
    except TableRefused as refusal:
        raise RosterRefused(refused(file_name, first, refusal.reason), asdict(NOTHING)) from refusal
    proposed = propose(tables, read_choices(basis)).choices
    decisions = _decisions(factory.id, proposed) if chosen is None else dict(chosen)
    if chosen is None and decisions.keys() & {"encoding", "delimiter"}:
        tables = open_tables(data, _choices(basis, decisions))
    roster = check_tables(tables, file_name, _choices(basis, decisions), role_map, told)
    seen = asdict(headings(tables, roster.choices.sheet, roster.choices.header_row))
    if not roster.accepted:
        raise RosterRefused(roster, seen)
    used, by_itself = stored.choices_json(roster.choices), stored.choices_json(proposed)
    return Reading(roster, {"used": used, "proposed": by_itself, "chosen": decisions, "headings": seen})


def _choices(basis: Mapping[str, Any], chosen: Mapping[str, Any]) -> Choices:
    return read_choices({**basis, **{name: value for name, value in chosen.items() if value is not None}})


def _decisions(factory_id: int, proposed: Choices) -> dict[str, Any]:
    """What a person decided for the last applied file, if the importer sees the same table in this one."""
    last = db.session.scalar(
        sa.select(RosterImport.choices)
        .where(RosterImport.factory_id == factory_id, RosterImport.state == ImportState.APPLIED)
        .order_by(RosterImport.applied_at.desc())
        .limit(1)
    )
    seen = stored.choices_json(proposed)
    if not last or not seen.get("header_row") or last["proposed"].get("columns") != seen.get("columns"):
        return {}
    return _moved(last["chosen"], seen["header_row"] - (last["proposed"].get("header_row") or 0))


def _moved(chosen: Mapping[str, Any], rows: int) -> dict[str, Any]:
    """The same decisions for a file whose headings stand some rows lower: a title more or less changes no column.
    The day was that of the other file."""
    kept = {name: value for name, value in chosen.items() if name != "import_date"}
    row = kept.get("header_row")
    return {**kept, "header_row": max(1, row + rows)} if row else kept


def _same_preview(factory_id: int, content: bytes, choices: dict[str, Any]) -> RosterImport | None:
    found = db.session.scalars(
        sa.select(RosterImport).where(
            RosterImport.factory_id == factory_id,
            RosterImport.state == ImportState.PREVIEWED,
            RosterImport.file_key == hashlib.sha256(content).hexdigest(),
        )
    )
    return next((row for row in found if row.choices == choices and not queries.is_overtaken(row)), None)


def _keep(actor: Actor, factory: Factory, reading: Reading, content: bytes, data: bytes) -> RosterImport:
    row = RosterImport(
        factory_id=factory.id, factory=factory, file_name=reading.roster.file, account_id=actor.account_id,
        created_at=now(), applied_at=None,
    )
    describe(row, reading, hashlib.sha256(data).hexdigest(), files().put(content))
    db.session.add(row)
    db.session.flush()  # the log needs the id
    audit.record(actor, "factories.preview_roster", f"factory:{factory.id}", roster_import=row.id)
    return row


def describe(row: RosterImport, reading: Reading, sha256: str, file_key: str) -> None:
    """The import is a preview of what was read."""
    row.file_key, row.state, row.choices = file_key, ImportState.PREVIEWED, reading.choices
    row.counts = {**reading.roster.counts, "sha256": sha256}
