"""Contexts of the pages of packs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.content.packs.schema import Pack, PackRequirement
from app.factories.models import Programme
from app.platform.web import Page


@dataclass(frozen=True)
class Offered:
    """A requirement of a pack in words, and how far the programme is with it."""

    asked: PackRequirement
    sentence: str
    limits: Sequence[str]
    source_kind: Any
    state: str


@dataclass(frozen=True)
class PackPage(Page):
    """What a pack asks, before it is taken over."""

    template: ClassVar[str] = "content/packs/pack.html"
    programme: Programme
    pack: Pack
    rows: Sequence[Offered]
    today: Any
