"""A ZIP of certificates: one file is in memory at a time; a list says what lies in it, a text what does not."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from app.certificates import rules
from app.certificates.bundles import packing, tables
from app.certificates.bundles.packing import Item
from app.certificates.bundles.rules import STEP
from app.platform.files import FileMissing, Storage
from app.platform.i18n import _

INDEX, MISSING = "index.xlsx", "MISSING.txt"


@dataclass(frozen=True)
class Written:
    """Ids of the certificates whose files lie in a ZIP, and how many it names that have none in it."""

    packed: list[int]
    left_out: int


def write(
    out: BinaryIO,
    certificates: Sequence[int],
    storage: Storage,
    at: datetime,
    note: Callable[[int], object] = lambda _done: None,
) -> Written:
    """Write the ZIP of these certificates; answers what lies in it.

    `at` is the moment that the list is of, `note` is told before every hundred how many are done. The words are in the
    language in force.
    """
    rows: list[tuple[Item, str]] = []
    missing: list[Item] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for item in _items(certificates, note):
            name = rules.file_name(item.number, item.latin_name or item.local_name)
            is_packed = bool(item.file_key) and _pack(archive, name, item, storage)
            rows.append((item, name if is_packed else ""))
            if not is_packed:
                missing.append(item)
        archive.writestr(_entry(INDEX, at), tables.index(rows))
        if missing:
            archive.writestr(_entry(MISSING, at), _told(missing))
    return Written([item.id for item, name in rows if name], len(missing))


def _items(certificates: Sequence[int], note: Callable[[int], object]) -> Iterator[Item]:
    for start in range(0, len(certificates), STEP):
        note(start)
        yield from packing.items(certificates[start : start + STEP])


def _pack(archive: zipfile.ZipFile, name: str, item: Item, storage: Storage) -> bool:
    try:
        archive.writestr(_entry(name, item.at), storage.get(item.file_key))
    except FileMissing:
        return False
    return True


def _told(missing: Sequence[Item]) -> str:
    """What is not in it, and why."""
    why: list[tuple[str, Callable[[Item], bool]]] = [
        (_("These certificates were revoked. Their files are no longer handed out."), lambda item: item.is_revoked),
        (_("These files are not made yet. Order them again when they are."), lambda item: item.is_waiting),
        (
            _("These files are gone. If they should be here, please tell your programme office."),
            lambda item: not item.is_revoked and not item.is_waiting,
        ),
    ]
    parts = [(sentence, [item for item in missing if fits(item)]) for sentence, fits in why]
    return "\r\n".join(
        "\r\n".join([sentence, *(f"- {item.number} {item.latin_name}".rstrip() for item in items), ""])
        for sentence, items in parts if items
    )  # fmt: skip


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    """A ZIP holds no years before 1980 and no zones; the moment is told in UTC."""
    return zipfile.ZipInfo(name, at.astimezone(UTC).timetuple()[:6])
