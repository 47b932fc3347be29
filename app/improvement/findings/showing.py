"""What pages show of findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.improvement.findings import labels, shipped
from app.improvement.findings.models import Finding
from app.improvement.findings.rules import UNSOLVED, FindingStatus, Severity
from app.improvement.findings.training import Recommendation


@dataclass(frozen=True)
class Words:
    """What themes, points and states are called."""

    severities: Mapping[Any, tuple[Any, str]] = field(default_factory=lambda: labels.SEVERITIES)
    statuses: Mapping[Any, tuple[Any, str]] = field(default_factory=lambda: labels.STATUSES)
    effects: Mapping[Any, tuple[Any, str]] = field(default_factory=lambda: labels.EFFECTS)
    files: Mapping[Any, tuple[Any, str]] = field(default_factory=lambda: labels.FILE_STATES)
    audiences: Mapping[Any, Any] = field(default_factory=lambda: labels.AUDIENCES)
    steps: Mapping[Any, Any] = field(default_factory=lambda: labels.STEPS)
    theme: Any = labels.theme
    point: Any = labels.point
    themes: Sequence[str] = field(default_factory=lambda: [each.code for each in shipped.catalogue().themes])


WORDS = Words()


@dataclass(frozen=True)
class PointShown:
    """The findings of one point, and the training that they call for."""

    code: str
    theme: str
    findings: Sequence[Finding]
    training: Sequence[Recommendation]


@dataclass(frozen=True)
class ThemeShown:
    """How many questions of a theme are not closed, by severity, and how many are closed."""

    code: str
    unsolved: Mapping[Severity | None, int]
    closed: int

    @property
    def total(self) -> int:
        return sum(self.unsolved.values())


def by_theme(counted: Mapping[tuple[str, FindingStatus, Severity | None], int]) -> list[ThemeShown]:
    """The themes of which something was found, in the order of the catalogue."""
    found = {cluster for cluster, _status, _severity in counted}
    shown = []
    for code in [each.code for each in shipped.catalogue().themes if each.code in found]:
        unsolved: dict[Severity | None, int] = {}
        for (cluster, status, severity), number in counted.items():
            if cluster == code and status in UNSOLVED:
                unsolved[severity] = unsolved.get(severity, 0) + number
        closed = sum(number for (cluster, status, _), number in counted.items()
                     if cluster == code and status is FindingStatus.CLOSED)
        shown.append(ThemeShown(code, {each: unsolved[each] for each in labels.SEVERITIES if each in unsolved}, closed))
    return shown


def by_point(found: Sequence[Finding], training: Mapping[str, Sequence[Recommendation]]) -> list[PointShown]:
    """Findings in their order, put together by point."""
    points: dict[str, list[Finding]] = {}
    for each in found:
        points.setdefault(each.point, []).append(each)
    return [PointShown(code, of[0].cluster, of, training.get(code, ())) for code, of in points.items()]
