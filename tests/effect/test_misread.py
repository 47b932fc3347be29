"""Files that could be misread: slips of names and years, factories without a usable week, weeks missing at the edge."""

from datetime import date, timedelta

import pytest

from app.effect.analysing import Data, analyse, analyse_files
from app.effect.files import check, check_trainings, lines_of
from app.effect.files.headings import kind_of
from app.effect.files.weeks import week_name
from app.effect.looking import spans
from app.effect.rules import Because, Line, Warn, Week
from app.factories.roster.text import fold
from tests.effect.simulating import START
from tests.effect.test_files import GOOD, HEAD, Table, as_csv, codes, found, year
from tests.effect.test_simulation import present


def test_a_training_of_a_line_without_weeks_forbids_a_claim() -> None:
    rows, trained = year()
    trained[0][0] += " (A)"
    told = found(rows, trained)
    assert told.seen.unknown == 1 and told.measured.trained == 19
    assert told.verdict.reasons == (Because.UNKNOWN_LINES,)


def test_a_training_of_another_factory_forbids_nothing() -> None:
    rows, trained = year()
    head = ["factory", "line", "supervisor_sex", "trained_on"]
    sent = as_csv(head, [["Alder", *row] for row in trained] + [["Birch", "L99", "F", "2025-11-14"]])
    told, problems = analyse_files(check(as_csv(HEAD, rows), "x.csv"), check_trainings(sent))
    assert [each.code for each in problems] == ["other_factory"] and told.verdict.claims_effect


@pytest.mark.parametrize("name", ["Birch", ""])
def test_a_factory_without_any_usable_week_is_passed_over(name: str) -> None:
    rows, trained = year()
    broken = [[name, "Z1", *row[2:3], 0, *row[4:]] for row in rows[:3]]
    told = found(rows + broken, trained)
    assert told.measured.trained == 20 and told.verdict.claims_effect
    assert told.verdict.warnings == (Warn.BAD_ROWS,)


def test_a_week_to_come_is_no_week_where_somebody_says_which_day_it_is() -> None:
    data = as_csv(HEAD, [GOOD, [*GOOD[:2], "2031-W10", *GOOD[3:]]])
    told = check(data, "x.csv", latest=date(2031, 3, 2))
    assert codes(told) == [(3, "week_invalid")] and told.nameless
    assert not codes(check(data, "x.csv", latest=date(2031, 3, 3)))
    assert not codes(check(data, "x.csv")), "the command says the same of a file today and in ten years"


def test_a_wrong_year_in_one_week_stops_no_line() -> None:
    rows, trained = year()
    plain = found(rows, trained)
    rows[10][2] = "2017-W10"
    told = found(rows, trained)
    assert told.seen.stopped_trained + told.seen.stopped_others == 0 and told.seen.weeks_missing == 1
    assert told.first == plain.first and told.verdict.claims_effect


def test_the_weeks_of_a_factory_are_those_of_two_lines() -> None:
    assert spans({("f", "a"): {1, 20, 21, 99}, ("f", "b"): {20, 21, 22}, ("g", "c"): {5, 9}}) == {"f": (20, 21), "g": (5, 9)}


@pytest.mark.parametrize("gone", [slice(0, 3), slice(50, 52), slice(51, 52)], ids=["late", "early", "the last"])
def test_weeks_missing_at_the_edge_of_a_line_are_missing(gone: slice) -> None:
    rows, trained = year()
    left: Table = [row for row in rows if row not in rows[52:104][gone]]
    told = found(left, trained)
    assert told.verdict.warnings == (Warn.MISSING_WEEKS,)
    assert told.seen.weeks_missing == len(rows) - len(left)


def test_a_line_that_came_much_later_is_new() -> None:
    rows, trained = year()
    assert not found([row for row in rows if row not in rows[52:60]], trained).seen.weeks_missing


def test_a_year_in_a_column_of_its_own_and_units_in_headings() -> None:
    head = ["Line No.", "Year", "Week", "Ops", "Minutes [per operator]", "S.A.M.", "Output (pcs)"]
    written = "27", "W28", "2025-W29", "Week 30", "Wk 31", "S32", "tuần 33"
    told = check(as_csv(head, [["1", "2025", week, 30, 2880, 12.5, 4000] for week in written]), "x.csv")
    assert [week_name(row.monday) for row in told.rows] == [f"2025-W{week}" for week in range(27, 34)] and not told.ignored


