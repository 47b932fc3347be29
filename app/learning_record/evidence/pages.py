"""Contexts of the pages of packs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.factories.pages import Frame
from app.learning_record.evidence.forms import PackForm
from app.learning_record.evidence.models import EvidencePack
from app.platform.web import Page


@dataclass(frozen=True)
class OrderPage(Page):
    """What a pack is, and of which time it is wanted."""

    template: ClassVar[str] = "learning_record/evidence/order.html"
    frame: Frame
    form: PackForm
    latest_day: date
    latest: Sequence[EvidencePack]


@dataclass(frozen=True)
class PackPage(Page):
    """One order, on its way or ready."""

    template: ClassVar[str] = "learning_record/evidence/pack.html"
    frame: Frame
    pack: EvidencePack
