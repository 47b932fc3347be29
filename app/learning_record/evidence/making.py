"""What the first pack of a time, day and language says: every list, drawn up once and one at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.attendance.rules import Evidence
from app.factories.models import Factory
from app.learning_record.evidence.keeping import Keeper
from app.learning_record.evidence.members import actions, certificates, coverage, log, record, registers, rosters
from app.learning_record.evidence.members import sessions as session_tables
from app.learning_record.evidence.members import tests as test_tables
from app.learning_record.evidence.rules import SUMMARY, PartKind
from app.learning_record.evidence.source import About, Source, Table, latest_of
from app.platform.i18n import _
from app.platform.late import late

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


@dataclass(frozen=True)
class _Making:
    """What the lists are drawn up from, and what the readable page learns on the way."""

    source: Source
    issued: Sequence[certificates.Issued]
    factory: Factory
    keeper: Keeper
    summary: Summary

    def roster(self) -> Iterator[Table]:
        yield rosters.table(self.source)

    def sessions(self) -> Iterator[Table]:
        yield session_tables.table(self.source)

    def registers(self) -> Iterator[Table]:
        found, self.summary.known = registers.tables(self.source)
        yield from found

    def tests(self) -> Iterator[Table]:
        yield test_tables.table(self.source.about)

    def record(self) -> Iterator[Table]:
        found, ended = record.entries(self.source), record.corrected(self.source)
        yield record.completions(self.source, found, ended)
        yield record.timeline(self.source, found, ended)

    def coverage(self) -> Iterator[Table]:
        figures, adjustments = coverage.tables(self.source.about, self.factory)
        self.summary.coverage = figures.rows
        yield figures
        yield adjustments

    def actions(self) -> Iterator[Table]:
        yield actions.table(self.source)

    def log(self) -> Iterator[Table]:
        yield log.table(self.source)

    def certificates(self) -> Iterator[Table]:
        files = ((each.path, each.what, each.file_key, each.person_id) for each in self.issued if each.file_key)
        self.keeper.add_files(certificates.FOLDER, files)
        yield certificates.table(self.issued)


_LISTS: Sequence[Callable[[_Making], Iterator[Table]]] = (
    _Making.roster, _Making.sessions, _Making.registers, _Making.tests, _Making.record, _Making.coverage,
    _Making.actions, _Making.log, _Making.certificates,
)  # fmt: skip
STEPS = len(_LISTS) + 1
"""Of drawing up: writing what was drawn up has more."""
_MEMBERS = 14
"""Lists and the readable page: each is a step of writing, as is every file."""


def made(about: About, factory: Factory, fonts: Path, note: Note) -> Keeper:
    """Draw it up, in the language in force. `note` is told how many of all steps are done. Raises DocumentFailed."""
    workers, meetings = rosters.workers(about), session_tables.read(about)
    source = Source(about, meetings, workers, latest_of(workers))
    issued = certificates.issued(source)
    summary = Summary(about, people=len(source.people), half_days=len(meetings), certificates=len(issued))
    making = _Making(source, issued, factory, Keeper(), summary)
    steps = STEPS + _MEMBERS + sum(1 for each in issued if each.file_key)
    for done, make in enumerate(_LISTS):
        note(done, steps)
        for table in make(making):
            making.keeper.add(table)
            summary.lists.append((table.name, table.title, len(table.rows)))
    note(STEPS - 1, steps)
    making.keeper.add_part(PartKind.PAGE, SUMMARY, _("Summary"), draw(summary, fonts=fonts))
    return making.keeper


def head(about: About) -> dict[str, Any]:
    """What the manifest says of the whole."""
    return {
        "factory": {"code": about.code, "name": about.name, "programme": about.programme},
        "zone": about.zone,
        "limits": limits(),
    }


def limits() -> list[str]:
    """What a pack cannot say, as sentences."""
    return [
        _("Staff list, half-days, names and coverage keep no history of their own: they stand here as they were when "
          "the first pack of this time and day was made."),
        _("A person who was erased since has a code in place of name and number, and no certificate file. A "
          "certificate file is left out once its time has run out. Nothing else in a pack changes while it is kept."),
        _("Photos of signed sheets and reports of meeting tools are not in it, as they may name people of other "
          "factories. registers/evidence names each with its SHA-256, its day and until when it is kept: ask the "
          "programme for exactly that one."),
        _("Of people who did not work at the factory in this time nothing stands here, wherever they were trained."),
        _("Certificates are the files that were issued, while they are kept. Whether one still holds today, its own "
          "code says."),
        _("Figures of questions are of whole calendar quarters and of at least five people; single answers are never "
          "given. They are counted once: answers that arrive later are not in them."),
    ]  # fmt: skip
