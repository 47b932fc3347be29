"""What the addresses of findings ask for, and the table to take away."""

from collections.abc import Iterable, Iterator

from flask import request

from app.improvement.findings.models import Finding
from app.improvement.findings.queries import FindingFilter
from app.improvement.findings.showing import WORDS
from app.platform.i18n import _

_NAMES = ("programme", "theme", "severity", "status", "factory")


def chosen() -> FindingFilter:
    """The filter of the address."""
    return FindingFilter(**{name: request.args.get(name, "") for name in _NAMES})


def values(asked: FindingFilter) -> dict[str, str]:
    """What was asked for, to go on with."""
    return {name: value for name in _NAMES if (value := getattr(asked, name))}


def header() -> list[str]:
    """The headings of the table; a program that reads findings knows those in English again."""
    return [
        _("Factory code"), _("Factory"), _("Theme code"), _("Theme"), _("Point code"), _("Point"), _("Question code"),
        _("Severity"), _("Assessed on"), _("State"),
    ]  # fmt: skip


def cells(found: Iterable[Finding]) -> Iterator[list[str]]:
    """A row for each finding."""
    for each in found:
        yield [
            each.factory.code, each.factory.name, each.cluster, WORDS.theme(each.cluster), each.point,
            WORDS.point(each.point), each.question, str(WORDS.severities[each.severity][0]),
            each.assessed_on.isoformat(), str(WORDS.statuses[each.status][0]),
        ]  # fmt: skip
