"""A pack, written member by member: one file is in memory at a time."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from app.attendance.rules import Evidence
from app.certificates.signing.keys import Keys
from app.learning_record.evidence import container
from app.learning_record.evidence.members import actions, certificates, coverage, log, record, registers, rosters
from app.learning_record.evidence.members import sessions as session_tables
from app.learning_record.evidence.members import tests as test_tables
from app.learning_record.evidence.rules import FORMAT, MANIFEST, SIGNATURE, SUMMARY, canonical
from app.learning_record.evidence.signature import sign
from app.learning_record.evidence.source import About, Source, Table, latest_of
from app.platform.files import Storage
from app.platform.i18n import _
from app.platform.i18n.languages import direction
from app.platform.late import late
from app.platform.tables.writing import Written, write_csv, write_workbook

if TYPE_CHECKING:
    from app.learning_record.evidence.paper import draw
else:
    draw = late("app.learning_record.evidence.paper", "draw")

Note = Callable[[int, int], object]


@dataclass
class Summary:
    """What the readable page of a pack says: lists with the number of their rows, and how marks are known."""

    about: About
    lists: list[tuple[str, str, int]] = field(default_factory=list)
    """Path without its ending, title, rows."""
    known: Mapping[Evidence, int] = field(default_factory=dict)
    people: int = 0
    half_days: int = 0
    certificates: int = 0
    coverage: Sequence[Sequence[Any]] = ()


class _Pack:
    """Counts and hashes what it writes."""

    def __init__(self, out: BinaryIO, about: About) -> None:
        self._writer = container.Writer(out, about.period.at)
        self._about = about
        self.members: list[dict[str, Any]] = []
        self.is_rtl = direction(about.language) == "rtl"

    def add(self, name: str, title: str, data: bytes) -> None:
        self._writer.add(name, data)
        digest = hashlib.sha256(data).hexdigest()
        self.members.append({"name": name, "title": title, "size": len(data), "sha256": digest})

    def add_table(self, table: Table) -> None:
        self.add(f"{table.name}.csv", table.title, write_csv(table.header, table.rows))
        sheet = Written(table.title, table.header, table.rows)
        made = write_workbook([sheet], right_to_left=self.is_rtl, created=self._about.period.at)
        self.add(f"{table.name}.xlsx", table.title, made)

    def close(self, manifest: bytes, signature: bytes) -> None:
        self._writer.add(MANIFEST, manifest)
        self._writer.add(SIGNATURE, signature)
        self._writer.close()


def write(
    out: BinaryIO, about: About, kept: Mapping[str, Any], storage: Storage, keys: Keys, fonts: Path,
    note: Note = lambda _done, _all: None,
) -> None:  # fmt: skip
    """Write the pack. `note` is told now and then how much of how much is done. Words are in the language in force.

    The same time, day, language and keys give the same bytes. Raises container.TooLarge, DocumentFailed.
    """
    workers = rosters.workers(about, kept["roster"])
    source = Source(about, kept, workers, latest_of([each for each in workers if each.person_id]))
    pack, summary = _Pack(out, about), Summary(about)
    issued = certificates.issued(source)
    steps = len(_TABLES) + len(issued) + 1
    for done, make in enumerate(_TABLES):
        note(done, steps)
        for table in make(source, summary):
            pack.add_table(table)
            summary.lists.append((table.name, table.title, len(table.rows)))
    packed = set()
    for done, (each, data) in enumerate(certificates.files_of(issued, storage), len(_TABLES)):
        if done % 25 == 0:
            note(done, steps)
        pack.add(each.path, each.what, data)
        packed.add(each.path)
    index = certificates.table(issued, frozenset(packed))
    pack.add_table(index)
    summary.lists.append((index.name, index.title, len(index.rows)))
    summary.people, summary.half_days = len(source.people), len(kept["meetings"])
    summary.certificates, summary.coverage = len(issued), kept["coverage"]
    note(steps - 1, steps)
    pack.add(SUMMARY, _("Summary"), draw(summary, fonts=fonts))
    manifest = canonical(_manifest(about, pack.members))
    pack.close(manifest, sign(manifest, keys))


def _registers(source: Source, summary: Summary) -> list[Table]:
    register, marks, summary.known = registers.tables(source)
    return [register, marks]


def _record(source: Source, _summary: Summary) -> list[Table]:
    found, ended = record.entries(source), record.corrected(source)
    return [record.completions(source, found, ended), record.timeline(source, found, ended)]


_TABLES: Sequence[Callable[[Source, Summary], Sequence[Table]]] = (
    lambda source, _summary: [rosters.table(source)],
    lambda source, _summary: [session_tables.table(source)],
    _registers,
    lambda source, _summary: [test_tables.table(source)],
    _record,
    lambda source, _summary: coverage.tables(source),
    lambda source, _summary: [actions.table(source)],
    lambda source, _summary: [log.table(source)],
)


def _manifest(about: About, members: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    period = about.period
    return {
        "format": FORMAT,
        "kind": "seamwise-evidence-pack",
        "factory": {"code": about.code, "name": about.name, "programme": about.programme},
        "since": period.since.isoformat(), "until": period.until.isoformat(), "as_of": period.at.isoformat(),
        "zone": about.zone, "language": about.language,
        "members": list(members),
        "limits": [str(each) for each in limits()],
    }  # fmt: skip


def limits() -> list[str]:
    """What this file cannot say, as sentences."""
    return [
        _("Staff list, half-days, questions of tests and coverage keep no history of their own: they stand here as "
          "they were when the first pack of this time and day was made."),
        _("Names, numbers and sex are those known when the file was made; a person who was erased has no name here."),
        _("Of people who did not work at the factory in this time nothing stands here, wherever they were trained."),
        _("Certificates are the files that were issued. Whether one still holds today, its own code says."),
        _("Figures of questions are of whole calendar quarters and of at least five people; single answers are never "
          "given."),
    ]  # fmt: skip
