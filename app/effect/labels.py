"""What is said about the effect of training, in plain words. Never without its scope: DOMAIN 2.9."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.effect.analysing import Analysis
from app.effect.files.results import Problem
from app.effect.files.weeks import week_name
from app.effect.rules import Because, FileState, Interval, Verdict, Warn
from app.factories import labels as of_files
from app.platform.i18n import _, lazy
from app.platform.i18n.formats import format_number
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language

FIELDS = {
    "factory": lazy("Factory"),
    "line": lazy("Line"),
    "year": lazy("Year"),
    "week": lazy("Week"),
    "operators": lazy("Operators"),
    "minutes": lazy("Minutes worked by one operator"),
    "sam": lazy("Standard minutes of a piece"),
    "pieces": lazy("Pieces"),
    "defects": lazy("Defects"),
    "efficiency": lazy("Efficiency in per cent"),
    "trained_on": lazy("Trained on"),
    "sex": lazy("Sex of the supervisor"),
    "course": lazy("Course"),
}
PROBLEMS = {
    "efficiency_mismatch": lazy("The efficiency in the file is not what pieces and minutes give. Ours counts."),
    "defects_exceed_pieces": lazy("There are more defects than pieces."),
    "impossible_value": lazy("This cannot be right. The row is not used."),
    "not_a_number": lazy("This is not a number. The row is not used."),
    "week_invalid": lazy(
        "This is not a week, such as 2026-W05 or a day in it, or it lies in the future. The row is not used."),
    "duplicate_week": lazy("The line has a row for this week already. This one is not used: keep the right one alone."),
    "missing_line": lazy("The line is missing. The row is not used."),
    "date_invalid": lazy(
        "This is not a date. The line is left out of the comparison. Leave the day empty where nobody was trained."),
    "other_course": lazy("This row is about another course and does not count."),
    "no_course": lazy(
        "The course is missing where others are named, so nobody knows whether this training counts. The line is left "
        "out of the comparison."),
    "day_to_come": lazy("The day lies in the future."),
    "unknown_sex": lazy("The sex is not clear and stays open."),
    "unknown_line": lazy(
        "There are no weeks of this line. Give it the name that it has in the weekly figures, or take the row out."),
    "ambiguous_line": lazy(
        "Several factories have a line of this name. They are left out of the comparison: name the factory too."),
    "other_factory": lazy("This row is about another factory."),
    "before_weeks": lazy(
        "The line has no week before this training, so nothing shows what it made before. Send earlier weeks."),
    "after_weeks": lazy("The line has no week after this training yet. Until it has, it counts as not trained."),
}
MOST_HEADINGS = 12
"""So many headings that say nothing are named in a sentence."""
WARNINGS = {
    Warn.BEFORE_AFTER: lazy(
        "A plain look at before and after misleads here: lines that were not trained changed in the same time."),
    Warn.PRE_TREND: lazy("Trained lines already went another way than the others before their training."),
    Warn.ATTRITION: lazy("Some lines stopped before the end."),
    Warn.MISSING_WEEKS: lazy("Some lines have no row for some of the weeks."),
    Warn.BAD_ROWS: lazy("Some rows could not be used."),
}
REASONS = {
    Because.NO_WEEKS: lazy("There is no usable week."),
    Because.NOBODY_TRAINED: lazy("No line has a supervisor who was trained within these weeks."),
    Because.NO_COMPARISON: lazy("In the weeks after the training there is no line that was not trained yet."),
    Because.TOO_FEW_LINES: lazy("There are fewer than five trained lines, or fewer than five to compare them with."),
    Because.TOO_FEW_WEEKS: lazy("There are too few weeks before or after the training."),
    Because.PRE_TREND: lazy(
        "Trained lines already went another way before their training; that alone may have made the difference."),
    Because.ATTRITION: lazy("Trained lines stopped more often, or less often, than the others."),
    Because.BAD_ROWS: lazy("Too many rows could not be used."),
    Because.UNKNOWN_LINES: lazy(
        "A training is of a line without weeks of that name. Perhaps it is one of the lines to compare with: give it "
        "the same name, or say of each line whether its supervisor was trained."),
    Because.UNCLEAR_LINES: lazy(
        "Of many lines nobody knows whether or when their supervisor was trained, because the rows about them cannot "
        "be used. They are on neither side."),
    Because.OUTLIERS: lazy("A few extreme weeks decide the result."),
    Because.UNCERTAIN: lazy("The difference can be chance: its interval includes zero."),
    Because.UNSURE: lazy(
        "The difference is not sure enough: five of a hundred trainings without effect look like this."),
}


def reason(
    code: str | None, missing: Sequence[str] = (), ignored: Sequence[str] = (), courses: Sequence[str] = (),
) -> str:
    """Why a file is refused, and what to do. `ignored` are headings that say nothing, `courses` those that it names."""
    named = ", ".join(f"“{each}”" for each in courses[:MOST_HEADINGS])
    if code == "several_courses":
        return str(_(
            "The file is about several courses, and nothing tells which of them is the training in supervisory skills: "
            "%(courses)s. Say which one counts.", courses=named))
    if code == "course_not_found" and not courses:
        return str(_("No row of the file names a course."))
    if code == "course_not_found":
        return str(_("No row of the file is about this course. It names: %(courses)s.", courses=named))
    fields = ", ".join(str(FIELDS[name]) for name in missing if name in FIELDS)
    if code == "no_such_column":
        return str(_("The file has fewer columns than the ones chosen for: %(fields)s.", fields=fields))
    if code == "columns_not_found":
        lacks = _("The file has no column for: %(fields)s. Give each column a heading.", fields=fields)
        if not ignored:
            return str(lacks)
        headings = ", ".join(f"“{heading}”" for heading in ignored[:MOST_HEADINGS])
        return f"{lacks} {_('Not understood: %(headings)s. Or say in which columns they are.', headings=headings)}"
    if code == "no_rows":
        return str(_("The file has headings, but nothing below them."))
    return of_files.reason(code)


def problem(code: str) -> str:
    """What is wrong in a row."""
    return str(PROBLEMS.get(code, "") or _("Something is wrong in this row."))


def worded(problem: Problem) -> Problem:
    """For people: in a file of weeks a missing line has the code of the samples, of which the words say less."""
    is_missing = (problem.code, problem.field) == ("impossible_value", "line")
    return replace(problem, code="missing_line") if is_missing else problem


def per_cent(number: float) -> str:
    """One decimal: more would pretend. Never a zero below zero."""
    return format_number(round(number, 1) + 0.0)


def sentence(found: Analysis) -> str:
    """One honest sentence: whose lines, against which, how much, how sure. Never a bare figure."""
    effect = found.measured.effect
    if effect is None or found.first is None or found.last is None:
        return str(_("Nothing can be said about lines whose supervisor was trained, against lines not yet trained."))
    facts = {
        "trained": format_number(found.measured.trained), "compared": format_number(found.measured.compared),
        "first": _week(found.first), "last": _week(found.last), **_figures(effect),
    }
    if effect.low is None:
        return str(_(
            "Too few lines to say anything about lines whose supervisor was trained, against lines not yet trained "
            "(%(trained)s trained lines, %(compared)s to compare with, %(first)s to %(last)s).", **facts))
    if not found.verdict.claims_effect:
        return _no_claim(found.verdict, facts)
    if effect.pct > 0:
        return str(_(
            "Lines whose supervisor was trained, against lines not yet trained, were %(pct)s %% more efficient "
            "(95 %% interval %(low)s to %(high)s; %(trained)s trained lines, %(compared)s to compare with, %(first)s "
            "to %(last)s).", **facts))
    return str(_(
        "Lines whose supervisor was trained, against lines not yet trained, were less efficient: %(pct)s %% "
        "(95 %% interval %(low)s to %(high)s; %(trained)s trained lines, %(compared)s to compare with, %(first)s to "
        "%(last)s).", **facts))


def _no_claim(verdict: Verdict, facts: dict[str, str]) -> str:
    if set(verdict.reasons) <= {Because.UNCERTAIN, Because.UNSURE}:
        return str(_(
            "These data do not show an effect of training: lines whose supervisor was trained, against lines not yet "
            "trained, differ by %(pct)s %% (95 %% interval %(low)s to %(high)s; %(trained)s trained lines, "
            "%(compared)s to compare with, %(first)s to %(last)s).", **facts))
    return str(_(
        "These data allow no conclusion: lines whose supervisor was trained, against lines not yet trained, differ by "
        "%(pct)s %% (95 %% interval %(low)s to %(high)s; %(trained)s trained lines, %(compared)s to compare with, "
        "%(first)s to %(last)s), but that need not come from the training.", **facts))


def _week(monday: date) -> str:
    """As 2025-W47, also in the middle of words that run the other way: there signs keep it together."""
    name = week_name(monday)
    return f"\u2066{name}\u2069" if direction(current_language()) == "rtl" else name


def _figures(effect: Interval) -> dict[str, str]:
    low, high = (per_cent(each) if each is not None else "" for each in (effect.low, effect.high))
    return {"pct": per_cent(effect.pct), "low": low, "high": high}


def reasons(verdict: Verdict) -> list[str]:
    """Why nothing is claimed."""
    return [str(REASONS[each]) for each in verdict.reasons]


FILES = {
    FileState.PREVIEWED: (lazy("Only looked at"), "off"),
    FileState.APPLIED: (lazy("Applied"), "done"),
    FileState.UNDONE: (lazy("Taken back"), "off"),
}
"""Where a file stands, and the kind of its badge."""
