"""What is said about a list of earlier trainings, in plain words."""

from collections.abc import Sequence

from app.factories import labels
from app.platform.i18n import _, lazy

FIELDS = {
    "employee_number": lazy("Employee number"),
    "name": lazy("Name"),
    "course": lazy("Course"),
    "taken_on": lazy("Day"),
    "hours": lazy("Hours"),
    "provider": lazy("Provider"),
    "result": lazy("Result"),
    "certificate": lazy("Certificate number"),
    "proof": lazy("Proof"),
}
PROBLEMS = {
    "missing_person": lazy("There is no employee number and no name."),
    "missing_course": lazy("The course is missing."),
    "missing_date": lazy("The day is missing."),
    "date_invalid": lazy("This is not a date."),
    "date_in_future": lazy("The date lies in the future."),
    "cell_error": lazy("A cell shows an error instead of a value."),
    "text_too_long": lazy("This text is too long."),
    "hours_invalid": lazy("This is not a number of hours. It is left out."),
    "duplicate_row": lazy("This row stands in the file twice. It counts once."),
}


def reason(code: str | None, missing: Sequence[str] = ()) -> str:
    """Why a file is refused, and what to do."""
    if code == "columns_not_found":
        fields = ", ".join(str(FIELDS[name]) for name in missing if name in FIELDS)
        return str(_("The file has no column for: %(fields)s. Choose them, or give each a heading.", fields=fields))
    if code == "no_rows":
        return str(_("The file has headings, but no trainings below them."))
    return labels.reason(code)


def problem(code: str) -> str:
    """What is wrong in a row."""
    return str(PROBLEMS.get(code, "") or _("Something is wrong in this row."))
