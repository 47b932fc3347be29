"""Contexts of the pages of the structure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from app.factories.models import Committee, CommitteeMember, Factory, Group, Holiday, Line, Programme
from app.factories.pages import Frame
from app.factories.rules import TermKind
from app.factories.structure.queries.factories import LineRow
from app.factories.structure.queries.programmes import ProgrammeRow
from app.factories.structure.rules import Balance, Term
from app.platform.web import Page


@dataclass(frozen=True)
class ProgrammesPage(Page):
    template: ClassVar[str] = "factories/structure/programmes.html"
    rows: Sequence[ProgrammeRow]
    may_create: bool


@dataclass(frozen=True)
class ProgrammePage(Page):
    """`programme` is None for a new one."""

    template: ClassVar[str] = "factories/structure/programme.html"
    programme: Programme | None
    form: Any
    names: Sequence[Any]


@dataclass(frozen=True)
class HolidaysPage(Page):
    template: ClassVar[str] = "factories/structure/holidays.html"
    programme: Programme
    holidays: Sequence[Holiday]
    year: int
    years: Sequence[int]
    form: Any
    names: Sequence[Any]


@dataclass(frozen=True)
class HolidayPage(Page):
    template: ClassVar[str] = "factories/structure/holiday.html"
    programme: Programme
    holiday: Holiday
    form: Any
    names: Sequence[Any]


@dataclass(frozen=True)
class GroupsPage(Page):
    template: ClassVar[str] = "factories/structure/groups.html"
    rows: Sequence[tuple[Group, int]]


@dataclass(frozen=True)
class GroupPage(Page):
    """`group` is None for a new one."""

    template: ClassVar[str] = "factories/structure/group.html"
    group: Group | None
    form: Any
    factories: Sequence[Factory]
    """Its factories in reach."""


@dataclass(frozen=True)
class NewFactoryPage(Page):
    template: ClassVar[str] = "factories/structure/factory_new.html"
    programme: Programme
    form: Any


@dataclass(frozen=True)
class FactorySettingsPage(Page):
    template: ClassVar[str] = "factories/structure/factory_settings.html"
    frame: Frame
    form: Any


@dataclass(frozen=True)
class TermsPage(Page):
    template: ClassVar[str] = "factories/structure/terms.html"
    frame: Frame
    terms: Mapping[TermKind, Sequence[Term]]
    today: date
    kinds: Mapping[Any, Any]
    values: Mapping[Any, Mapping[Any, Any]]
    form: Any


@dataclass(frozen=True)
class LinesPage(Page):
    template: ClassVar[str] = "factories/structure/lines.html"
    frame: Frame
    rows: Sequence[LineRow]
    kinds: Mapping[Any, Any]
    form: Any


@dataclass(frozen=True)
class LinePage(Page):
    template: ClassVar[str] = "factories/structure/line.html"
    frame: Frame
    line: Line
    form: Any
    closing: Any


@dataclass(frozen=True)
class CommitteesPage(Page):
    """`form` is None for those who may only look."""

    template: ClassVar[str] = "factories/structure/committees.html"
    frame: Frame
    rows: Sequence[tuple[Committee, int]]
    kinds: Mapping[Any, Any]
    form: Any


@dataclass(frozen=True)
class CommitteePage(Page):
    """`sides` and `balance` are None for those who need not know them, the forms for those who may only look."""

    template: ClassVar[str] = "factories/structure/committee.html"
    frame: Frame
    committee: Committee
    kinds: Mapping[Any, Any]
    members: Sequence[CommitteeMember]
    working: Set[int]
    """Those of the members, by person, who work at the factory now."""
    today: date
    sides: Mapping[Any, Any] | None
    balance: Balance | None
    form: Any
    joining: Any
    words: str


@dataclass(frozen=True)
class MemberPage(Page):
    template: ClassVar[str] = "factories/structure/member.html"
    frame: Frame
    committee: Committee
    kinds: Mapping[Any, Any]
    member: CommitteeMember
    form: Any
    siding: Any
    """The form for the side; None for those who need not know it."""
