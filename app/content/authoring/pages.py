"""Contexts of the pages of authoring."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.content.authoring.forms.layouts import is_used
from app.content.authoring.forms.texts import own_name
from app.content.authoring.labels import CHANGE_KINDS, CHANGES, FILE_KINDS, FILE_STATES, FORM_KINDS, STATE_KINDS
from app.content.authoring.models import Draft
from app.content.authoring.outline import Outline
from app.content.authoring.queries import DraftRow, FileRow, HistoryRow, StoredFile
from app.content.authoring.report import Report
from app.content.compare import FileChange
from app.content.places import FileKind
from app.content.schema import FormFacts, Layout, UnitFacts
from app.courses.labels import UNIT_KINDS
from app.courses.models import Course, CourseVersion
from app.platform.web import Page

ZONE = "UTC"


@dataclass(frozen=True)
class Frame:
    """What all pages of one draft show: its name, its tabs, whether it still changes."""

    draft: Draft
    tabs: Sequence[tuple[Any, str, bool]]


@dataclass(frozen=True)
class ShownProblem:
    """A problem and where to mend it; `line` is what stands there."""

    where: str
    message: str
    is_error: bool
    href: str
    """The text of the file, at the line."""
    line: str = ""
    mend: tuple[Any, str] | None = None
    """A page without files that mends it, as (its name, address)."""


@dataclass(frozen=True)
class DraftsPage(Page):
    template: ClassVar[str] = "content/authoring/drafts.html"
    rows: Sequence[DraftRow]
    courses: Sequence[tuple[int, str, Mapping[str, str], str]]
    zone: str = ZONE


@dataclass(frozen=True)
class BlankPage(Page):
    template: ClassVar[str] = "content/authoring/blank.html"
    form: Any


@dataclass(frozen=True)
class UploadPage(Page):
    """`faults` are the files of a refused ZIP, each with what is wrong."""

    template: ClassVar[str] = "content/authoring/upload.html"
    form: Any
    faults: Sequence[str]


@dataclass(frozen=True)
class DraftPage(Page):
    """`outline` is None while course.yaml cannot be read; then `others` are all files."""

    template: ClassVar[str] = "content/authoring/draft.html"
    frame: Frame
    report: Report
    problems: Sequence[ShownProblem]
    outline: Outline | None
    others: Sequence[tuple[str, FileKind | None]]
    media: Sequence[FileRow]
    revisions: Mapping[str, int]
    media_form: Any
    newer: CourseVersion | None
    """The version that is in use now, when it is not the one that the draft began from."""
    address: Callable[..., str]
    translation: Callable[[str], str]
    may_publish: bool
    file_states: Mapping[Any, Any] = field(default_factory=lambda: FILE_STATES)
    state_kinds: Mapping[Any, str] = field(default_factory=lambda: STATE_KINDS)
    kinds: Mapping[Any, Any] = field(default_factory=lambda: FILE_KINDS)
    unit_kinds: Mapping[Any, Any] = field(default_factory=lambda: UNIT_KINDS)
    own_name: Callable[[str], str] = own_name


@dataclass(frozen=True)
class DiscardPage(Page):
    template: ClassVar[str] = "content/authoring/discard.html"
    frame: Frame


@dataclass(frozen=True)
class FactsPage(Page):
    """`form` is None while course.yaml cannot be read. `theirs` are lines of what somebody else changed meanwhile."""

    template: ClassVar[str] = "content/authoring/facts.html"
    frame: Frame
    form: Any
    locales: Sequence[str]
    themes: Mapping[str, Sequence[Any]]
    problems: Sequence[ShownProblem]
    conflict: str = ""
    theirs: Sequence[str] = ()
    own_name: Callable[[str], str] = own_name


@dataclass(frozen=True)
class UnitsPage(Page):
    """`units` is None while course.yaml cannot be read."""

    template: ClassVar[str] = "content/authoring/units.html"
    frame: Frame
    units: Sequence[UnitFacts] | None
    form: Any
    locales: Sequence[str]
    seen: int
    conflict: str = ""
    unit_kinds: Mapping[Any, Any] = field(default_factory=lambda: UNIT_KINDS)
    own_name: Callable[[str], str] = own_name


@dataclass(frozen=True)
class UnitPage(Page):
    """`stays` says why the unit cannot be taken away; empty when it can."""

    template: ClassVar[str] = "content/authoring/unit.html"
    frame: Frame
    unit: UnitFacts
    form: Any
    locales: Sequence[str]
    seen: int
    stays: str
    conflict: str = ""
    unit_kinds: Mapping[Any, Any] = field(default_factory=lambda: UNIT_KINDS)
    own_name: Callable[[str], str] = own_name


@dataclass(frozen=True)
class LayoutsPage(Page):
    template: ClassVar[str] = "content/authoring/layouts.html"
    frame: Frame
    layouts: Sequence[Layout]
    form: Any
    locales: Sequence[str]
    conflict: str = ""
    own_name: Callable[[str], str] = own_name
    is_used: Callable[[Any, int], bool] = is_used


@dataclass(frozen=True)
class LayoutPage(Page):
    template: ClassVar[str] = "content/authoring/layout.html"
    frame: Frame
    layout: Layout
    form: Any
    locales: Sequence[str]
    seen: int
    conflict: str = ""
    own_name: Callable[[str], str] = own_name
    is_used: Callable[[Any, int], bool] = is_used


@dataclass(frozen=True)
class FormsPage(Page):
    template: ClassVar[str] = "content/authoring/forms.html"
    frame: Frame
    forms: Sequence[FormFacts]
    form: Any
    locales: Sequence[str]
    seen: int
    conflict: str = ""
    form_kinds: Mapping[Any, Any] = field(default_factory=lambda: FORM_KINDS)
    own_name: Callable[[str], str] = own_name


@dataclass(frozen=True)
class FilePage(Page):
    """`theirs` is what the file holds now, when somebody else wrote it meanwhile; None when nobody did."""

    template: ClassVar[str] = "content/authoring/file.html"
    frame: Frame
    file: StoredFile
    kind: Any
    form: Any
    problems: Sequence[ShownProblem]
    line: int
    conflict: str = ""
    theirs: str | None = None
    zone: str = ZONE


@dataclass(frozen=True)
class ChangesPage(Page):
    """`number` is the version that the draft is held against; empty when the course was never published."""

    template: ClassVar[str] = "content/authoring/changes.html"
    frame: Frame
    number: str
    changes: Sequence[FileChange]
    address: Callable[..., str]
    words: Mapping[Any, Any] = field(default_factory=lambda: CHANGES)
    kinds: Mapping[Any, str] = field(default_factory=lambda: CHANGE_KINDS)


@dataclass(frozen=True)
class PublicationPage(Page):
    template: ClassVar[str] = "content/authoring/publication.html"
    frame: Frame
    form: Any
    problems: Sequence[ShownProblem]
    has_errors: bool
    number: str
    changes: Sequence[FileChange]
    is_open: bool
    refusal: str = ""
    words: Mapping[Any, Any] = field(default_factory=lambda: CHANGES)
    kinds: Mapping[Any, str] = field(default_factory=lambda: CHANGE_KINDS)


@dataclass(frozen=True)
class HistoryPage(Page):
    template: ClassVar[str] = "content/authoring/history.html"
    course: Course
    rows: Sequence[HistoryRow]
    drafts: Sequence[DraftRow]
    form: Any
    may_publish: bool
    zone: str = ZONE
