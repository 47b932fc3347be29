"""Statements that a token may read: what it may not is not there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.access.permissions import Permission
from app.api.xapi.models import Statement, StatementFile, StatementKey, StatementReference, StatementText
from app.platform.clock import now
from app.platform.db import db

MOST = 200
"""Statements in one answer."""
MOST_TEXT = 10_000_000
"""Characters of all of them together, unless the first one alone is longer."""
MOST_FILES = 25 * 1024 * 1024
"""Bytes that come along with them, likewise."""
_PIECEWISE = {"yield_per": 20}
SETTLING = timedelta(seconds=5)
"""What was stored so long ago is committed, unless a batch is being stored."""
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
WRITING = 0x7841504953
"""Number of the lock under which statements are stored, where several could write at once."""


@dataclass(frozen=True)
class Wanted:
    """What a reader asks for. Each key must be found in a statement - `is_main`: in a main place of it."""

    keys: tuple[tuple[str, bool], ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    is_ascending: bool = False
    limit: int = MOST
    cursor: int | None = None
    """The row after which to go on."""


@dataclass(frozen=True)
class Found:
    """A statement as it stands, and where."""

    id: int
    stored: datetime
    text: str


def one(actor: Actor, statement_id: str, *, is_voided: bool) -> Found | None:
    """A statement by its id, if it is there for the actor and voided or not, as asked."""
    statement = _readable(actor).where(Statement.uuid == statement_id.lower())
    row = db.session.execute(statement.where(_voided() if is_voided else ~_voided())).first()
    return Found(*row) if row else None


def some(actor: Actor, wanted: Wanted) -> tuple[list[Found], int | None]:
    """The statements that are asked for, newest first unless told otherwise, and the cursor of what follows."""
    statement = _readable(actor).where(~_voided(), *_matching(actor, wanted))
    if wanted.cursor is not None:
        after = Statement.id > wanted.cursor if wanted.is_ascending else Statement.id < wanted.cursor
        statement = statement.where(after)
    order = Statement.id if wanted.is_ascending else Statement.id.desc()
    found, size = list[Found](), 0
    with db.session.execute(statement.order_by(order).limit(wanted.limit + 1), execution_options=_PIECEWISE) as rows:
        for row in rows:
            each = Found(*row)
            size += len(each.text)
            if len(found) == wanted.limit or (found and size > MOST_TEXT):
                return found, found[-1].id
            found.append(each)
    return found, None


def consistent_through(actor: Actor) -> datetime:
    """Whatever was stored until then is found by whoever reads from now on: the storing goes in one order, and becomes
    visible in it. To be asked before reading.
    """
    settled = settled_through()
    newest = sa.select(Statement.stored).where(visible(actor, Statement)).order_by(Statement.id.desc()).limit(1)
    last = db.session.scalar(newest)
    return max(last, settled) if last else settled


def settled_through() -> datetime:
    """Until when at least everything is found: some seconds ago, unless a batch is being stored, which may have begun
    before that; then no further than what is there.
    """
    settled = now() - SETTLING
    if not _is_storing():
        return settled
    last = db.session.scalar(sa.select(Statement.stored).order_by(Statement.id.desc()).limit(1))
    return min(settled, last) if last else min(settled, _BEGINNING)


def _is_storing() -> bool:
    """Whether somebody holds the lock of `operations.storing`. SQLite cannot tell."""
    if db.session.connection().dialect.name != "postgresql":
        return False
    held = sa.text(
        "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
        " AND classid = :high AND objid = :low AND database = (SELECT oid FROM pg_database"
        " WHERE datname = current_database()))"
    )
    return bool(db.session.scalar(held, {"high": WRITING >> 32, "low": WRITING & 0xFFFFFFFF}))


def about_activity(actor: Actor, key: str, most: int) -> Sequence[str]:
    """Texts of the last statements in which an activity stands, oldest first."""
    rows, _cursor = some(actor, replace(Wanted(), keys=((key, False),), limit=most))
    return [each.text for each in reversed(rows)]


def within_files(found: Sequence[Found]) -> int:
    """How many of these go into one answer together with all that came with them: one at least."""
    length = sa.func.sum(sa.func.length(StatementFile.content))
    rows = db.session.execute(
        sa.select(StatementFile.statement_id, length).where(StatementFile.statement_id.in_([each.id for each in found]))
        .group_by(StatementFile.statement_id)
    )  # fmt: skip
    lengths, size = {row[0]: int(row[1]) for row in rows}, 0
    for number, each in enumerate(found):
        size += lengths.get(each.id, 0)
        if number and size > MOST_FILES:
            return number
    return len(found)


def files_of(ids: Sequence[int]) -> Sequence[Any]:
    """Hash, type and bytes of what came with statements, each hash once."""
    rows = db.session.execute(
        sa.select(StatementFile.sha2, StatementFile.content_type, StatementFile.content)
        .where(StatementFile.statement_id.in_(ids)).order_by(StatementFile.id)
    ).all()  # fmt: skip
    return list({row.sha2: row for row in rows}.values())


def visible(actor: Actor, statement: Any) -> sa.ColumnElement[bool]:
    """Whether the actor may read it: it is of a factory or programme in reach, or the account's own and of none."""
    scope = actor.scope(Permission.FACTORIES_READ)
    if scope.everything:
        return sa.true()
    return sa.or_(
        statement.programme_id.in_(scope.programmes),
        statement.factory_id.in_(scope.factories),
        sa.and_(
            statement.account_id == (actor.account_id or 0), statement.person_id.is_(None),
            statement.factory_id.is_(None), statement.programme_id.is_(None),
        ),
    )


