"""What the first pack of a time, day and language said is kept, word for word; later ones are written from it alone.

Who somebody is stands apart from the lists: names and numbers of a person are one row, and erasing empties it.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.factories.erasing import pseudonym
from app.factories.models import Factory, Person
from app.learning_record.evidence.models import EvidencePart, EvidencePerson, EvidenceState
from app.learning_record.evidence.rules import PartKind
from app.learning_record.evidence.source import About, InPack, Named, Said, Table, in_steps
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.tables.writing import Cell

_STEP = 4096
Name = tuple[int, Sequence[str]]
"""A person, and what he or she was called; nothing of somebody who was erased."""


@dataclass(frozen=True)
class Part:
    """A part of a pack as it is kept."""

    kind: PartKind
    name: str
    title: str
    content: bytes


@dataclass(frozen=True)
class Kept:
    """What a pack is written from."""

    head: Mapping[str, Any]
    parts: Sequence[Part]
    names: Mapping[int, Name]

    @property
    def erased(self) -> int:
        """How many people were erased since it was first made."""
        return len({person_id for person_id, texts in self.names.values() if not texts})

    def header(self, part: Part) -> list[str]:
        """The headings of a list."""
        found: list[str] = next(lines(part.content))
        return found

    def rows(self, part: Part, packed: Collection[str] = ()) -> Iterator[list[Cell]]:
        """The rows of a list, one at a time; `packed` are the files that lie in the pack."""
        for row in islice(lines(part.content), 1, None):
            yield [self._cell(cell, packed) for cell in row]

    def files(self, part: Part) -> Iterator[tuple[str, str, str]]:
        """Path, title and key of the files, but of people who were erased."""
        for path, title, key, place in lines(part.content):
            if place is None or self.names[place][1]:
                yield path, title, key

    def _cell(self, cell: Any, packed: Collection[str]) -> Cell:
        if isinstance(cell, list):
            return self.called(*cell)
        if isinstance(cell, dict):
            return self._file(packed, **cell)
        kept: Cell = cell
        return kept

    def _file(
        self, packed: Collection[str], file: str, gone: str = "", erased: str = "", whose: int | None = None
    ) -> str:
        """What was kept before reasons were has none."""
        if file in packed:
            return file
        return gone if whose is None or self.names[whose][1] else erased

    def called(self, place: int, which: int) -> str:
        """What somebody was called; a code once erased."""
        person_id, texts = self.names[place]
        return texts[which] if texts else pseudonym(person_id)


class Keeper:
    """Takes parts down for keeping, one after another: of each only its packed bytes stay in memory."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._places: dict[int, int] = {}
        self._texts: list[tuple[int, dict[str, int]]] = []

    @property
    def names(self) -> list[Name]:
        return [(person_id, list(texts)) for person_id, texts in self._texts]

    def add(self, table: Table) -> None:
        rows = ([self._kept(cell) for cell in row] for row in table.rows)
        self.add_part(PartKind.TABLE, table.name, table.title, _packed(chain([table.header], rows)))

    def add_files(self, name: str, files: Iterable[tuple[str, str, str, int | None]]) -> None:
        """Path, title, key and whose it is."""
        rows = ([path, title, key, None if who is None else self._place(who)] for path, title, key, who in files)
        self.add_part(PartKind.FILES, name, "", _packed(rows))

    def add_part(self, kind: PartKind, name: str, title: str, content: bytes) -> None:
        self.parts.append(Part(kind, name, title, content))

    def _kept(self, cell: Said) -> Any:
        if isinstance(cell, Named):
            return self._named(cell) if cell.text else ""
        return self._filed(cell) if isinstance(cell, InPack) else cell

    def _filed(self, cell: InPack) -> dict[str, Any]:
        whose = None if cell.person_id is None else self._place(cell.person_id)
        return {"file": cell.path, "gone": cell.gone, "erased": cell.erased, "whose": whose}

    def _named(self, cell: Named) -> list[int]:
        place = self._place(cell.person_id)
        texts = self._texts[place][1]
        return [place, texts.setdefault(cell.text, len(texts))]

    def _place(self, person_id: int) -> int:
        if person_id not in self._places:
            self._places[person_id] = len(self._texts)
            self._texts.append((person_id, {}))
        return self._places[person_id]


