"""Contexts of the pages of sharing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from app.factories.pages import Frame
from app.platform.web import Page
from app.reports.sharing import labels
from app.reports.sharing.forms import ConsentForm
from app.reports.sharing.models import SharingConsent, SharingVisit
from app.reports.sharing.operations import Wanted
from app.reports.sharing.rules import SharedFigure, Told


@dataclass(frozen=True)
class Telling:
    """How templates say figures."""

    titles: Mapping[Any, Any] = field(default_factory=lambda: labels.TITLES)
    texts: Mapping[Any, Any] = field(default_factory=lambda: labels.TEXTS)
    told: Callable[[Told], str] = labels.told
    period: Callable[[Any], str] = labels.period
    times: Callable[[int, int], str] = labels.times


TELLING = Telling()


@dataclass(frozen=True)
class NewPage(Page):
    """Choose what to show."""

    template: ClassVar[str] = "reports/sharing/new.html"
    frame: Frame
    form: ConsentForm
    buyers: Sequence[str]


@dataclass(frozen=True)
class PreviewPage(Page):
    """What the buyer would see, before the consent."""

    template: ClassVar[str] = "reports/sharing/preview.html"
    frame: Frame
    form: ConsentForm
    wanted: Wanted
    figures: Sequence[SharedFigure]
    seen: str
    problem: str = ""
    telling: Telling = TELLING


@dataclass(frozen=True)
class GivenPage(Page):
    """The link, told once."""

    template: ClassVar[str] = "reports/sharing/given.html"
    frame: Frame
    consent: SharingConsent
    last_day: date
    link: str


@dataclass(frozen=True)
class ConsentPage(Page):
    """One consent, with what it shows and when it was looked at."""

    template: ClassVar[str] = "reports/sharing/consent.html"
    frame: Frame
    consent: SharingConsent
    figures: Sequence[SharedFigure]
    visits: Sequence[SharingVisit]
    is_live: bool
    last_day: date
    counted_on: date
    """By the wall of the factory."""
    may_end: bool
    telling: Telling = TELLING


@dataclass(frozen=True)
class DoorPage(Page):
    """Where a link leads: it tells nothing, and who wants to look says so."""

    template: ClassVar[str] = "reports/sharing/door.html"


@dataclass(frozen=True)
class SharedPage(Page):
    """What a buyer sees."""

    template: ClassVar[str] = "reports/sharing/shared.html"
    consent: SharingConsent
    figures: Sequence[SharedFigure]
    last_day: date
    counted_on: date
    """By the wall of the factory."""
    telling: Telling = TELLING


@dataclass(frozen=True)
class PrintedPage(SharedPage):
    """The same on paper."""

    template: ClassVar[str] = "reports/sharing/printed.html"


@dataclass(frozen=True)
class DeadPage(Page):
    """A link that shows nothing, whatever the reason."""

    template: ClassVar[str] = "reports/sharing/dead.html"
