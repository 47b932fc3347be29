"""Contexts of the pages of drills."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from app.factories.models import Factory
from app.improvement.drills.forms import DrillForm
from app.improvement.drills.models import Drill
from app.improvement.drills.rules import DrillKind
from app.platform.web import Page
from app.platform.web.paging import Slice


@dataclass(frozen=True)
class DrillsPage(Page):
    """The drills of a factory, and a form for one more where the reader may."""

    template: ClassVar[str] = "improvement/drills/drills.html"
    factory: Factory
    slice: Slice[Drill]
    last: Mapping[DrillKind, date]
    kind: DrillKind | None
    kinds: Mapping[Any, Any]
    shifts: Mapping[Any, Any]
    learnt: Mapping[Any, Any]
    form: DrillForm | None
    previous_url: str
    next_url: str
