"""Contexts of the pages of factories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.factories.forms import ColumnsForm, RosterForm
from app.factories.headcounts.showing import Shown
from app.factories.lists import FactoryFilter
from app.factories.merging.operations import Preview
from app.factories.merging.queries import Card
from app.factories.models import Employment, Factory, Person, PersonMerge, Programme, RosterImport
from app.factories.people import Work
from app.factories.people_forms import PersonForm
from app.factories.proposal import Proposal
from app.factories.rules import Heads, JobRole
from app.factories.search import PeopleFilter
from app.factories.work_forms import EndForm, HireForm, WorkForm
from app.platform.web import Page
from app.platform.web.paging import Slice
from app.platform.web.panels import Panel


@dataclass(frozen=True)
class FactoriesPage(Page):
    template: ClassVar[str] = "factories/factories.html"
    slice: Slice[Any]
    chosen: FactoryFilter
    programmes: Sequence[Programme]
    provinces: Sequence[str]
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class Frame:
    """What every page of one factory shows: the factory and the way to its other pages, (text, address, is current)."""

    factory: Factory
    tabs: Sequence[tuple[str, str, bool]]
    may_import: bool


@dataclass(frozen=True)
class FactoryPage(Page):
    template: ClassVar[str] = "factories/factory.html"
    frame: Frame
    heads: Heads
    roles: Mapping[Any, Any]
    sexes: Sequence[tuple[Any, Any]]
    facts: Sequence[tuple[Any, Any]]
    headcount: Shown | None
    sees_headcount: bool
    panel: Panel | None
    sides: Sequence[Panel]
    """What other rooms know of the factory itself."""


@dataclass(frozen=True)
class PanelPage(Page):
    template: ClassVar[str] = "factories/panel.html"
    frame: Frame
    panel: Panel


@dataclass(frozen=True)
class PeoplePage(Page):
    template: ClassVar[str] = "factories/people.html"
    frame: Frame
    slice: Slice[Any]
    words: str
    role: JobRole | None
    roles: Mapping[Any, Any]
    panels: Sequence[Panel]
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class SearchPage(Page):
    template: ClassVar[str] = "factories/search.html"
    slice: Slice[Any]
    chosen: PeopleFilter
    places: Mapping[int, Any]
    """Person -> where he or she works, or worked last."""
    factories: Sequence[Any]
    roles: Mapping[Any, Any]
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class RosterPage(Page):
    template: ClassVar[str] = "factories/roster.html"
    frame: Frame
    form: RosterForm
    columns: ColumnsForm | None
    imports: Sequence[RosterImport]


@dataclass(frozen=True)
class ImportPage(Page):
    template: ClassVar[str] = "factories/roster_import.html"
    frame: Frame
    found: RosterImport
    proposal: Proposal
    is_overtaken: bool
    columns: ColumnsForm
    names: Mapping[str, str]
    """Name of each person in the list, by employee number."""
    problem: Any
    fields: Mapping[str, Any]
    roles: Mapping[Any, Any]


@dataclass(frozen=True)
class WorkingPage(Page):
    template: ClassVar[str] = "factories/roster_working.html"
    frame: Frame
    found: RosterImport


@dataclass(frozen=True)
class AppliedPage(Page):
    template: ClassVar[str] = "factories/roster_applied.html"
    frame: Frame
    found: RosterImport
    applied: Mapping[str, int]
    changes: Mapping[str, Any]


@dataclass(frozen=True)
class PersonPage(Page):
    template: ClassVar[str] = "factories/person.html"
    person: Person
    work: Sequence[Work]
    roles: Mapping[Any, Any]
    sexes: Mapping[Any, Any]
    reasons: Mapping[Any, Any]
    own_language: str
    may_edit: bool
    merges: Sequence[PersonMerge]
    """Merges into this person that the actor may take back."""
    panels: Sequence[Panel]


@dataclass(frozen=True)
class PersonFormPage(Page):
    template: ClassVar[str] = "factories/person_details.html"
    person: Person
    form: PersonForm


@dataclass(frozen=True)
class HirePage(Page):
    template: ClassVar[str] = "factories/person_new.html"
    frame: Frame
    form: HireForm


@dataclass(frozen=True)
class WorkPage(Page):
    template: ClassVar[str] = "factories/person_work.html"
    frame: Frame
    person: Person
    held: Employment
    form: WorkForm
    ending: EndForm
    may_link: bool
    """Whether the actor may say from which factory the person came."""


@dataclass(frozen=True)
class OriginPage(Page):
    template: ClassVar[str] = "factories/person_origin.html"
    frame: Frame
    person: Person
    words: str
    found: Sequence[tuple[Any, Any]]
    """People whom the search finds, each with the latest work in scope."""
    roles: Mapping[Any, Any]


@dataclass(frozen=True)
class DuplicatesPage(Page):
    template: ClassVar[str] = "factories/duplicates.html"
    programme: Programme
    pairs: Sequence[tuple[Card, Card, Any]]
    """Two people, and what speaks for one."""
    roles: Mapping[Any, Any]
    number: int
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class MergePage(Page):
    template: ClassVar[str] = "factories/merge.html"
    preview: Preview
    cards: Mapping[int, Card]
    fields: Mapping[str, Any]
    sexes: Mapping[Any, Any]
    roles: Mapping[Any, Any]
    rows: Sequence[tuple[Any, int, int]]
    """What there is of the entry that leads to the other: how much goes over, and how much stays there."""
