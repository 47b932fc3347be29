"""Lists that are filled-in forms: headings in two rows, two columns for sex, other eras, lines quoted twice."""

from datetime import date
from typing import Any

import pytest

from app.factories.roster import as_json, check
from app.factories.roster.dates import read_date
from app.platform.tables import Value
from tests.factories.roster.writing import Grid, as_text, as_xlsx

PEOPLE = [("101", "Ann Bee", "F", "Line 1"), ("102", "Bob Cee", "M", "Line 1"), ("103", "Cat Dee", "F", "Line 2"), ("104", "Dan Eff", "M", "Line 2")]


def _read(rows: Grid, **choices: Any) -> list[tuple[Any, ...]]:
    shown = as_json(check(as_xlsx(rows), "x.xlsx", {"country": "KH", "import_date": "2026-05-31", **choices}))
    assert shown["outcome"] == "accepted", shown
    assert [skip for skip in shown["skipped"] if skip["reason"] != "repeated_header"] == [] == shown["problems"]
    return [(row["employee_number"], row["name"], row["sex"], row["line"]) for row in shown["rows"]]


@pytest.mark.parametrize(("above", "below"), [
    (["Employee", "Name", "Sex", "Line"], ["No", None, None, None]),
    (["Employee", "Employee", "Sex", "Line"], ["ID", "Name", None, "No."]),
    (["Employee No", "Name", "Sex", "Line"], ["អត្តលេខ", "ឈ្មោះ", "ភេទ", "ខ្សែ"]),
    (["Matricule", "Nom et prénom(s)", "Sexe", "Ligne"], ["Employee No", "Name", "Sex", "Line"]),
    (["EmployeeID", "FullName", "Gender", "LineNo"], [None, None, "(M/F)", None]),
])
def test_headings_in_two_rows(above: list[Any], below: list[Any]) -> None:
    assert _read([above, below, *map(list, PEOPLE)]) == PEOPLE


@pytest.mark.parametrize("tick", ["x", "X", "✓", 1.0, "1", "v"])
@pytest.mark.parametrize(("above", "below"), [
    (["No.", "Name", "Sex", None, "Line"], [None, None, "F", "M", None]),
    (["ID", "Name", "ភេទ", None, "Line"], [None, None, "ស្រី", "ប្រុស", None]),
    (["ID", "Name", "Women", "Men", "Line"], None),
])
def test_sex_is_ticked(above: list[Any], below: list[Any] | None, tick: Any) -> None:
    people = [[number, name, tick if sex == "F" else None, tick if sex == "M" else None, line] for number, name, sex, line in PEOPLE]
    assert _read([above, *([below] if below else []), *people]) == PEOPLE


def test_a_person_right_below_the_headings_is_no_heading() -> None:
    rows: Grid = [["Employee No", "Name", "Sex", "Line"], ["A", "Name", "F", "Line"], *map(list, PEOPLE)]
    assert ("101", "Ann Bee", "F", "Line 1") in _read(rows) and len(_read(rows)) >= 4


@pytest.mark.parametrize(("value", "day"), [
    ("15/06/2567", date(2024, 6, 15)), ("๑๕/๐๖/๒๕๖๗", date(2024, 6, 15)), ("15 มิถุนายน 2567", date(2024, 6, 15)),
    (date(2567, 6, 15), date(2024, 6, 15)), ("15/06/2024", date(2024, 6, 15)), ("31/02/2567", None), ("15/06/2767", None),
])
def test_years_of_the_buddhist_era(value: Value, day: date | None) -> None:
    assert read_date(value, ethiopian=False, date_1904=False, buddhist=True).day == day


@pytest.mark.parametrize(("value", "day"), [
    ("15/06/2567", None), ("15/06/2567 B.E.", date(2024, 6, 15)), ("พ.ศ. 2567-06-15", date(2024, 6, 15)), ("15/06/2567 ព.ស.", date(2024, 6, 15)),
])
def test_elsewhere_such_a_year_needs_its_mark(value: Value, day: date | None) -> None:
    """A slip of the pen must not become a date."""
    assert read_date(value, ethiopian=False, date_1904=False).day == day


def test_a_column_of_buddhist_years_is_seen() -> None:
    rows = [["รหัสพนักงาน", "ชื่อ-สกุล", "วันเริ่มงาน"], *([str(n), "สมชาย ใจดี", f"{n}/06/2567"] for n in range(11, 19))]
    roster = check(as_xlsx(rows), "x.xlsx", {"country": "TH"})
    assert roster.choices.calendar == "buddhist" and roster.rows[0].joined == date(2024, 6, 11)
    again = check(as_xlsx(rows), "x.xlsx", as_json(roster))
    assert again.rows == roster.rows


@pytest.mark.parametrize("day", ["2019年1月3日", "03-T1-2019", "ngày 3 tháng 1 năm 2019", "2019-01-03 08:00:00 G.C.", "3 de enero de 2019"])
def test_days_in_words(day: str) -> None:
    assert read_date(day, ethiopian=False, date_1904=False).day == date(2019, 1, 3)


@pytest.mark.parametrize("text", [
    "\r\n".join('"' + line.replace('"', '""') + '"' for line in as_text([["Emp ID", "Name"], ["1", 'Ann "A" Bee'], ["2", "Cee, Bob"]]).splitlines()),
    'Emp ID, Name\n1, "Ann ""A"" Bee"\n2, "Cee, Bob"\n',
    'Emp ID;Name;;;\n1;"Ann ""A"" Bee";;;\n2;Cee, Bob;;;\n;;;;\n',
])
def test_delimited_text_as_programs_spoil_it(text: str) -> None:
    roster = check(text.encode(), "x.csv", {"country": "LK"})
    assert [(row.employee_number, row.name) for row in roster.rows] == [("1", 'Ann "A" Bee'), ("2", "Cee, Bob")]


@pytest.mark.parametrize("cell", ["3.00E+09", "\u200f3.00E+09 ", "\u00a03,00E+09"])
def test_a_rounded_phone_is_damaged_whatever_stands_around(cell: str) -> None:
    roster = check(as_xlsx([["Emp ID", "Name", "Phone"], ["1", "Ann Bee", cell]]), "x.xlsx", {"country": "PK"})
    assert [problem.code for problem in roster.problems] == ["phone_damaged"]
