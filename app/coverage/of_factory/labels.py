"""What groups, parts and causes are called, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.coverage.requirements.labels import KINDS
from app.coverage.rules import Group
from app.factories.labels import ONE_SEX, ROLES, SEXES
from app.factories.rules import TermKind
from app.factories.structure.labels import COMMITTEES, SIDES, VALUES
from app.platform.i18n import lazy

GROUPS = {
    Group.UNCOVERED: lazy("Not covered"),
    Group.NEW: lazy("New in the role"),
    Group.COVERED: lazy("Covered"),
    Group.DUE: lazy("Ends within 60 days"),
    Group.DUE_90: lazy("Ends within 90 days"),
    Group.LOST: lazy("Lost to turnover"),
    Group.EVER: lazy("Ever certified here"),
    Group.ACTIVE: lazy("In the role"),
    Group.WAIVED: lazy("Exempted"),
}
PARTS: dict[Any, Any] = {**ROLES, **SIDES, None: lazy("Not said")}
"""Roles, and the sides of a committee."""
CAUSES = {
    "completed": lazy("A completion was entered"),
    "withdrawn": lazy("A completion was taken back"),
    "corrected": lazy("A completion was corrected"),
    "work": lazy("Somebody's work was corrected"),
    "sex": lazy("A person's sex was corrected"),
    "roster": lazy("A staff list was applied"),
    "roster_undone": lazy("A staff list was taken back"),
    "factory": lazy("The factory's own data changed"),
    "committee": lazy("A committee changed"),
    "headcount": lazy("A headcount was declared"),
    "merge": lazy("Two entries were joined"),
    "separation": lazy("Two entries were separated"),
    "requirement": lazy("The requirement changed"),
    "waiver": lazy("Somebody was exempted, or no longer is"),
}
OTHER_CAUSE = lazy("Something was entered later")


@dataclass(frozen=True)
class Labels:
    """All of it, for templates."""

    groups: Mapping[Any, Any] = field(default_factory=lambda: GROUPS)
    parts: Mapping[Any, Any] = field(default_factory=lambda: PARTS)
    kinds: Mapping[Any, Any] = field(default_factory=lambda: KINDS)
    sexes: Mapping[Any, Any] = field(default_factory=lambda: SEXES)
    one_sex: Mapping[Any, Any] = field(default_factory=lambda: ONE_SEX)
    committees: Mapping[Any, Any] = field(default_factory=lambda: COMMITTEES)
    tiers: Mapping[Any, Any] = field(default_factory=lambda: VALUES[TermKind.SUPPORT_TIER])
    modes: Mapping[Any, Any] = field(default_factory=lambda: VALUES[TermKind.ENGAGEMENT_MODE])
    causes: Mapping[Any, Any] = field(default_factory=lambda: CAUSES)

    def cause(self, event: str) -> Any:
        return self.causes.get(event, OTHER_CAUSE)


LABELS = Labels()
