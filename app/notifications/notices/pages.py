"""Contexts of notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.factories.models import Factory
from app.notifications.notices.facts import Told
from app.notifications.notices.said import Said, SaidHalfDay
from app.platform.web import Page
from app.sessions.models import TrainingSession


@dataclass(frozen=True)
class Choice:
    """What the address of a notice asks for."""

    language: str
    named: bool
    weeks: int


@dataclass(frozen=True)
class NoticePage(Page):
    template: ClassVar[str] = "notifications/notices/notice.html"
    training: TrainingSession
    factory: Factory
    told: Told
    said: Sequence[Said]
    chosen: Choice
    languages: Sequence[tuple[str, str]]
    qr: str
    may_note: bool


@dataclass(frozen=True)
class ChatPage(Page):
    template: ClassVar[str] = "notifications/notices/chat.html"
    training: TrainingSession
    factory: Factory
    words: str
    chosen: Choice
    languages: Sequence[tuple[str, str]]
    chat: str
    may_note: bool


@dataclass(frozen=True)
class BoardPage(Page):
    template: ClassVar[str] = "notifications/notices/board.html"
    factory: Factory
    rows: Sequence[tuple[str, Sequence[tuple[Said, SaidHalfDay]]]]
    periods: Sequence[tuple[str, str]]
    chosen: Choice
    languages: Sequence[tuple[str, str]]
    weeks: Sequence[int]
