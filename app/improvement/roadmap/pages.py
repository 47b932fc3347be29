"""Contexts of the pages of roadmaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from app.factories.labels import ROLES
from app.factories.models import Factory, Programme
from app.improvement.findings import labels as findings
from app.improvement.findings import shipped
from app.improvement.findings.models import Finding
from app.improvement.findings.showing import WORDS as FINDING_WORDS
from app.improvement.findings.showing import Words as FindingWords
from app.improvement.roadmap.forms import DropForm, PlanForm
from app.improvement.roadmap.labels import CHANGES, OWNERS, REASONS, STATES
from app.improvement.roadmap.models import RoadmapAction, RoadmapChange
from app.improvement.roadmap.queries import ActionFilter
from app.improvement.roadmap.rules import Obstacle, is_overdue
from app.platform.web import Page
from app.platform.web.paging import Slice

Titles = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class Words:
    """What themes, states and owners are called."""

    states: Mapping[Any, tuple[Any, str]] = field(default_factory=lambda: STATES)
    changes: Mapping[Any, Any] = field(default_factory=lambda: CHANGES)
    reasons: Mapping[Any, Any] = field(default_factory=lambda: REASONS)
    owners: Mapping[Any, Any] = field(default_factory=lambda: OWNERS)
    roles: Mapping[Any, Any] = field(default_factory=lambda: ROLES)
    steps: Mapping[Any, Any] = field(default_factory=lambda: findings.STEPS)
    theme: Any = findings.theme
    point: Any = findings.point
    theme_codes: Sequence[str] = field(default_factory=lambda: [each.code for each in shipped.catalogue().themes])

    def overdue(self, action: RoadmapAction, day: date) -> bool:
        return is_overdue(action.state, action.due_on, day)


WORDS = Words()


@dataclass(frozen=True)
class RoadmapPage(Page):
    """The roadmap of a factory in a cycle."""

    template: ClassVar[str] = "improvement/roadmap/factory.html"
    factory: Factory
    cycle: Any
    cycles: Sequence[date]
    day: date
    themes: Sequence[tuple[str, Sequence[RoadmapAction]]]
    findings: Sequence[Finding]
    titles: Titles
    chosen: ActionFilter
    values: Mapping[str, str]
    may_write: bool
    words: Words = WORDS
    finding_words: FindingWords = FINDING_WORDS


@dataclass(frozen=True)
class ActionPage(Page):
    template: ClassVar[str] = "improvement/roadmap/action.html"
    factory: Factory
    action: RoadmapAction
    history: Sequence[RoadmapChange]
    names: Mapping[int, str]
    titles: Titles
    day: date
    obstacle: Obstacle | None
    obstacles: Mapping[Any, Any]
    drop_form: DropForm
    may_write: bool
    may_close: bool
    words: Words = WORDS


@dataclass(frozen=True)
class PlanPage(Page):
    """Adding an action, or planning one anew."""

    template: ClassVar[str] = "improvement/roadmap/plan.html"
    factory: Factory
    action: RoadmapAction | None
    form: PlanForm
    address: str
    words: Words = WORDS


@dataclass(frozen=True)
class ActionsPage(Page):
    """Actions of all factories in sight: the plan of a group, of a programme."""

    template: ClassVar[str] = "improvement/roadmap/actions.html"
    slice: Slice[RoadmapAction]
    titles: Titles
    chosen: ActionFilter
    values: Mapping[str, str]
    programmes: Sequence[Programme]
    groups: Sequence[tuple[str, str]]
    days: Mapping[str, date]
    previous_url: str
    next_url: str
    words: Words = WORDS


@dataclass(frozen=True)
class GroupNumbersPage(Page):
    """The plan of the own group in numbers."""

    template: ClassVar[str] = "improvement/roadmap/group.html"
    rows: Sequence[Any]
    words: Words = WORDS
