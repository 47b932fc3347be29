"""What people have completed, on other rooms' pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.access.actor import Actor
from app.access.permissions import Permission
from app.completions import queries
from app.completions.rules import months_later
from app.courses.models import PathwayVersion
from app.courses.rules import Step, steps
from app.platform.i18n import _
from app.platform.web.panels import Panel

_MOST_FACTORIES = 50


@dataclass(frozen=True)
class Way:
    """How far a person has come on a pathway. `until` is when all of it should be done; None without a pace."""

    steps: Sequence[tuple[Step, bool]]
    until: date | None

    @property
    def done(self) -> int:
        return sum(is_done for _step, is_done in self.steps)


def pathway(actor: Actor, version: PathwayVersion) -> Panel | None:
    """The own way of a person; for who sees the coverage of factories, how many of their people did each step."""
    way = steps(version.steps)
    codes = {code for step in way for code in step.courses}
    if actor.person_id is not None:
        own = _own(way, queries.first_completed(actor.person_id, codes), version.pace_months)
        return Panel("progress", _("How far you have come"), "completions/_own.html", {"way": own})
    if not actor.may(Permission.COVERAGE_READ):
        return None
    counted = queries.did_steps(actor, way, _MOST_FACTORIES + 1)
    is_cut = len(counted) > _MOST_FACTORIES
    context = {"rows": counted[:_MOST_FACTORIES], "steps": way, "cut_at": _MOST_FACTORIES if is_cut else None}
    return Panel("progress", _("How far factories have come"), "completions/_factories.html", context)


def _own(way: Sequence[Step], completed: Mapping[str, datetime], months: int | None) -> Way:
    """The pace counts from the first step that was done."""
    begun = min(completed.values(), default=None)
    until = months_later(begun.date(), months) if begun and months else None
    return Way([(step, step.is_done(completed)) for step in way], until)
