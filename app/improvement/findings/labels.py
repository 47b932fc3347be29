"""What is said about findings, in plain words."""

from collections.abc import Sequence
from typing import Any

from app.courses.labels import POINTS, THEMES
from app.factories import labels
from app.factories.rules import JobRole
from app.improvement.findings import shipped
from app.improvement.findings.rules import Effect, FileState, FindingStatus, Severity
from app.improvement.findings.training import Audience, Step
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
        return str(_("The file has no column for: %(fields)s. If it holds findings, choose them.", fields=fields))
    if code == "no_rows":
        return str(_("The file has headings, but no findings below them."))
    return labels.reason(code)


def problem(code: str) -> str:
    """What is wrong in a row."""
    return str(PROBLEMS.get(code, "") or _("Something is wrong in this row."))


EFFECTS: dict[Effect, tuple[Any, str]] = {
    Effect.NEW: (lazy("Will be added"), "done"),
    Effect.CHANGED: (lazy("Changes what is known"), "need"),
    Effect.OLDER: (lazy("Kept, but something later is known"), "off"),
    Effect.KNOWN: (lazy("Known already"), "off"),
}
"""What becomes of a row, and the kind of its badge."""
FILE_STATES: dict[FileState, tuple[Any, str]] = {
    FileState.PREVIEWED: (lazy("Only looked at"), "off"),
    FileState.APPLIED: (lazy("Applied"), "done"),
    FileState.UNDONE: (lazy("Taken back"), "need"),
}
AUDIENCES: dict[Audience | JobRole, Any] = {
    **{role: label for role, label in labels.ROLES.items() if role},
    Audience.AGENTS: lazy("Recruitment agents"),
    Audience.COMMITTEE: lazy("Committee of management and workers"),
    Audience.DORMITORY: lazy("Dormitory staff"),
    Audience.FIRE_TEAMS: lazy("Fire teams"),
    Audience.FIRST_AIDERS: lazy("First-aiders of each line"),
    Audience.HR: lazy("Human resources"),
    Audience.MAINTENANCE: lazy("Maintenance"),
    Audience.PAYROLL: lazy("Payroll"),
    Audience.PLANNING: lazy("Planning"),
    Audience.SAFETY_COMMITTEE: lazy("Safety committee"),
    Audience.SECTION_HEADS: lazy("Heads of sections"),
    Audience.SECURITY: lazy("Security"),
    Audience.SPOT_CLEANING: lazy("Spot cleaning"),
    Audience.STORE: lazy("Store"),
    Audience.UNION: lazy("Union"),
    Audience.WORKERS: lazy("Workers in a group of their own"),
}
STEPS: dict[Step, Any] = {
    Step.CASE_LOG: lazy("Keep a log of cases and how each was settled."),
    Step.DOCUMENT_CHECK: lazy("Check the papers of recruited people by sample."),
    Step.GUARD_CENSUS: lazy("Count the guards on all machines."),
    Step.HOURS_REVIEW: lazy("Review four weeks of working hours and the causes of overtime."),
    Step.KIT_CHECK: lazy("Check the first-aid boxes of every line."),
    Step.LABEL_CHECK: lazy("Check the labels of all containers."),
    Step.MEETING_MINUTES: lazy("Keep minutes of each meeting and follow them up."),
    Step.PAY_SLIP_SAMPLE: lazy("Check a sample of pay slips."),
    Step.POLICY_AND_CHANNEL: lazy("Write a policy and open a channel for complaints."),
    Step.PROTOCOL_DRILL: lazy("Walk through what to do first, as a drill."),
    Step.READINGS: lazy("Take readings of heat, light, noise and air, and write them down."),
    Step.TIMED_DRILL: lazy("Hold an evacuation drill and time it."),
    Step.WALK_THROUGH: lazy("Walk through the factory every month and log what is seen."),
    Step.WRITTEN_RULE: lazy("Write down how it is done from now on, and who looks after it."),
}
"""The step of the management system that goes with a training."""


def theme(code: str) -> str:
    """The name of a theme in the reader's language."""
    name = shipped.course_themes().get(code, "")
    return str(THEMES.get(name, code))


def point(code: str) -> str:
    """The name of a point in the reader's language."""
    name = shipped.course_themes().get(code, "")
    return str(POINTS.get(name, code))
