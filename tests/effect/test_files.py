"""Files of weekly figures with what goes wrong in them."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.effect.analysing import Analysis, analyse_files
from app.effect.files import Weeks, check, check_trainings
from app.effect.files.numbers import has_decimal_comma, read_number
from app.effect.files.weeks import read_week, week_name
from app.effect.labels import sentence
from app.effect.rules import Because, Warn
from app.platform.tables import write_xlsx
from tests.effect.simulating import World, made

HEAD = ["factory", "line", "week", "operators", "minutes_worked", "sam", "pieces", "defects", "efficiency_pct"]
Table = list[list[Any]]


def year(effect: float = 22, seed: int = 3, world: World | None = None) -> tuple[Table, Table]:
    """A year of lines, and whose supervisor was trained when, as rows of two files."""
    lines, weeks, _true = made(seed, world or World(effect, trend_pct=0))
    rows = [_row(each.line[1], each.monday, each.efficiency) for each in weeks]
    trained = [[line.key[1].upper(), line.sex, line.trained_on.isoformat()] for line in lines if line.trained_on]
    return rows, trained


def _row(line: str, monday: date, efficiency: float) -> list[Any]:
    pieces = round(efficiency * 30 * 2880 / (100 * 12.5))
    return ["Alder", line.upper(), "{}-W{:02}".format(*monday.isocalendar()[:2]), 30, 2880, 12.5, pieces, 9,
            round(pieces * 12.5 * 100 / (30 * 2880), 1)]


def as_csv(head: list[str], rows: Table, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([head, *rows])
    return out.getvalue().encode()


def trainings(rows: Table) -> bytes:
    return as_csv(["line", "supervisor_sex", "trained_on"], rows)


def found(rows: Table, trained: Table) -> Analysis:
    told, _problems = analyse_files(check(as_csv(HEAD, rows), "x.csv"), check_trainings(trainings(trained)))
    return told


def codes(weeks: Weeks) -> list[tuple[int, str]]:
    return [(each.row, each.code) for each in weeks.problems]


GOOD = ["Alder", "L1", "2025-W27", 30, 2880, 12.5, 4000, 9, 57.9]


@pytest.mark.parametrize(("changed", "code"), [
    ({8: 61.2}, "efficiency_mismatch"), ({7: 4100}, "defects_exceed_pieces"), ({3: 0}, "impossible_value"),
    ({4: -2880}, "impossible_value"), ({6: 40000}, "impossible_value"), ({6: 0, 8: 0}, "impossible_value"),
    ({4: 20000}, "impossible_value"), ({7: -1}, "impossible_value"), ({6: "n/a"}, "not_a_number"),
    ({5: ""}, "not_a_number"), ({3: "thirty"}, "not_a_number"), ({2: "2025-W53"}, "week_invalid"),
    ({2: "2025-W00"}, "week_invalid"), ({2: "soon"}, "week_invalid"), ({2: ""}, "week_invalid"),
    ({6: "#REF!"}, "not_a_number"), ({5: "#DIV/0!"}, "not_a_number"), ({1: ""}, "impossible_value"),
    ({1: "#N/A"}, "impossible_value"), ({2: "#N/A"}, "week_invalid"), ({2: "2098-W10"}, "week_invalid"), ({6: "1e400"}, "not_a_number"), ({6: "nan"}, "not_a_number"),
])
def test_what_is_wrong_in_a_row(changed: dict[int, Any], code: str) -> None:
    row = [changed.get(place, value) for place, value in enumerate(GOOD)]
    told = check(as_csv(HEAD, [GOOD, ["Alder", "L2", *row[2:]] if 1 not in changed else row]), "x.csv")
    assert codes(told) == [(3, code)]
    is_error = told.problems[0].severity == "error"
    assert is_error is (code not in {"efficiency_mismatch", "defects_exceed_pieces"})
    assert len(told.rows) == 2 - is_error


def test_of_a_week_said_twice_the_first_row_counts() -> None:
    again = [*GOOD[:6], 3000, 9, 43.4]
    told = check(as_csv(HEAD, [GOOD, again, [*GOOD[:1], " l1 ", "2025-W27", *GOOD[3:]]]), "x.csv")
    assert codes(told) == [(3, "duplicate_week"), (4, "duplicate_week")]
    assert [row.pieces for row in told.rows] == [4000]


def test_a_row_that_is_not_used_leaves_its_week_to_the_next() -> None:
    told = check(as_csv(HEAD, [[*GOOD[:6], "n/a", *GOOD[7:]], GOOD]), "x.csv")
    assert codes(told) == [(2, "not_a_number")] and len(told.rows) == 1


def test_rows_count_as_a_spreadsheet_counts_them() -> None:
    told = check(b"Weekly report\n\n" + as_csv(HEAD, [GOOD, [], [*GOOD[:3], "x", *GOOD[4:]]]), "x.csv")
    assert codes(told)[-1] == (6, "not_a_number")


@pytest.mark.parametrize("rewrite", [
    lambda rows: b"\xef\xbb\xbf" + as_csv(HEAD, rows),
    lambda rows: as_csv(HEAD, [[str(value).replace(".", ",") if place > 2 else value for place, value in enumerate(row)]
                               for row in rows], ";"),
    lambda rows: as_csv(HEAD, [[str(value).translate(str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫")) if place > 1 else value
                                for place, value in enumerate(row)] for row in rows]),
    lambda rows: write_xlsx(HEAD, rows),
    lambda rows: as_csv(HEAD, rows).decode().encode("utf-16"),
    lambda rows: as_csv(HEAD, [[*row[:8], row[8] / 100] for row in rows]),
], ids=["byte-order mark", "decimal commas", "Arabic digits", "xlsx", "UTF-16", "efficiency as a share"])
def test_the_same_figures_in_every_dress(rewrite: Callable[[Table], bytes]) -> None:
    rows = [["Alder", f"L{line}", f"2025-W{week:02}", 30, 2880, 12.5, 4000 + week, 9,
             round((4000 + week) * 12.5 / 864, 1)] for line in range(3) for week in range(27, 40)]
    plain, dressed = check(as_csv(HEAD, rows), "x.csv"), check(rewrite(rows), "x.csv")
    assert not dressed.problems and not dressed.reason
    assert [(row.line, row.monday, row.efficiency) for row in dressed.rows] == [
        (row.line, row.monday, row.efficiency) for row in plain.rows]


@pytest.mark.parametrize(("written", "comma", "number"), [
    ("1,234.5", False, 1234.5), ("1.234,5", True, 1234.5), ("3 120", False, 3120), ("48.9%", False, 48.9),
    ("៤៨.៩", False, 48.9), ("-5", False, -5), ("−5", False, -5), ("1,2,3", False, None), ("", False, None), ("-", False, None),
    ("12e5", False, None), ("9" * 400, False, None),
])
def test_numbers(written: str, comma: bool, number: float | None) -> None:
    assert read_number(written, decimal_comma=comma) == number


def test_a_decimal_comma_is_told_by_the_whole_file() -> None:
    assert has_decimal_comma(["48,9"], ["3,120"])
    assert not has_decimal_comma(["48.9"], ["3,120"])
    assert not has_decimal_comma([], ["3,120"])
    assert has_decimal_comma(["10,640"], ["4588"]) and has_decimal_comma(["12"], ["4.298", "987"])
    assert not has_decimal_comma(["10.640"], ["4.298"]) and not has_decimal_comma([], ["30.000", "845.000"])


@pytest.mark.parametrize(("written", "monday"), [
    ("2025-W27", date(2025, 6, 30)), ("2025W27", date(2025, 6, 30)), ("W27/2025", date(2025, 6, 30)),
    (202527.0, date(2025, 6, 30)), (date(2025, 7, 2), date(2025, 6, 30)), ("02/07/2025", date(2025, 6, 30)),
    ("2026-W53", date(2026, 12, 28)), ("2025-W53", None), ("2025-W54", None), ("W27", None), (27.0, None),
    ("٢٠٢٥-W٢٧", date(2025, 6, 30)), ("2025-W27-3", date(2025, 6, 30)), ("2025W273", date(2025, 6, 30)),
    ("2025-12-5", date(2025, 12, 1)), ("2025-1-6", date(2025, 1, 6)), ("2025-27", date(2025, 6, 30)),
    ("W27-25", date(2025, 6, 30)), ("25-W27", date(2025, 6, 30)), ("2025_W27", date(2025, 6, 30)), ("27/2025", None),
    ("Semaine 27 de 2025", date(2025, 6, 30)), ("សប្តាហ៍ ២៧ ២០២៥", date(2025, 6, 30)), ("Room 27 2025", None),
])
def test_weeks(written: Any, monday: date | None) -> None:
    assert read_week(written) == monday


def test_days_of_a_column_are_read_in_one_order() -> None:
    rows = [[*GOOD[:2], week, *GOOD[3:]] for week in ("06/30/2025", "07/07/2025", "07/14/2025")]
    told = check(as_csv(HEAD, rows), "x.csv")
    assert [row.monday for row in told.rows] == [date(2025, 6, 30), date(2025, 7, 7), date(2025, 7, 14)]
    trained = check_trainings(trainings([["L1", "F", "11/14/2025"], ["L2", "F", "01/02/2026"]]))
    assert [each.day for each in trained.rows] == [date(2025, 11, 14), date(2026, 1, 2)]


def test_a_training_without_weeks_before_or_after_is_told() -> None:
    rows, trained = year()
    trained[0][2], trained[1][2] = "2025-07-01", "2026-06-30"
    _told, problems = analyse_files(check(as_csv(HEAD, rows), "x.csv"), check_trainings(trainings(trained)))
    assert [(each.row, each.code) for each in problems] == [(2, "before_weeks"), (3, "after_weeks")]


def test_missing_weeks_are_told_and_the_effect_still_found() -> None:
    rows, trained = year()
    told = found([row for place, row in enumerate(rows) if place % 17], trained)
    assert told.verdict.warnings == (Warn.MISSING_WEEKS,)
    assert told.verdict.claims_effect


def test_bad_rows_are_no_missing_weeks() -> None:
    rows, trained = year()
    rows[30][6], rows[70][2] = "n/a", "2025-W99"
    told = found(rows, trained)
    assert told.verdict.warnings == (Warn.BAD_ROWS,)
    assert told.seen.bad_rows == 2


def test_lines_that_stop_are_told_and_forbid_a_claim_where_it_hangs_on_the_training() -> None:
    rows, trained = year()
    names = [line for line, _sex, _day in trained]
    late = {row[2] for row in rows[:52][40:]}
    some = found([row for row in rows if row[1] not in {names[0], "L00"} or row[2] not in late], trained)
    assert Warn.ATTRITION in some.verdict.warnings and Because.ATTRITION not in some.verdict.reasons
    tied = found([row for row in rows if row[1] not in names[:8] or row[2] not in late], trained)
    assert Warn.ATTRITION in tied.verdict.warnings and Because.ATTRITION in tied.verdict.reasons
    assert not tied.verdict.claims_effect


def test_a_line_that_gets_another_name_stops() -> None:
    rows, trained = year()
    for row in rows[40:52]:
        row[1] = "L00-NEW"
    assert Warn.ATTRITION in found(rows, trained).verdict.warnings


def test_a_line_that_changes_style_and_operators_is_the_same_line() -> None:
    rows, trained = year()
    plain = found(rows, trained).measured.effect
    for row in rows[20:52]:
        row[3], row[5], row[6] = row[3] * 2, row[5] / 2, row[6] * 4
    changed = found(rows, trained).measured.effect
    assert plain and changed and abs(plain.pct - changed.pct) < 0.2


def test_a_few_wild_weeks_do_not_make_an_effect() -> None:
    rows, trained = year(0)
    names = {line for line, _sex, _day in trained}
    for row in rows:
        if row[1] in names and row[2] in {"2026-W10", "2026-W11"}:
            row[6] = round(row[6] * 2.8)
    told = found(rows, trained)
    assert told.measured.outliers and not told.verdict.claims_effect


def test_trainings_outside_the_weeks() -> None:
    rows, trained = year()
    early = found(rows, [[line, sex, "2024-01-05"] for line, sex, _day in trained])
    assert early.verdict.reasons == (Because.NOBODY_TRAINED,) and early.seen.trained_before == 20
    late = found(rows, [[line, sex, "2027-01-05"] for line, sex, _day in trained])
    assert late.verdict.reasons == (Because.NOBODY_TRAINED,)


def test_everybody_trained_on_one_day_leaves_nobody_to_compare_with() -> None:
    rows, _trained = year()
    names = sorted({row[1] for row in rows})
    told = found(rows, [[name, "F", "2025-11-14"] for name in names])
    assert told.verdict.reasons == (Because.NO_COMPARISON,) and told.measured.effect is None


def test_everybody_trained_in_two_turns_compares_the_first_with_the_second() -> None:
    rows, _trained = year(world=World(22, trained=40))
    lines, _weeks, _true = made(3, World(22, trained=40))
    told = found(rows, [[line.key[1], "F", line.trained_on] for line in lines])
    assert told.measured.effect and 15 < told.measured.effect.pct < 30
    assert told.measured.trained < 40
    last = max(line.trained_on for line in lines if line.trained_on)
    assert told.last and told.last < last, "from then on nobody is left to compare with, and the sentence says no more"
    assert week_name(told.last) in sentence(told)


def test_one_trained_line_is_no_proof() -> None:
    rows, trained = year()
    told = found(rows, trained[:1])
    assert told.verdict.reasons == (Because.TOO_FEW_LINES,), "there are weeks enough"
    assert told.measured.effect and told.measured.effect.low is None


def test_no_training_at_all() -> None:
    rows, _trained = year()
    told = found(rows, [["L99", "F", "2025-11-14"]])
    assert told.verdict.reasons == (Because.NOBODY_TRAINED, Because.UNKNOWN_LINES), "L99 may be one of them"


def test_unknown_lines_and_dates_of_trainings() -> None:
    rows, trained = year()
    sent = [*trained, ["L99", "F", "2025-11-14"], [trained[0][0], "F", "some day"], ["", "F", "2025-11-14"]]
    told, problems = analyse_files(check(as_csv(HEAD, rows), "x.csv"), check_trainings(trainings(sent)))
    assert {(each.row, each.code) for each in problems} == {
        (22, "unknown_line"), (23, "date_invalid"), (24, "missing_line")}
    assert told.lines == 39, "nobody knows when that line was trained: it is on neither side"


def test_supervisors_of_both_sexes_on_a_line_count_for_neither() -> None:
    rows, trained = year()
    other = "M" if trained[0][1] == "F" else "F"
    plain = found(rows, trained).measured.by_sex
    mixed = found(rows, [*trained, [trained[0][0], other, trained[0][2]]]).measured.by_sex
    assert sum(each.lines for each in plain.values()) - 1 == sum(each.lines for each in mixed.values())


def test_factories_are_compared_within_themselves() -> None:
    rows, trained = year()
    of_other, trained_there = year(seed=4)
    other = [["Birch", *row[1:]] for row in of_other]
    told = found(rows + other, trained)
    assert told.lines == 40, "lines whose factory the trainings do not name are on neither side"
    head = ["factory", "line", "supervisor_sex", "trained_on"]
    named = as_csv(head, [["Alder", *row] for row in trained] + [["Birch", *row] for row in trained_there])
    both, problems = analyse_files(check(as_csv(HEAD, rows + other), "x.csv"), check_trainings(named))
    assert not problems and both.lines == 80 and both.verdict.claims_effect


def test_nothing_usable() -> None:
    rows = [[*row[:3], "x", *row[4:]] for row in year()[0]]
    told = found(rows, year()[1])
    assert told.verdict.reasons == (Because.NO_WEEKS,)
    assert told.verdict.warnings == (Warn.BAD_ROWS,)