def _readable(actor: Actor) -> sa.Select[int, datetime, str]:
    return (
        sa.select(Statement.id, Statement.stored, StatementText.text)
        .join(StatementText, StatementText.statement_id == Statement.id)
        .where(visible(actor, Statement))
    )


def _voided() -> sa.ColumnElement[bool]:
    """Whether it was taken back; one that takes back cannot be taken back."""
    return sa.and_(~Statement.is_voiding, taken_back(Statement))


def taken_back(statement: Any) -> sa.ColumnElement[bool]:
    """Whether its account took it back. What the token could not read does not count, see `operations.storing`; what
    came before the statement, only of the same token.
    """
    voiding = aliased(Statement)
    by_writer = voiding.account_id.is_not_distinct_from(statement.account_id)
    knew = sa.or_(voiding.id > statement.id, voiding.token_id.is_not_distinct_from(statement.token_id))
    return sa.exists().where(voiding.target == statement.uuid, voiding.is_voiding, by_writer, knew)


def beyond(actor: Actor, ids: Collection[str]) -> set[str]:
    """Those of these statements that the actor may not read."""
    if not ids:
        return set()
    theirs = sa.select(Statement.uuid).where(Statement.uuid.in_(ids), sa.not_(visible(actor, Statement)))
    return set(db.session.scalars(theirs))


def _matching(actor: Actor, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    conditions = []
    if wanted.since is not None:
        conditions.append(Statement.stored > wanted.since)
    if wanted.until is not None:
        conditions.append(Statement.stored <= wanted.until)
    if wanted.keys:
        conditions.append(_has(actor, wanted.keys))
    return conditions


def _has(actor: Actor, asked: Sequence[tuple[str, bool]]) -> sa.ColumnElement[bool]:
    """Statements with all the keys, and those that speak of one with all of them that the actor may read."""
    having: sa.Select[Any] | None = None
    for key, is_main in asked:
        having = _ids_with(key, is_main=is_main, among=having)
    assert having is not None
    told = aliased(Statement)
    told_of = sa.select(told.id).where(told.id.in_(having), visible(actor, told))
    speaking = sa.select(StatementReference.statement_id).where(StatementReference.about_id.in_(told_of))
    return sa.or_(Statement.id.in_(having), Statement.id.in_(speaking))


def _ids_with(key: str, *, is_main: bool, among: sa.Select[Any] | None) -> sa.Select[Any]:
    table = aliased(StatementKey)
    statement = sa.select(table.statement_id).where(table.key == key)
    if is_main:
        statement = statement.where(table.is_main)
    return statement if among is None else statement.where(table.statement_id.in_(among))
