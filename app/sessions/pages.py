"""Contexts of the pages of training sessions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.accounts.queries import FocalPoint
from app.courses.models import CourseVersion
from app.factories.models import Factory, Programme
from app.platform.web import Page
from app.platform.web.paging import Slice
from app.platform.web.panels import Panel
from app.sessions.conflicts.weighing import Weighed
from app.sessions.forms import (
    CancellationForm,
    CopyForm,
    DetailsForm,
    FaultyFields,
    HalfDayForm,
    HelperForm,
    LinkForm,
    NominationForm,
    PatternForm,
    PostponementForm,
    ReopeningForm,
    RepeatForm,
    ResumptionForm,
    RoomForm,
    ScheduleForm,
    SplitForm,
    SwitchForm,
    TimesForm,
    TrainersForm,
    VenueForm,
)
from app.sessions.forms.seating import ReservationForm
from app.sessions.models import Meeting, TrainingSession
from app.sessions.queries.deadlines import Deadlines
from app.sessions.queries.helping import Helper
from app.sessions.queries.lists import TrainingFilter
from app.sessions.queries.nominating import Nominee
from app.sessions.queries.overview import Overview
from app.sessions.queries.switching import Affected
from app.sessions.rules import Phase, Standing, standing
from app.sessions.wording import WORDS, Words


@dataclass(frozen=True)
class TrainingsPage(Page):
    template: ClassVar[str] = "sessions/list.html"
    slice: Slice[Any]
    chosen: TrainingFilter
    courses: Sequence[CourseVersion]
    programmes: Sequence[Programme]
    may_plan: bool
    sees_all_seats: bool
    """Whether the numbers of every factory are shown."""
    phases: Sequence[Phase] = tuple(Phase)
    states: Sequence[Standing] = tuple(Standing)
    standing: Any = standing
    words: Words = WORDS


@dataclass(frozen=True)
class ProgrammesPage(Page):
    template: ClassVar[str] = "sessions/programmes.html"
    programmes: Sequence[Programme]


@dataclass(frozen=True)
class SchedulePage(Page):
    template: ClassVar[str] = "sessions/new.html"
    form: ScheduleForm
    pattern: PatternForm
    faulty: FaultyFields
    programme: Programme
    can_have_more: bool
    weighed: Weighed | None = None


@dataclass(frozen=True)
class TrainingPage(Page):
    template: ClassVar[str] = "sessions/training.html"
    overview: Overview
    panels: Sequence[Panel]
    words: Words = WORDS


@dataclass(frozen=True)
class DoubtsPage(Page):
    """What speaks against a draft, before others see it."""

    template: ClassVar[str] = "sessions/conflicts/doubts.html"
    training: TrainingSession
    weighed: Weighed
    action: str
    label: str


@dataclass(frozen=True)
class CancellationPage(Page):
    template: ClassVar[str] = "sessions/cancellation.html"
    training: TrainingSession
    form: CancellationForm


@dataclass(frozen=True)
class PostponementPage(Page):
    template: ClassVar[str] = "sessions/postponement.html"
    training: TrainingSession
    form: PostponementForm


@dataclass(frozen=True)
class ResumptionPage(Page):
    template: ClassVar[str] = "sessions/resumption.html"
    training: TrainingSession
    meetings: Mapping[int, Meeting]
    form: ResumptionForm
    faulty: FaultyFields
    weighed: Weighed | None = None


@dataclass(frozen=True)
class ReopeningPage(Page):
    template: ClassVar[str] = "sessions/reopening.html"
    training: TrainingSession
    form: ReopeningForm


@dataclass(frozen=True)
class TrainersPage(Page):
    template: ClassVar[str] = "sessions/trainers.html"
    training: TrainingSession
    form: TrainersForm
    weighed: Weighed | None = None


@dataclass(frozen=True)
class SitesPage(Page):
    template: ClassVar[str] = "sessions/sites.html"
    training: TrainingSession
    speakers: Mapping[int, Sequence[FocalPoint]]
    venue: VenueForm
    room: RoomForm
    has_remote: bool
    weighed: Weighed | None = None
    words: Words = WORDS


@dataclass(frozen=True)
class NewHalfDayPage(Page):
    template: ClassVar[str] = "sessions/new_half_day.html"
    training: TrainingSession
    zone: str
    form: HalfDayForm
    weighed: Weighed | None = None


@dataclass(frozen=True)
class DetailsPage(Page):
    template: ClassVar[str] = "sessions/details.html"
    training: TrainingSession
    meeting: Meeting
    form: DetailsForm
    weighed: Weighed | None = None


@dataclass(frozen=True)
class SwitchPage(Page):
    template: ClassVar[str] = "sessions/modality.html"
    training: TrainingSession
    form: SwitchForm
    affected: Affected
    weighed: Weighed | None = None
    words: Words = WORDS


@dataclass(frozen=True)
class CopiesPage(Page):
    template: ClassVar[str] = "sessions/copies.html"
    training: TrainingSession
    copy: CopyForm
    repeat: RepeatForm
    weighed_copy: Weighed | None = None
    weighed_repeat: Weighed | None = None


@dataclass(frozen=True)
class CohortsPage(Page):
    template: ClassVar[str] = "sessions/cohorts.html"
    training: TrainingSession
    form: SplitForm
    weighed: Weighed | None = None


@dataclass(frozen=True)
class MeetingTimePage(Page):
    template: ClassVar[str] = "sessions/time.html"
    training: TrainingSession
    meeting: Meeting
    form: TimesForm
    weighed: Weighed | None = None


@dataclass(frozen=True)
class MeetingLinkPage(Page):
    template: ClassVar[str] = "sessions/link.html"
    training: TrainingSession
    meeting: Meeting
    form: LinkForm


@dataclass(frozen=True)
class MeetingCancellationPage(Page):
    template: ClassVar[str] = "sessions/meeting_cancellation.html"
    training: TrainingSession
    meeting: Meeting


@dataclass(frozen=True)
class HelpersPage(Page):
    template: ClassVar[str] = "sessions/helpers.html"
    training: TrainingSession
    helpers: Sequence[Helper]
    form: HelperForm
    roles: Mapping[Any, Any]


@dataclass(frozen=True)
class NominationsPage(Page):
    template: ClassVar[str] = "sessions/nominations.html"
    training: TrainingSession
    factories: Sequence[Factory]
    factory: Factory
    form: NominationForm
    nominees: Sequence[Nominee]
    search: str
    roles: Mapping[Any, Any]
    most_shown: int
    reserving: ReservationForm
    faulty: FaultyFields
    reserved: int
    """Own seats that wait for a name."""
    deadlines: Deadlines
    words: Words = WORDS