def kept(about: About, session: Session | None = None) -> Kept | None:
    """What was kept of this time, day and language, None before the first pack. Three statements."""
    read = session or db.session
    state = read.execute(sa.select(EvidenceState.id, EvidenceState.head).where(*_whose(about))).first()
    if state is None:
        return None
    columns = EvidencePart.kind, EvidencePart.name, EvidencePart.title, EvidencePart.content
    of = sa.select(*columns).where(EvidencePart.state_id == state.id).order_by(EvidencePart.position)
    people = sa.select(EvidencePerson.place, EvidencePerson.person_id, EvidencePerson.texts)
    names = read.execute(people.where(EvidencePerson.state_id == state.id))
    return Kept(
        state.head, [Part(*row) for row in read.execute(of)], {place: (whose, said) for place, whose, said in names})


def keep(about: About, head: Mapping[str, Any], keeper: Keeper, session: Session) -> Kept:
    """Keep it; what somebody else kept a moment earlier holds. Nothing of who was erased while it was drawn up: whoever
    erases people of the factory holds it first, as staff lists do, so one is before the other.
    """
    session.execute(sa.select(Factory.id).where(Factory.id == about.factory_id).with_for_update(key_share=True))
    values = {
        "factory_id": about.factory_id, "since": about.period.since, "until": about.period.until,
        "as_of": about.period.at, "language": about.language, "head": head, "taken_at": now(),
    }  # fmt: skip
    state = insert(EvidenceState).values(values).on_conflict_do_nothing().returning(EvidenceState.id)
    state_id = session.scalar(state)
    if state_id is not None:
        session.execute(sa.insert(EvidencePart), [
            {"state_id": state_id, "position": position, **vars(part)} for position, part in enumerate(keeper.parts)])
        gone = _erased({person_id for person_id, _texts in keeper.names}, session)
        people = [  # in the order in which everybody holds people
            {"state_id": state_id, "place": place, "person_id": person_id, "texts": [] if person_id in gone else texts}
            for place, (person_id, texts) in sorted(enumerate(keeper.names), key=lambda each: each[1][0])
        ]  # fmt: skip
        if people:
            session.execute(sa.insert(EvidencePerson), people)
    found = kept(about, session)
    assert found is not None
    return found


def _erased(person_ids: Collection[int], session: Session) -> set[int]:
    """Who of them is erased."""
    gone: set[int] = set()
    for ids in in_steps(sorted(person_ids)):
        gone.update(session.scalars(sa.select(Person.id).where(Person.id.in_(ids), Person.erased_at.is_not(None))))
    return gone


def _whose(about: About) -> tuple[sa.ColumnElement[bool], ...]:
    period = about.period
    return (
        EvidenceState.factory_id == about.factory_id, EvidenceState.since == period.since,
        EvidenceState.until == period.until, EvidenceState.as_of == period.at,
        EvidenceState.language == about.language,
    )  # fmt: skip


def _packed(rows: Iterable[Sequence[Any]]) -> bytes:
    """A row a line, packed as they come."""
    packer = zlib.compressobj()
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for row in rows)
    return b"".join([packer.compress(line) for line in lines] + [packer.flush()])


def lines(content: bytes) -> Iterator[list[Any]]:
    """The rows, unpacked as they are asked for."""
    unpacker, rest = zlib.decompressobj(), b""
    for start in range(0, len(content), _STEP):
        *lines, rest = (rest + unpacker.decompress(content[start : start + _STEP])).split(b"\n")
        yield from map(json.loads, lines)
