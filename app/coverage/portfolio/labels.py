"""What the portfolio says in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.factories.labels import SEXES
from app.factories.rules import TermKind
from app.factories.structure.labels import PRODUCTS, VALUES
from app.improvement.findings import labels as findings
from app.improvement.findings.rules import Severity


@dataclass(frozen=True)
class Labels:
    """All of it, for templates."""

    tiers: Mapping[Any, Any] = field(default_factory=lambda: VALUES[TermKind.SUPPORT_TIER])
    modes: Mapping[Any, Any] = field(default_factory=lambda: VALUES[TermKind.ENGAGEMENT_MODE])
    products: Mapping[Any, Any] = field(default_factory=lambda: PRODUCTS)
    sexes: Mapping[Any, Any] = field(default_factory=lambda: SEXES)

    def severity(self, word: str | None) -> str:
        return str(findings.SEVERITIES[Severity(word) if word else None][0])

    def theme(self, code: str) -> str:
        return findings.theme(code)


LABELS = Labels()
