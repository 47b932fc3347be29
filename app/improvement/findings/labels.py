"""What is said about findings, in plain words."""

from collections.abc import Sequence
from typing import Any

from app.factories import labels
from app.improvement.findings.rules import FindingStatus, Severity
from app.platform.i18n import _, lazy

FIELDS = {
    "factory": lazy("Factory"),
    "cluster": lazy("Theme"),
    "point": lazy("Point"),
    "question": lazy("Question"),
    "severity": lazy("Severity"),
    "assessed_on": lazy("Assessed on"),
    "status": lazy("State"),
}
PROBLEMS = {
    "unknown_cluster": lazy("There is no theme of this name."),
    "unknown_point": lazy("There is no point with this code."),
    "point_not_in_cluster": lazy("This point belongs to another theme."),
    "question_not_in_point": lazy("This question does not belong to the point."),
    "unknown_factory": lazy("There is no factory with this code that you may see."),
    "missing_factory": lazy("The factory is missing."),
    "date_invalid": lazy("This is not a day."),
    "date_in_future": lazy("The day lies in the future. It is not kept."),
    "unknown_status": lazy("It is not clear whether this is open or closed."),
    "unknown_severity": lazy("The severity is not clear. It stays open."),
    "duplicate_row": lazy("This row stands in the file twice. It counts once."),
}
SEVERITIES: dict[Severity | None, tuple[Any, str]] = {
    Severity.CRITICAL: (lazy("Critical"), "harm"),
    Severity.HIGH: (lazy("High"), "need"),
    Severity.MEDIUM: (lazy("Medium"), "plain"),
    Severity.LOW: (lazy("Low"), "off"),
    None: (lazy("Not said"), "off"),
}
"""From above, with the kind of badge."""
STATUSES: dict[FindingStatus, tuple[Any, str]] = {
    FindingStatus.OPEN: (lazy("Open"), "need"),
    FindingStatus.IN_PROGRESS: (lazy("In progress"), "plain"),
    FindingStatus.CLOSED: (lazy("Closed"), "done"),
}


def reason(code: str | None, missing: Sequence[str] = ()) -> str:
    """Why a file is refused, and what to do."""
    if code == "columns_not_found":
        fields = ", ".join(str(FIELDS[name]) for name in missing if name in FIELDS)
        return str(_("The file has no column for: %(fields)s. Give each column a heading.", fields=fields))
    if code == "no_rows":
        return str(_("The file has headings, but no findings below them."))
    return labels.reason(code)


def problem(code: str) -> str:
    """What is wrong in a row."""
    return str(PROBLEMS.get(code, "") or _("Something is wrong in this row."))
