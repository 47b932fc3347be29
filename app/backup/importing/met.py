"""What two installations may both hold, and how it is recognised: by what it is called or what is in it, never by its
number. Whatever is not here is new wherever it comes.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.backup.rows import dumping
from app.backup.rules import NotValid, Table

Row = Mapping[str, Any]
Values = tuple[Any, ...]


@dataclass(frozen=True)
class Key:
    """Columns by which a row is recognised. `within` leads to the frozen thing that the row is a part of: where that is
    here already, the same parts must be."""

    columns: Sequence[str]
    as_compared: Callable[[str], str] | None = None
    """How the values are compared."""
    within: str = ""
    same: Sequence[str] = ()
    """Columns that must be equal, too."""
    besides: Sequence[str] = ()
    """Columns that are looked at, too."""
    reason: str = "A version of a course that is here, too, has other parts there ({table})."
    """Said when they are not."""

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.columns, *self.same, *self.besides)

    def of(self, row: Row) -> Values:
        """By which a row is recognised."""
        return tuple(self.as_compared(row[name]) if self.as_compared else row[name] for name in self.columns)


KEYS: dict[str, Key] = {
    "account": Key(("email",)),
    "factory_group": Key(("name",), as_compared=lambda name: name.strip().casefold()),
    "course": Key(("code",)),
    "course_blob": Key(("key",)),
    "course_version": Key(("course_id", "fingerprint")),
    "course_file": Key(("version_id", "path"), within="version_id"),
    "unit": Key(("version_id", "code"), within="version_id"),
    "question": Key(("unit_id", "code"), within="unit_id"),
    "lesson_text": Key(("unit_id", "locale"), within="unit_id"),
    "key_change": Key(
        ("question_id", "number"),
        within="question_id",
        same=("key",),
        reason="The key of a question was corrected in one of both installations alone: correct it in the other, too.",
    ),
    "pathway": Key(("code",)),
    "pathway_version": Key(("pathway_id", "fingerprint")),
    "signing_key": Key(("seal_chain", "credential_public"), besides=("name",)),
}

TAKEN: dict[str, tuple[tuple[Sequence[str], str], ...]] = {
    "programme": ((("code",), "There is a programme {code} here already: a file is taken in once."),),
    "factory": ((("code",), "There is another factory {code} here."),),
    "factory_group": ((("code",), "There is another group with the code {code} here."),),
    "course_version": (
        (("course_id", "number"), "The version {number} of the course {course_id} has another content here."),),
    "pathway_version": (
        (("pathway_id", "number"), "The version {number} of the pathway {pathway_id} has another content here."),),
    "training_session": ((("code",), "There is another training session {code} here."),),
    "quiz_booklet": ((("code",), "There is another booklet {code} here."),),
    "certificate": (
        (("number",), "There is a certificate {number} here already."),
        (("code",), "There is a certificate with the verification code {code} here already.")),
    "factory_certificate": (
        (("number",), "There is a certificate {number} here already."),
        (("code",), "There is a certificate with the verification code {code} here already.")),
}  # fmt: skip
"""What can stand once in an installation, was printed or is looked up by people, and so keeps what it is called."""


class Here:
    """What of a table is here already, read as the lines of a file are: values compare whatever the engine."""

    def __init__(self, connection: sa.Connection, table: Table) -> None:
        self._key, self._taken = KEYS.get(table.name), TAKEN.get(table.name, ())
        names = {"id", *(self._key.all if self._key else ()), *(name for columns, _ in self._taken for name in columns)}
        rows = list(_rows(connection, Table(table.name, tuple(each for each in table.columns if each.name in names))))
        self.rows = {row["id"]: row for row in rows}
        self.numbers = _numbers(rows, self._key) if self._key else {}
        within = self._key.within if self._key else ""
        self._parts = Counter(row[within] for row in rows) if within else Counter()
        self._values = [{_values(row, columns) for row in rows} for columns, _ in self._taken]

    def refuse_taken(self, row: Row, codes: Mapping[str, str]) -> None:
        """Raises NotValid when a new row is called like one that is here; `codes` are how people call what it names."""
        for (columns, reason), values in zip(self._taken, self._values, strict=True):
            if _values(row, columns) in values:
                raise NotValid(reason.format(**{**row, **codes}))

    def parts_of(self, number: int) -> int:
        """How many rows here are parts of a thing."""
        return self._parts[number]


def _rows(connection: sa.Connection, table: Table) -> Iterator[Row]:
    names = [column.name for column in table.columns]
    for block in dumping.blocks(connection, table) if len(names) > 1 else ():
        yield from (dict(zip(names, json.loads(line), strict=True)) for line in block.splitlines())


def _numbers(rows: Sequence[Row], key: Key) -> dict[Values, int]:
    """Keys and numbers; what two rows share is recognised in neither."""
    often = Counter(map(key.of, rows))
    return {key.of(row): row["id"] for row in rows if often[key.of(row)] == 1}


def _values(row: Row, columns: Sequence[str]) -> Values:
    return tuple(row[name] for name in columns)
