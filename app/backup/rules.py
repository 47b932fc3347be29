"""What a backup says of itself, and how what a stranger wrote is judged. Pure."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

FORMAT = 1
FILES = "files"
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 8 * 1024 * 1024
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_REVISION = re.compile(r"[0-9a-z]{1,32}")


class Unreadable(Exception):
    """It cannot be read, or is no backup at all; the message is the reason."""


class NotValid(Exception):
    """It is a backup that must not be used; the message is the reason."""


class Unsure(Exception):
    """It is done, and the disk or the database does not confirm it; the message says what holds."""


class Kind(StrEnum):
    """What a column holds, in words that no engine owns."""

    INTEGER = "integer"
    BOOLEAN = "boolean"
    TEXT = "text"
    JSON = "json"
    MOMENT = "moment"
    WALL_TIME = "wall_time"
    DAY = "day"
    DECIMAL = "decimal"
    DOUBLE = "double"
    BYTES = "bytes"


@dataclass(frozen=True)
class Column:
    """A column; `scale` are the places of a decimal."""

    name: str
    kind: Kind
    scale: int = 0


@dataclass(frozen=True)
class Table:
    """The columns of a table, in the order of its lines."""

    name: str
    columns: tuple[Column, ...]

    @property
    def member(self) -> str:
        """Where the archive has its lines."""
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True)
class Content:
    """How much there is of something, and the SHA-256 of all of it."""

    count: int
    size: int
    sha256: str


@dataclass(frozen=True)
class TableContent:
    """A table with what it holds. `next_id` is what the next row gets: numbers are never given twice."""

    table: Table
    content: Content
    next_id: int


@dataclass(frozen=True)
class Manifest:
    """The last member of an archive. Tables stand in the order in which they can be filled."""

    revision: str
    engine: str
    made_at: str
    tables: tuple[TableContent, ...]
    files: Content
    missing: int
    """Files that the database speaks of and that were gone or altered already."""
    programme: str = ""
    """The code of the only programme of which something is in it; empty in a backup."""
    left: Mapping[str, int] = field(default_factory=dict)
    """Of a programme: table -> rows of it that stayed, as they belong to another one, too."""
    format: int = FORMAT

    def as_bytes(self) -> bytes:
        """As it stands in the archive."""
        return json.dumps(asdict(self), indent=1).encode()

    @property
    def size(self) -> int:
        """Bytes of all that is in it, before packing."""
        return self.files.size + sum(each.content.size for each in self.tables)

    @property
    def members(self) -> dict[str, Content]:
        """What the archive must hold beside this, in this order."""
        return {each.table.member: each.content for each in self.tables} | {FILES: self.files}


def read_manifest(data: bytes) -> Manifest:
    """The manifest in these bytes. Raises NotValid for another format and for whatever is not one."""
    try:
        found = json.loads(data)
        number = _whole(found["format"])
        if number > FORMAT:
            raise NotValid(f"It was made by a newer Seamwise (format {number}; this one reads {FORMAT}).")
        manifest = Manifest(
            _matching(_REVISION, found["revision"]), str(found["engine"]), str(found["made_at"]),
            tuple(map(_table, found["tables"])), _content(found["files"]), _whole(found["missing"]),
            str(found["programme"]), _left(found.get("left", {})), number,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise NotValid("Its list of contents is not one that Seamwise writes.") from error
    if len({each.table.name for each in manifest.tables}) < len(manifest.tables):
        raise NotValid("Its list of contents names a table twice.")
    return manifest


def _table(found: Mapping[str, Any]) -> TableContent:
    said = found["table"]
    table = Table(_matching(_NAME, said["name"]), tuple(map(_column, said["columns"])))
    return TableContent(table, _content(found["content"]), _whole(found["next_id"]))


def _column(found: Mapping[str, Any]) -> Column:
    return Column(_matching(_NAME, found["name"]), Kind(found["kind"]), _whole(found["scale"]))


def _left(found: Mapping[str, Any]) -> Mapping[str, int]:
    return {_matching(_NAME, name): _whole(count) for name, count in found.items()}


def _content(found: Mapping[str, Any]) -> Content:
    return Content(_whole(found["count"]), _whole(found["size"]), _matching(_DIGEST, found["sha256"]))


def _matching(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise ValueError(value)
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError(value)
    return value
