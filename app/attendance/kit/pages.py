"""Contexts of the pages about phones without network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.attendance.kit.labels import DETAILS, REASONS
from app.attendance.kit.queries.devices import PhoneRow
from app.attendance.kit.queries.held import HeldRow
from app.attendance.kit.rules import Detail, Kind, Reason
from app.attendance.labels import WORDS, Words
from app.platform.web import Page
from app.sessions.models import TrainingSession


@dataclass(frozen=True)
class HeldPage(Page):
    """What phones brought of a training session and nobody could take down; `decided` is what people have done."""

    template: ClassVar[str] = "attendance/kit/held.html"
    training: TrainingSession
    waiting: Sequence[HeldRow]
    decided: Sequence[HeldRow]
    words: Words = WORDS
    reasons: Mapping[Reason, Any] = field(default_factory=lambda: REASONS)
    details: Mapping[Detail, Any] = field(default_factory=lambda: DETAILS)
    guest: Kind = Kind.GUEST


@dataclass(frozen=True)
class PhonesPage(Page):
    """The phones of the own account and those of accounts that the reader manages; `this_one` is the own sign-in."""

    template: ClassVar[str] = "attendance/kit/phones.html"
    own: Sequence[PhoneRow]
    others: Sequence[PhoneRow]
    this_one: int | None


@dataclass(frozen=True)
class ShutOutPage(Page):
    """What shutting a phone out does, before it is done; `is_this` says that the reader holds it in his hand."""

    template: ClassVar[str] = "attendance/kit/shut_out.html"
    row: PhoneRow
    is_own: bool
    is_this: bool
