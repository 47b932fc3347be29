"""Contexts of the pages of checking in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.attendance.checkin import labels
from app.attendance.checkin.forms import CardForm, CodeForm, NumberForm
from app.attendance.checkin.models import CheckIn
from app.attendance.checkin.operations import Scanned
from app.attendance.checkin.queries import Arrival, There
from app.attendance.checkin.rules import Flag, Outcome, Proof, Way
from app.attendance.labels import WORDS, Words
from app.platform.web import Page
from app.sessions.models import Meeting, Site
from app.sessions.rules import SiteKind
from app.sessions.wording import WORDS as SITES


@dataclass(frozen=True)
class Shown:
    """What the screen shows now: the code as a picture and as signs to type, and how many people checked in."""

    meeting: Meeting
    site: Site
    address: str
    qr: str
    typed: str
    people: int


@dataclass(frozen=True)
class ScreenPage(Page):
    """For the projector. `hindered` says why there is no code now, or is None."""

    template: ClassVar[str] = "attendance/checkin/screen.html"
    meeting: Meeting
    sites: Sequence[Site]
    site: Site
    shown: Shown | None
    hindered: Any
    site_words: Mapping[SiteKind, Any] = field(default_factory=lambda: SITES.site)


@dataclass(frozen=True)
class PaperPage(Page):
    """A code that hangs in a room. `titles` are of the one training session it is for, or None."""

    template: ClassVar[str] = "attendance/checkin/paper.html"
    name: str
    titles: Mapping[str, Any] | None
    address: str
    qr: str


@dataclass(frozen=True)
class HerePage(Page):
    """Where somebody says to be here: by the own sign-in, or with a number alone."""

    template: ClassVar[str] = "attendance/checkin/here.html"
    there: There
    own: CheckIn | None
    has_seat: bool
    is_person: bool
    form: NumberForm
    site_words: Mapping[SiteKind, Any] = field(default_factory=lambda: SITES.site)


@dataclass(frozen=True)
class NoCodePage(Page):
    """There is no good code: `said` is why, and the form takes the one that is typed."""

    template: ClassVar[str] = "attendance/checkin/no_code.html"
    form: CodeForm
    said: str = ""


@dataclass(frozen=True)
class ArrivalsPage(Page):
    """Who checked in, and who waits for the trainer."""

    template: ClassVar[str] = "attendance/checkin/arrivals.html"
    meeting: Meeting
    arrivals: Sequence[Arrival]
    old_codes: int
    hindered: Any
    words: Words = WORDS
    ways: Mapping[Way, Any] = field(default_factory=lambda: labels.WAYS)
    proofs: Mapping[Proof, Any] = field(default_factory=lambda: labels.PROOFS)
    flags: Mapping[Flag, Any] = field(default_factory=lambda: labels.FLAGS)
    outcomes: Mapping[Outcome, Any] = field(default_factory=lambda: labels.OUTCOMES)
    site_words: Mapping[SiteKind, Any] = field(default_factory=lambda: SITES.site)


@dataclass(frozen=True)
class CardsPage(Page):
    """The camera, and the field for whoever has none."""

    template: ClassVar[str] = "attendance/checkin/cards.html"
    meeting: Meeting
    form: CardForm
    hindered: Any
    scanned: Scanned | None = None
    words: Words = WORDS
    said: Mapping[Any, Any] = field(default_factory=lambda: labels.SCANS)
