"""Contexts of the pages of requirements and waivers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from app.coverage.models import Requirement
from app.coverage.requirements import labels, spoken
from app.coverage.requirements.checks import Fault
from app.coverage.requirements.models import RequirementDraft, RequirementVersion
from app.coverage.requirements.previews import Due, Preview
from app.coverage.requirements.queries.listed import Listed
from app.coverage.requirements.rules import Kind, Rule, Said, Scope
from app.coverage.requirements.spoken import Titles
from app.factories.labels import ONE_SEX, ROLES, SEXES
from app.factories.models import Factory, Programme
from app.factories.structure.labels import SIDES
from app.improvement.ambassadors.labels import KINDS as AMBASSADORS
from app.platform.web import Page
from app.platform.web.paging import Slice
from app.platform.web.panels import Panel

PARTS: dict[Any, Any] = {**ROLES, **SIDES, **AMBASSADORS}
"""What people are counted as: a role, a side of a committee, or an ambassador."""


class Words:
    """How a rule and a scope are said, and what everything is called."""

    sentence, limits = staticmethod(spoken.sentence), staticmethod(spoken.limits)
    sources, kinds, examples = labels.SOURCES, labels.KINDS, labels.EXAMPLES
    faults, reasons = labels.FAULTS, labels.REASONS
    parts, sexes, one_sex = PARTS, SEXES, ONE_SEX


WORDS = Words()


@dataclass(frozen=True)
class Shown:
    """A page of the factories of a preview, or of waivers."""

    rows: Sequence[Any]
    previous_url: str
    next_url: str
    number: int


@dataclass(frozen=True)
class ProgrammesPage(Page):
    """Programmes with how many requirements each has."""

    template: ClassVar[str] = "coverage/requirements/programmes.html"
    rows: Sequence[tuple[Programme, int]]


@dataclass(frozen=True)
class RequirementsPage(Page):
    """What a programme requires, and what is proposed there. `packs` are what other rooms offer."""

    template: ClassVar[str] = "coverage/requirements/requirements.html"
    programme: Programme
    rows: Sequence[Listed]
    drafts: Sequence[RequirementDraft]
    titles: Titles
    today: date
    may_manage: bool
    packs: Sequence[Panel]
    words: Words = WORDS


@dataclass(frozen=True)
class KindsPage(Page):
    """Which kind of requirement is to be written."""

    template: ClassVar[str] = "coverage/requirements/kinds.html"
    programme: Programme
    words: Words = WORDS


@dataclass(frozen=True)
class RequirementPage(Page):
    """One requirement with its versions, the last one first; each with its rule and scope."""

    template: ClassVar[str] = "coverage/requirements/requirement.html"
    programme: Programme
    shown: Listed
    versions: Sequence[tuple[RequirementVersion, Rule, Scope]]
    titles: Titles
    today: date
    may_manage: bool
    has_draft: bool
    waivers: int
    words: Words = WORDS


@dataclass(frozen=True)
class FormPage(Page):
    """The form of a kind. `requirement` is the one whose next version it writes, `draft` the draft that it changes."""

    template: ClassVar[str] = "coverage/requirements/form.html"
    programme: Programme
    kind: Kind
    form: Any
    names: Sequence[Any]
    draft: RequirementDraft | None
    words: Words = WORDS


@dataclass(frozen=True)
class DraftPage(Page):
    """What publishing a draft would do. `people` are those of one factory, where somebody looks behind a number."""

    template: ClassVar[str] = "coverage/requirements/draft.html"
    programme: Programme
    draft: RequirementDraft
    said: Said
    titles: Titles
    faults: Sequence[Fault]
    hints: Sequence[str]
    is_late: bool
    """Its day is over, or the version before begins on it or later."""
    preview: Preview
    before: Preview | None
    factories: Shown
    factory: Factory | None
    people: Slice[Due] | None
    people_urls: tuple[str, str]
    today: date
    words: Words = WORDS


@dataclass(frozen=True)
class EndPage(Page):
    """What ending a requirement would do."""

    template: ClassVar[str] = "coverage/requirements/end.html"
    programme: Programme
    requirement: Requirement
    form: Any
    preview: Preview
    factories: Shown
    words: Words = WORDS


@dataclass(frozen=True)
class RequirementWaiversPage(Page):
    """Who is exempt from a requirement."""

    template: ClassVar[str] = "coverage/requirements/waivers_of_requirement.html"
    programme: Programme
    requirement: Requirement
    waivers: Shown
    today: date
    words: Words = WORDS


@dataclass(frozen=True)
class FactoryWaiversPage(Page):
    """Who at a factory is exempt from what."""

    template: ClassVar[str] = "coverage/requirements/waivers_of_factory.html"
    factory: Factory
    waivers: Shown
    today: date
    may_waive: bool
    form: Any
    """To end one; `chosen` is the one whose form was sent wrong."""
    chosen: int | None
    words: Words = WORDS


@dataclass(frozen=True)
class NewWaiverPage(Page):
    """The form of a waiver, with the people whom a search found."""

    template: ClassVar[str] = "coverage/requirements/waiver_new.html"
    factory: Factory
    form: Any
    words: str
