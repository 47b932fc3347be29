"""A pack, written member by member from what is kept: one file is in memory at a time."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from app.certificates.signing.keys import Keys
from app.learning_record.evidence import container
from app.learning_record.evidence.keeping import Kept, Part
from app.learning_record.evidence.rules import FORMAT, MANIFEST, SIGNATURE, PartKind, canonical
from app.learning_record.evidence.signature import sign
from app.learning_record.evidence.source import About
from app.platform.files import FileMissing, Storage
from app.platform.i18n.languages import direction
from app.platform.tables.writing import Cell, Written, write_csv, write_workbook

Note = Callable[[int, int], object]
_FILES_A_STEP = 25


class _Pack:
    """Counts and hashes what it writes."""

    def __init__(self, out: BinaryIO, about: About, kept: Kept) -> None:
        self._writer = container.Writer(out, about.period.at)
        self._about, self._kept = about, kept
        self._is_rtl = direction(about.language) == "rtl"
        self._files: set[str] = set()
        self.members: list[dict[str, Any]] = []

    def add(self, name: str, title: str, data: bytes) -> None:
        self._writer.add(name, data)
        digest = hashlib.sha256(data).hexdigest()
        self.members.append({"name": name, "title": title, "size": len(data), "sha256": digest})

    def add_table(self, part: Part) -> None:
        header = self._kept.header(part)
        self.add(f"{part.name}.csv", part.title, write_csv(header, self._rows(part)))
        made = write_workbook(
            [Written(part.title, header, self._rows(part))], right_to_left=self._is_rtl, created=self._about.period.at)
        self.add(f"{part.name}.xlsx", part.title, made)

    def _rows(self, part: Part) -> Iterator[list[Cell]]:
        return self._kept.rows(part, self._files)

    def add_files(self, part: Part, storage: Storage, note: Callable[[int], object]) -> None:
        """The files of certificates. One that is gone - its time has run out - is left out, and its list says so."""
        for done, (path, title, key) in enumerate(self._kept.files(part)):
            if done % _FILES_A_STEP == 0:
                note(done)
            try:
                self.add(path, title, storage.get(key))
            except FileMissing:
                continue
            self._files.add(path)

    def close(self, manifest: bytes, signature: bytes) -> None:
        self._writer.add(MANIFEST, manifest)
        self._writer.add(SIGNATURE, signature)
        self._writer.close()


def write(
    out: BinaryIO, about: About, kept: Kept, storage: Storage, keys: Keys, note: Note = lambda _done, _all: None
) -> None:
    """Write the pack. `note` is told now and then how much of how much is done.

    The same is kept, and the same keys: the same bytes. Raises container.TooLarge.
    """
    pack, done = _Pack(out, about, kept), 0
    weights = [_weight(kept, part) for part in kept.parts]
    for part, weight in zip(kept.parts, weights, strict=True):
        note(done, sum(weights))
        if part.kind is PartKind.TABLE:
            pack.add_table(part)
        elif part.kind is PartKind.FILES:
            pack.add_files(part, storage, lambda more, before=done: note(before + more, sum(weights)))  # type: ignore[misc]
        else:
            pack.add(part.name, part.title, part.content)
        done += weight
    manifest = canonical(_manifest(about, kept, pack.members))
    pack.close(manifest, sign(manifest, keys))


def _weight(kept: Kept, part: Part) -> int:
    """A list is a step, and so is a file."""
    return sum(1 for _file in kept.files(part)) if part.kind is PartKind.FILES else 1


def _manifest(about: About, kept: Kept, members: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    period = about.period
    return {
        **kept.head,
        "format": FORMAT,
        "kind": "seamwise-evidence-pack",
        "since": period.since.isoformat(), "until": period.until.isoformat(), "as_of": period.at.isoformat(),
        "language": about.language, "erased": kept.erased,
        "members": list(members),
    }  # fmt: skip
