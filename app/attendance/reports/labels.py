"""What is said about a meeting report, in plain words."""

from typing import Any

from app.attendance.reports.results import Status
from app.attendance.reports.rules import Decision
from app.platform.i18n import _, lazy

REASONS: dict[str, Any] = {
    "file_empty": lazy("The file is empty."),
    "file_encrypted": lazy("The file has a password. Save it without a password, then send it again."),
    "file_damaged": lazy("The file is damaged or incomplete. Download it again from the meeting tool and send it."),
    "file_unsafe": lazy("The file holds more than a list, such as links to other files. Download it again."),
    "file_too_large": lazy("The file is too large for an attendance report."),
    "not_a_spreadsheet": lazy("This is not a report. Send the file as the meeting tool gave it."),
    "not_a_report": lazy(
        "This is no attendance report of Teams, Zoom, Google Meet or BigBlueButton. Send the file as the tool gave it."
    ),
    "no_rows": lazy("The report names nobody who was there."),
    "date_order_unclear": lazy(
        "It is not clear whether the day or the month stands first. Choose the order of the date."
    ),
}
PROBLEMS: dict[str, Any] = {
    "date_invalid": lazy("The time cannot be read. The row does not count."),
    "times_reversed": lazy("Somebody leaves before joining. The row does not count."),
    "date_order_differs": lazy("Day and month stand the other way round here. It was read so."),
    "other_meeting": lazy("The file holds other meetings too. Only those of this half-day count."),
    "other_day": lazy("The report is of another day than the half-day."),
}
STATUSES: dict[Status, tuple[Any, str]] = {
    Status.EXACT: (lazy("Exact"), "done"),
    Status.PROBABLE: (lazy("Probable"), "now"),
    Status.AMBIGUOUS: (lazy("Several fit"), "need"),
    Status.UNKNOWN: (lazy("Not known"), "need"),
    Status.ROOM: (lazy("Room"), "plain"),
}
"""How sure it is who somebody is, and the kind of the badge."""
SPEAKS: dict[str, Any] = {
    "email": lazy("by the e-mail"),
    "employee_number": lazy("by the employee number"),
    "name": lazy("by the name"),
    "local_name": lazy("by the name in the local script"),
    "phone": lazy("by the telephone number"),
}
"""What speaks for it."""
DECISIONS: dict[Decision, Any] = {
    Decision.PERSON: lazy("Somebody else of the list"),
    Decision.NOBODY: lazy("Nobody of this training session"),
    Decision.STAFF: lazy("Staff"),
    Decision.ROOM: lazy("Room"),
    Decision.GUEST: lazy("Somebody who is in no list"),
}
PROVIDERS = {"teams": "Microsoft Teams", "zoom": "Zoom", "meet": "Google Meet", "bigbluebutton": "BigBlueButton"}


def reason(code: str | None) -> str:
    """Why a file is refused, and what to do."""
    return str(REASONS.get(code or "", "") or _("The file cannot be read as an attendance report."))


def problem(code: str) -> str:
    """What is wrong in a row or in the file."""
    return str(PROBLEMS.get(code, "") or _("Something is wrong in this row."))
