"""Contexts of the pages of costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.platform.web import Page
from app.sessions.costs.forms import CostForm
from app.sessions.costs.models import TrainingCost
from app.sessions.models import TrainingSession
from app.sessions.service.wording import PAYERS


@dataclass(frozen=True)
class CostPage(Page):
    """Entering a cost, or correcting one."""

    template: ClassVar[str] = "sessions/costs/cost.html"
    training: TrainingSession
    form: CostForm
    cost: TrainingCost | None
    payers: Mapping[Any, Any] = field(default_factory=lambda: PAYERS)
