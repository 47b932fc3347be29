"""One programme for another installation: its rows with their numbers, and nothing of the others."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.accounts.secrets import NO_PASSWORD
from app.backup import creating, file_columns
from app.backup.archive import Writer, written
from app.backup.archive.framing import framed
from app.backup.counting import Counted
from app.backup.numbers import references
from app.backup.rows import dumping, tables
from app.backup.rules import FILES, Content, Kind, Manifest, NotValid, Table, TableContent
from app.platform.clock import now
from app.platform.db import db, migrate
from app.platform.files import FileMissing, files

WHOLE = {
    "course", "course_blob", "course_version", "course_file", "unit", "question", "key_change", "lesson_text",
    "pathway", "pathway_version", "signing_key", "status_list",
}  # fmt: skip
"""Catalogue and public keys: they name no factory and nobody."""
LEFT = {
    "api_token", "audit_entry", "certificate_bundle", "certificate_design_preview", "draft", "draft_file",
    "evidence_pack", "feed", "held_decision", "held_mark", "incoming_mail", "job", "kit_device",
    "kit_receipt", "kit_sheet", "made_report", "mail_message",
    "mailbox_visit", "notice_shown", "notification_choice", "one_time_link", "passkey", "person_pin", "print_order",
    "proposal_made", "rate_counter", "recovery_code", "roster_import", "sign_in", "webhook", "webhook_delivery",
    "xapi_bookmark", "xapi_document",
    "xapi_fact", "xapi_file", "xapi_key", "xapi_name", "xapi_numbering", "xapi_person", "xapi_reference",
    "xapi_statement", "xapi_text",
}  # fmt: skip
"""Sign-ins and secrets, what was on its way, the log, which speaks of everybody, and statements, which bear the address
of this site."""
SHARED = {*WHOLE, "account"}
"""What belongs to no programme alone."""
FACTS = "reported_fact"
"""What frozen figures count goes along whoever it is about; a number stands for people who stay."""
BLANK = {("account", "password_hash"): NO_PASSWORD, ("account", "totp_secret"): None, ("finding_import", "found"): "{}"}
"""Who signed in there is invited anew; a file of findings may speak of other programmes."""
_STARTS = {
    "programme": "SELECT id FROM programme WHERE id = :id",
    "person": "SELECT person_id FROM employment JOIN factory ON factory.id = factory_id WHERE programme_id = :id",
    "factory_group": "SELECT group_id FROM factory WHERE programme_id = :id AND group_id IS NOT NULL",
    "finding_import": "SELECT import_id FROM finding JOIN factory ON factory.id = factory_id WHERE programme_id = :id",
}


def export(code: str, path: Path) -> creating.Made:
    """Write a programme to a file. Raises NotValid when there is none.

    A row goes along when everything that owns it does; one that ties the programme to another - a seat of somebody
    else's factory in a training - stays behind, and the manifest says how many there are.
    """
    if not migrate.is_at_head(db.engine):
        raise NotValid("The database is not at the state of this program: run `flask database upgrade` first.")
    with files().held() as held, dumping.snapshot(db.engine) as connection:
        found = connection.scalar(sa.text("SELECT id FROM programme WHERE code = :code"), {"code": code})
        if found is None:
            raise NotValid(f"There is no programme {code}.")
        chosen = _Chosen(connection, found)
        for table in tables():
            for _ in chosen.lines(table):
                pass  # accounts come first in the file, and who is spoken of is known at the end
        with written(path) as out:
            writer, counted = Writer(out), dumping.next_ids(connection)
            contents = tuple(_add(writer, chosen, table, counted) for table in tables())
            named = [key for key in dict.fromkeys(chosen.files) if held.has(key)]
            size, digest = writer.add(FILES, framed(_whole(held, named)), is_packed=False)
            manifest = Manifest(
                revision=creating.revision(connection), engine=connection.dialect.name, made_at=now().isoformat(),
                tables=contents, files=Content(len(named), size, digest),
                missing=len(set(chosen.files)) - len(named), programme=code,
                left={name: count for name, count in chosen.left.items() if count},
            )  # fmt: skip
            return creating.Made(manifest, writer.finish(manifest))


def _whole(held: Any, keys: list[str]) -> Iterator[tuple[str, bytes]]:
    for key in keys:
        try:
            yield key, held.get(key)
        except FileMissing as error:
            raise NotValid(f"The stored file {key} was altered.") from error


def _add(writer: Writer, chosen: "_Chosen", table: Table, counted: dict[str, int]) -> TableContent:
    lines = Counted(chosen.lines(table))
    size, digest = writer.add(table.member, lines)
    next_id = max(max(chosen.ids[table.name], default=0) + 1, counted.get(table.name, 1))
    return TableContent(table, Content(lines.count, size, digest), next_id)


class _Chosen:
    """The rows that go along, told table by table: those that are referred to come first."""

    def __init__(self, connection: sa.Connection, programme_id: int) -> None:
        self._connection = connection
        self.ids: dict[str, set[int]] = {table.name: set() for table in tables()}
        self._start = {
            name: set(connection.scalars(sa.text(query), {"id": programme_id})) for name, query in _STARTS.items()
        }
        self._accounts: set[int] = set()
        self.left: dict[str, int] = {}
        self.files: list[str] = []

    def lines(self, table: Table) -> Iterator[bytes]:
        """The lines of a table that go along."""
        if table.name in LEFT:
            return
        places = {column.name: place for place, column in enumerate(table.columns)}
        self.ids[table.name], self.left[table.name] = set(), 0
        for block in dumping.blocks(self._connection, table):
            for line in block.splitlines():
                row = json.loads(line)
                if self._goes(table.name, row, places):
                    self.ids[table.name].add(row[places["id"]])
                    self._note(table, row)
                    yield json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    def _goes(self, name: str, row: list[Any], places: dict[str, int]) -> bool:
        """Whether a row goes along; what leads to where nothing goes is blanked in it."""
        for (table, column), value in BLANK.items():
            if table == name:
                row[places[column]] = value
        if name in WHOLE:
            return True
        number = row[places["id"]]
        if name == "account":
            return number in self._accounts
        own, others = self._owners(name, row, places)
        if others:
            self.left[name] += own > 0
            return False
        if name in self._start:
            return number in self._start[name]
        return own > 0 or (name in OF_ACCOUNTS and row[places["account_id"]] in self._accounts)

    def _owners(self, name: str, row: list[Any], places: dict[str, int]) -> tuple[int, int]:
        """How many rows that own this one go along, and how many stay."""
        own = others = 0
        for each in references(name):
            value = row[places[each.column]]
            if value is None or each.target in SHARED:
                continue
            if value in self.ids.get(each.target, ()):
                own += 1
            elif name == FACTS and each.column != "period_id":
                _count_without(row, places, each.column)
            elif each.may_be_empty and each.target in {*LEFT, name}:
                row[places[each.column]] = None
            else:
                others += 1
        return own, others

    def _note(self, table: Table, row: list[Any]) -> None:
        """Accounts and stored files that a row speaks of."""
        accounts = {each.column for each in references(table.name) if each.target == "account"}
        for place, column in enumerate(table.columns):
            value = row[place]
            if value is None:
                continue
            if column.name in accounts:
                self._accounts.add(value)
            elif (table.name, column.name) in file_columns.KEYS or (
                column.kind is Kind.JSON and (table.name, column.name) in file_columns.DOCUMENTS
            ):
                self.files += file_columns.keys_in(value)


def _count_without(row: list[Any], places: dict[str, int], column: str) -> None:
    """Her number is nobody's where the row goes; facts of one person are still told from those of another."""
    if column == "person_id":
        row[places["subject_id"]] = row[places["subject_id"]] or row[places[column]]
        row[places[column]] = None


OF_ACCOUNTS = {"absence", "trainer_languages"}
"""What belongs to an account alone: it goes along with an account, and comes with one that is new there."""


def is_owned(table: str) -> bool:
    """Whether a row of a table goes along only with something of the programme that it refers to."""
    return table not in {*SHARED, *LEFT, *_STARTS, *OF_ACCOUNTS}
