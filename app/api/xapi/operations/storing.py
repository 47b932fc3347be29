"""Statements are stored all or none, in one order, each id once."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.api.tokens.entering import Entered
from app.api.xapi import names
from app.api.xapi.models import Statement, StatementFile, StatementKey, StatementText
from app.api.xapi.operations import references
from app.api.xapi.queries.placing import Place, places_of
from app.api.xapi.queries.statements import WRITING, beyond
from app.api.xapi.refusals import Conflict
from app.api.xapi.rules import attachments, keys, statements, values
from app.api.xapi.rules.problems import Malformed
from app.api.xapi.rules.reading import write_json
from app.api.xapi.rules.sameness import fingerprint
from app.api.xapi.rules.versions import Version
from app.platform import audit
from app.platform.clock import now
from app.platform.db import Base, db

_PIECE = 500
LARGEST = 1_000_000
"""Characters of a statement."""


@dataclass(frozen=True)
class Sent:
    """Statements as they came, checked, and the bytes that came along: hash -> type and bytes."""

    batch: Sequence[dict[str, Any]]
    version: Version
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """Who writes: a token of an account, or - with neither - this system itself."""

    account_id: int | None
    token_id: int | None
    authority: dict[str, Any]
    actor: Actor = SYSTEM
    """What it cannot read, it cannot take back."""


@dataclass(frozen=True)
class Kept:
    """A statement that was stored just now."""

    id: int
    statement: dict[str, Any]
    place: Place


def store(entered: Entered, sent: Sent) -> tuple[list[str], list[Kept]]:
    """Store statements of a token. Answers the ids of all, and what is new: one that was sent before stays as it was.

    Raises Conflict for an id that stands for another statement, Malformed for somebody whom the token does not reach.
    """
    by = Written(entered.actor.account_id, entered.token_id, names.authority_of(entered.token_id), entered.actor)
    for each in sent.batch:
        statements.settled(each)
        each.setdefault("id", str(uuid.uuid4()))
    kept = write(sent.batch, by, places_of(entered.actor, sent.batch), sent.version, sent.files)
    if kept:
        audit.record(
            entered.actor, "xapi.store", f"account:{by.account_id}", token=by.token_id, statements=len(kept),
            first=kept[0].id,
        )  # fmt: skip
    return [each["id"] for each in sent.batch], kept


def write(
    batch: Sequence[dict[str, Any]],
    by: Written,
    places: Sequence[Place],
    version: Version,
    files: Mapping[str, tuple[str, bytes]] | None = None,
) -> list[Kept]:
    """Add statements with ids, each with its place. Those that are there already are left out."""
    hold()
    at = now()
    prints = [fingerprint(each) for each in batch]
    new = _new([each["id"].lower() for each in batch], prints)
    unread = beyond(by.actor, {each["object"]["id"].lower() for each in batch if statements.is_voiding(each)})
    rows = [
        {
            "uuid": each["id"].lower(), "stored": at, "fingerprint": prints[index], "account_id": by.account_id,
            "token_id": by.token_id, "programme_id": places[index].programme_id,
            "factory_id": places[index].factory_id, "person_id": places[index].person_id,
            "target": statements.target(each),
            "is_voiding": statements.is_voiding(each) and statements.target(each) not in unread,
        }
        for index, each in enumerate(batch) if index in new
    ]  # fmt: skip
    if not rows:
        return []
    _insert(Statement, rows)
    ids = _ids([row["uuid"] for row in rows])
    kept = [Kept(ids[each["id"].lower()], each, places[index]) for index, each in enumerate(batch) if index in new]
    for each, row in zip(kept, rows, strict=True):
        _complete(each.statement, at, by, version, row["uuid"])
    _write_parts(kept, files or {})
    references.note({row["uuid"]: ids[row["uuid"]] for row in rows}, {
        ids[row["uuid"]]: row["target"] for row in rows if row["target"]
    })  # fmt: skip
    return kept


def hold() -> None:
    """So that the order of ids is the order of storing and of becoming visible. SQLite has one writer anyway."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITING)))


def _new(ids: Sequence[str], prints: Sequence[str]) -> set[int]:
    """Places in the batch of what is not there yet. Raises Conflict for what is there with another content."""
    known: dict[str, str] = {}
    for start in range(0, len(ids), _PIECE):
        some = Statement.uuid.in_(ids[start : start + _PIECE])
        rows = db.session.execute(sa.select(Statement.uuid, Statement.fingerprint).where(some))
        known.update((row.uuid, row.fingerprint) for row in rows)
    for statement_id, said in zip(ids, prints, strict=True):
        if known.get(statement_id, said) != said:
            raise Conflict(f"There is another statement with the id {statement_id}.")
    return {index for index, statement_id in enumerate(ids) if statement_id not in known}


def _ids(uuids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(uuids), _PIECE):
        some = Statement.uuid.in_(uuids[start : start + _PIECE])
        rows = db.session.execute(sa.select(Statement.uuid, Statement.id).where(some))
        found.update((row.uuid, row.id) for row in rows)
    return found


def _complete(statement: dict[str, Any], at: datetime, by: Written, version: Version, statement_id: str) -> None:
    """What the store itself says of a statement."""
    stored = values.written(at)
    said = statement.get("timestamp")
    if said is not None and not said.endswith(("Z", "z")):
        said = values.written(values.moment(said, "timestamp"))
    statement["id"] = statement_id
    statement["timestamp"] = said or stored
    statement["stored"] = stored
    statement["authority"] = by.authority
    statement.setdefault("version", "1.0.0" if version is Version.OLD else version.value)


def _write_parts(kept: Sequence[Kept], files: Mapping[str, tuple[str, bytes]]) -> None:
    texts = [write_json(each.statement) for each in kept]
    if any(len(text) > LARGEST for text in texts):
        raise Malformed("a statement holds a million characters at most")
    _insert(StatementText, [
        {"statement_id": each.id, "text": text} for each, text in zip(kept, texts, strict=True)
    ])  # fmt: skip
    _insert(StatementKey, [
        {"statement_id": each.id, "key": key, "is_main": is_main}
        for each in kept for key, is_main in keys.keys_of(each.statement).items()
    ])  # fmt: skip
    _insert(StatementFile, [
        {"statement_id": each.id, "sha2": sha2, "content_type": files[sha2][0], "content": files[sha2][1]}
        for each in kept for sha2 in sorted(attachments.hashes(each.statement) & files.keys())
    ])  # fmt: skip


def _insert(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        db.session.connection().execute(sa.insert(model), rows)
