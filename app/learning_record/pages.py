"""Contexts of the pages of the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from app.factories.models import Factory, Person
from app.factories.pages import Frame
from app.learning_record.earlier import Problem, Row
from app.learning_record.earlier.matching import Match
from app.learning_record.forms import FindForm, RecordForm
from app.learning_record.kinds import EntryKind, Kind
from app.learning_record.models import EarlierImport
from app.learning_record.queries import Figure
from app.learning_record.queries.transcripts import Place, Transcript
from app.learning_record.rules import EvidenceLevel
from app.platform.web import Page


@dataclass(frozen=True)
class Words:
    """What kinds, levels, roles and sexes are called."""

    kinds: Mapping[EntryKind, Kind]
    levels: Mapping[EvidenceLevel, Any]
    roles: Mapping[Any, Any]
    sexes: Mapping[Any, Any]


Entries = Sequence[tuple[date, Any, Sequence[str]]]
"""The day where the factory is, the row as of `queries.entries`, and what its details say to the reader."""


@dataclass(frozen=True)
class RecordPage(Page):
    template: ClassVar[str] = "learning_record/record.html"
    frame: Frame
    form: RecordForm
    finding: FindForm
    person: str
    """The name of the person whose entries are shown; empty for everybody's."""
    is_filtered: bool
    figures: Mapping[EvidenceLevel, Figure]
    entries: Entries
    words: Words
    query: str
    """The filter as the end of an address, with its question mark; empty without one."""
    may_import: bool
    may_take: bool
    """The evidence of the factory, as one file."""
    number: int
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class PrintPage(Page):
    template: ClassVar[str] = "learning_record/printed.html"
    factory: Factory
    asked: Sequence[str]
    figures: Mapping[EvidenceLevel, Figure]
    entries: Entries
    words: Words
    today: date
    most: int
    is_cut: bool


@dataclass(frozen=True)
class FoundPage(Page):
    template: ClassVar[str] = "learning_record/found.html"
    frame: Frame
    finding: FindForm
    found: Sequence[tuple[str, str]]
    """Name and number, and the address of the record with the entries of the person alone."""
    query: str


@dataclass(frozen=True)
class TranscriptPage(Page):
    template: ClassVar[str] = "learning_record/transcript.html"
    person: Person
    found: Transcript
    today: date


@dataclass(frozen=True)
class OwnPage(Page):
    template: ClassVar[str] = "learning_record/own.html"
    found: Transcript
    places: Sequence[Place]


@dataclass(frozen=True)
class EarlierPage(Page):
    template: ClassVar[str] = "learning_record/earlier.html"
    frame: Frame
    form: Any
    choosing: bool
    """Whether the columns are to be chosen."""
    imports: Sequence[EarlierImport]


@dataclass(frozen=True)
class EarlierListPage(Page):
    template: ClassVar[str] = "learning_record/earlier_list.html"
    frame: Frame
    found: EarlierImport
    form: Any
    rows: Sequence[tuple[Row, Match]]
    problems: Sequence[Problem]
    courses: Sequence[tuple[str, int | None]]
    """Each word for a course, with the course that it means."""
    catalogue: Sequence[tuple[int, str]]
    may_count: bool
    words: Any
    """What is wrong, in words."""
