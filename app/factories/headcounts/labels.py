"""What is said about a headcount file, in plain words."""

from collections.abc import Sequence
from datetime import date

from app.factories import labels
from app.factories.headcounts.rules import Effect, months_old
from app.platform.i18n import _, lazy, ngettext

FIELDS = {
    "factory": lazy("Factory"),
    "as_of": lazy("Date"),
    "source": lazy("Source"),
    "role": lazy("Role"),
    "sex": lazy("Sex"),
    "people": lazy("People"),
    "women": lazy("Women"),
    "men": lazy("Men"),
    "undisclosed": lazy("Undisclosed"),
    "lines": lazy("Lines"),
    "remarks": lazy("Remarks"),
}
PROBLEMS = {
    "count_invalid": lazy("This is not a number of people."),
    "date_invalid": lazy("This is not a date."),
    "date_in_future": lazy("The date lies in the future."),
    "unknown_role": lazy("It is not clear which role this is."),
    "cell_error": lazy("A cell shows an error instead of a value."),
    "other_factory": lazy("This row is about another factory."),
    "unknown_sex": lazy("The sex is not clear. The people count, their sex stays open."),
    "total_mismatch": lazy("The total does not add up. The single numbers count."),
    "lines_differ": lazy("The number of lines differs from the other rows of the day."),
    "duplicate_row": lazy("This row stands in the file twice. It counts once."),
}
SOURCES = {
    "declared": lazy("Declared by the factory"),
    "payroll": lazy("Payroll"),
    "visit": lazy("Counted on a visit"),
    "revised": lazy("Revised by the factory"),
}
BY_HAND = ("declared", "payroll", "visit")
"""Sources to choose from by hand; a correction is known by itself."""
EFFECTS = {
    Effect.NEW: (lazy("Will be added"), "done"),
    Effect.CORRECTION: (lazy("Corrects this day"), "need"),
    Effect.KEPT: (lazy("Kept, but does not count"), "off"),
    Effect.KNOWN: (lazy("Known already"), "off"),
}
"""What becomes of a snapshot, and the kind of its badge."""


def reason(code: str | None, missing: Sequence[str] = ()) -> str:
    """Why a file is refused, and what to do."""
    if code == "columns_not_found":
        fields = ", ".join(str(FIELDS[name]) for name in missing if name in FIELDS)
        return str(_("The file has no column for: %(fields)s. Give each column a heading.", fields=fields))
    if code == "no_rows":
        return str(_("The file has headings, but no numbers below them."))
    return labels.reason(code)


def problem(code: str) -> str:
    """What is wrong in a row."""
    return str(PROBLEMS.get(code, "") or _("Something is wrong in this row."))


def source(name: str) -> str:
    """Who or what says the numbers."""
    return str(SOURCES.get(name, name))


def age(as_of: date, today: date) -> str:
    """How old a snapshot is."""
    months = months_old(as_of, today)
    if not months:
        return str(_("less than a month old"))
    return ngettext("%(num)s month old", "%(num)s months old", months)