@pytest.mark.parametrize(("head", "days", "mondays"), [
    (["Year", "Month", "Day"], [["2025", "1", "6"], ["25", "January", "13"], ["2025", "", "20"]], [date(2025, 1, 6), date(2025, 1, 13)]),
    (["Year", "Month", "Date"], [["2025", "1", "06/01/2025"]], [date(2025, 1, 6)]),
    (["Year", "Month", "Day"], [["2025", "2", "03"], ["2025", "2", "29"]], [date(2025, 2, 3)]),
    (["Year", "Day"], [["2025", "6"], ["2025", "2025-01-06"]], [date(2025, 1, 6)]),
    (["Year", "Month", "Week"], [["2025", "1", "2"]], [date(2025, 1, 6)]),
])
def test_the_sixth_day_of_a_month_is_not_the_sixth_week(head: list[str], days: Table, mondays: list[date]) -> None:
    told = check(as_csv([*head, *HEAD[1:2], *HEAD[3:7]], [[*day, "L1", *GOOD[3:7]] for day in days]), "x.csv")
    assert [row.monday for row in told.rows] == mondays
    assert [code for _row, code in codes(told)] == ["week_invalid"] * (len(days) - len(mondays))


@pytest.mark.parametrize(("heading", "kind"), [
    ("Output (target)", None), ("Output (defects)", None), ("Pieces (rejected) (pcs)", None), ("Operators (absent)", None),
    ("Minutes (overtime)", None), ("Output (per operator)", None), ("Defects (%)", None), ("Output (actual)", "pieces"),
    ("Efficiency (%)", "efficiency"), ("Minutes (per operator)", "minutes"), ("SAM [minutes]", "sam"), ("Line (#)", "line"),
    ("Output (পিস)", "pieces"), ("Line (ខ្សែ)", "line"), ("Trained (yes/no)", "trained"), ("Date (dd/mm/yyyy)", "day"),
])
def test_a_bracket_of_a_heading_is_passed_over_where_it_says_a_unit_or_the_same_again(heading: str, kind: str | None) -> None:
    assert kind_of(heading) == kind


def test_a_row_of_averages_is_no_line() -> None:
    told = check(as_csv(HEAD, [GOOD, *(["Alder", name, *GOOD[2:]] for name in ("Average", "Moyenne", "গড়"))]), "x.csv")
    assert len(told.rows) == told.read == 1 and not told.problems


def test_what_is_written_once_for_several_rows_counts_for_each() -> None:
    told = check(as_csv(HEAD[1:7], [["L1", "2025-W27", *GOOD[3:6], "+4000"], ["L2", '"', *GOOD[3:7]]]), "x.csv")
    assert [week_name(row.monday) for row in told.rows] == ["2025-W27", "2025-W27"]
    trained = check_trainings(b"line,trained,training date\nL1,yes,2025-11-14\nL2,yes,\"\"\"\"\nL3,no,")
    assert [each.day for each in trained.rows] == [date(2025, 11, 14)] * 2 + [None] and not trained.ignored


@pytest.mark.parametrize("said", ["No", "not yet", "FALSE", "ទេ"])
def test_a_planned_day_of_a_line_that_was_not_trained_is_no_training(said: str) -> None:
    told = check_trainings(f"Line,Trained,Training date\nL1,Yes,2025-11-14\nL2,{said},2025-12-19\nL3,,2025-11-14".encode())
    assert [(each.day is not None, each.is_unclear) for each in told.rows] == [(True, False), (False, False), (True, False)]
    assert not told.problems


@pytest.mark.parametrize(("there", "said"), [("L01", "L1"), ("L৩", "L3"), ("3", "03")])
def test_a_line_is_the_same_without_its_zeros_and_in_other_digits(there: str, said: str) -> None:
    present = {("", fold(there)): [1, 99]}
    [line], problems = lines_of(present, check_trainings(f"line,trained_on\n{said},2025-W46".encode()))
    assert line.trained_on == date(2025, 11, 10) and "unknown_line" not in {each.code for each in problems}
    both = {**present, ("", fold(said)): [1, 99]}
    assert [each.key[1] for each in lines_of(both, check_trainings(f"line,trained_on\n{said},2025-11-10".encode()))[0]
            if each.trained_on] == [fold(said)], "the very name stands before one like it"


@pytest.mark.parametrize(("gain", "claims"), [(1.0, False), (1.22, True)])
def test_figures_without_any_chance_are_neither_a_trend_nor_too_few(gain: float, claims: bool) -> None:
    """Rounding in the last digit is no trend before the training, and no effect."""
    trained = date(2025, 11, 14)
    lines = [Line(("f", f"l{place}"), trained if place % 2 else None) for place in range(12)]
    weeks = [Week(line.key, START + timedelta(weeks=week), (37 + place) * 1.003**week * (gain if place % 2 and week > 19 else 1))
             for place, line in enumerate(lines) for week in range(40)]
    told = analyse(Data(lines, weeks, present(weeks), {}, len(weeks)))
    assert told.verdict.claims_effect is claims and not {Warn.PRE_TREND} & {*told.verdict.warnings}
    assert told.verdict.reasons == (() if claims else (Because.UNCERTAIN,))
    assert told.measured.effect and told.measured.effect.pct == pytest.approx(100 * (gain - 1), abs=1e-6)
