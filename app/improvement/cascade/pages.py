"""Contexts of the pages of the cascade."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.factories.models import Factory
from app.improvement.cascade.forms import ListForm, SessionForm, WithdrawalForm
from app.improvement.cascade.models import CascadeSession
from app.improvement.cascade.queries import Employed, Figures
from app.improvement.cascade.queries.sessions import Listed
from app.platform.web import Page
from app.platform.web.paging import Slice


@dataclass(frozen=True)
class Place:
    """The factory that a page is about, and what the reader may do there."""

    factory: Factory
    may_write: bool
    may_read_factory: bool
    may_validate: bool


@dataclass(frozen=True)
class SessionsPage(Page):
    """The sessions of a factory; `figures` is None for a person, who sees the own ones."""

    template: ClassVar[str] = "improvement/cascade/sessions.html"
    place: Place
    slice: Slice[CascadeSession]
    form: ListForm
    figures: Figures | None
    samples: Any
    declared: int | None
    themes: Mapping[str, Any]
    titles: Mapping[str, Mapping[str, str]]
    query: str
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class SessionPage(Page):
    """One entry, every entry about the same session, and who was there."""

    template: ClassVar[str] = "improvement/cascade/session.html"
    place: Place
    row: CascadeSession
    chain: Sequence[CascadeSession]
    roster: Sequence[Listed]
    declared: int | None
    themes: Mapping[str, Any]
    levels: Mapping[Any, Any]
    whys: Mapping[Any, Any]
    titles: Mapping[str, Mapping[str, str]]
    roles: Mapping[Any, Any]
    names: Mapping[int, str]
    form: WithdrawalForm | None


@dataclass(frozen=True)
class EntryPage(Page):
    """The form for a session; `before` is the entry that it corrects."""

    template: ClassVar[str] = "improvement/cascade/entry.html"
    place: Place
    form: SessionForm
    with_names: bool
    before: CascadeSession | None
    people: Sequence[Employed]
    is_cut: bool
    lines: Sequence[tuple[int, str]]
    line_id: int | None
    words: str
