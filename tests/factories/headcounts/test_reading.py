"""Headcount files of other shapes than the samples."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.factories.headcounts import Headcounts, as_json, check
from app.factories.headcounts.numbers import MOST, read_count

LONG = "factory,as_of,source,role,sex,people,lines\n"


def _long(*rows: str, **choices: Any) -> Headcounts:
    return check((LONG + "\n".join(rows)).encode(), "x.csv", choices)


def _codes(found: Headcounts) -> list[tuple[int, str, str, str | None]]:
    return [(problem.row, problem.code, problem.field, problem.value) for problem in found.problems]


def _people(found: Headcounts) -> list[int]:
    return [count.people for count in found.rows]


def test_every_error_keeps_its_row_out_and_says_what_stood_there() -> None:
    found = _long(
        "A,2026-01-31,declared,operator,F,12,3",
        "A,2026-01-31,declared,operator,M,twelve,3",
        "A,2026-01-31,declared,operator,M,-1,3",
        "A,2026-01-31,declared,operator,M,,3",
        "A,2026-02-31,declared,operator,M,4,3",
        "A,2026-05-01,declared,operator,M,4,3",
        "A,2026-01-31,declared,Wizard,M,4,3",
        "A,2026-01-31,declared,operator,M,#REF!,3",
        "B,2026-01-31,declared,operator,M,no,3",
        import_date="2026-04-30", factory="A")
    assert _people(found) == [12]
    assert _codes(found) == [
        (3, "count_invalid", "people", "twelve"), (4, "count_invalid", "people", "-1"),
        (5, "count_invalid", "people", None), (6, "date_invalid", "as_of", "2026-02-31"),
        (7, "date_in_future", "as_of", "2026-05-01"), (8, "unknown_role", "role", "Wizard"),
        (9, "cell_error", "people", "#REF!"), (10, "other_factory", "factory", "B")]
    assert {problem.severity for problem in found.problems} == {"error"}


def test_warnings_keep_the_people() -> None:
    found = _long(
        "A,2026-01-31,declared,operator,F,12,3",
        "A,2026-01-31,declared,operator,Femal,5,3",
        "A,2026-01-31,declared,helper,,4,3",
        "A,2026-01-31,declared,helper,M,4,9",
        "A,2026-01-31,declared,operator,F,12,3",
        "A,2026-01-31,declared,Total,,26,3")
    assert _codes(found) == [
        (3, "unknown_sex", "sex", "Femal"), (5, "lines_differ", "lines", "9"),
        (6, "duplicate_row", "role", "operator"), (7, "total_mismatch", "people", "26")]
    assert [(each.row, each.reason) for each in found.skipped] == [(6, "duplicate"), (7, "total")]
    [snapshot] = found.snapshots
    assert (snapshot.total, snapshot.with_sex("F"), snapshot.with_sex("M"), snapshot.undisclosed) == (25, 12, 4, 9)
    assert snapshot.lines == 3


def test_wide_form_without_a_total_and_with_unknown_sexes() -> None:
    text = "Date;Category;Women;Men;Other;Lines\n30/04/2026;Supervisors;4;;1;\n30/04/2026;Helpers;;;;\n30/04/2026;Total;4;0;1;"
    found = check(text.encode(), "x.csv")
    assert [(c.role, c.women, c.men, c.undisclosed, c.people) for c in found.rows] == [("supervisor", 4, 0, 1, 5)]
    assert _codes(found) == [(3, "count_invalid", "people", None)]
    assert found.snapshots[0].undisclosed == 1


def test_only_totals_are_people_of_unknown_sex() -> None:
    found = check(b"Date,Role,Female,Male,Total\n2026-04-30,Operator,,,40", "x.csv")
    [row] = as_json(found)["rows"]
    assert (row["women"], row["men"], row["people"]) == (None, None, 40)
    assert found.snapshots[0].undisclosed == 40 and not found.problems


def test_grand_total_and_totals_of_parts_add_up() -> None:
    text = ("as at,post,female,male,total\n2026-01-31,Operator,5,1,6\n2026-01-31,Helper,2,2,4\n,Sub total,7,3,10\n"
            "2026-01-31,Manager,1,1,2\n,Sub total,1,1,2\n2026-01-31,Grand total,8,4,12\n2026-01-31,Grand total,8,4,13")
    found = check(text.encode(), "x.csv")
    assert _codes(found) == [(8, "total_mismatch", "people", "13")]


def test_a_role_per_sex_and_both() -> None:
    text = "date,role,sex,number\n2026-01-31,operator,F,10\n2026-01-31,operator,M,5\n2026-01-31,operator,Total,15"
    found = check(text.encode(), "x.csv")
    assert _people(found) == [10, 5] and not found.problems


def test_the_factorys_own_words_come_first() -> None:
    found = _long("A,2026-01-31,declared,Floor Star,F,3,1", "A,2026-01-31,declared,Staff,F,4,1",
                  role_words={"Floor star": "supervisor", "office": ["Staff"]})
    assert [count.role for count in found.rows] == ["supervisor", "office"]


def test_merged_cells_cell_dates_and_a_title() -> None:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.add_worksheet("Notes").write(0, 0, "nothing here")
    sheet, day = book.add_worksheet("List"), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write(0, 0, "Headcount of A")
    for row, cells in enumerate([["Date", "Designation", "Female", "Male", "Total", "Remarks"],
                                 [None, "Operator", 1, 2, 3, None], [None, "Helper", 4.0, 5, 9, "revised 2 May"]], 2):
        sheet.write_row(row, 0, cells)
    sheet.merge_range(3, 0, 4, 0, None)
    sheet.write_datetime(3, 0, date(2026, 4, 30), day)
    book.close()
    found = check(data.getvalue(), "x.xlsx")
    assert [(c.as_of, c.role, c.people, c.source) for c in found.rows] == [
        (date(2026, 4, 30), "operator", 3, "declared"), (date(2026, 4, 30), "helper", 9, "revised")]
    assert [(each.row, each.reason) for each in found.skipped] == [(1, "title"), (2, "blank")]


@pytest.mark.parametrize(("data", "reason", "missing"), [
    (b"", "file_empty", ()),
    (b"PK\x03\x04 broken", "file_damaged", ()),
    (b"name,phone\nSok,1", "columns_not_found", ("as_of", "role", "people")),
    (b"date,role,people\n", "no_rows", ()),
])
def test_refused_files(shared_app: Flask, tmp_path: Path, data: bytes, reason: str, missing: tuple[str, ...]) -> None:
    found = check(data, "x.csv")
    assert (found.outcome, found.reason, found.missing) == ("refused", reason, missing)
    file = tmp_path / "x.csv"
    file.write_bytes(data)
    result = shared_app.test_cli_runner().invoke(args=["headcounts", "check", str(file), "--json"])
    assert result.exit_code == 2 and json.loads(result.stdout)["reason"] == reason


def test_a_day_may_be_chosen_for_the_whole_file() -> None:
    assert check(b"role,people\noperator,3", "x.csv", {"as_of": "2026-01-31"}).rows[0].as_of == date(2026, 1, 31)


@pytest.mark.parametrize("choices", [[], {"columns": "A"}, {"columns": {"role": "7"}}, {"import_date": "soon"},
                                     {"header_row": 0}, {"role_words": []}, {"import_date": 7}])
def test_choices_of_the_wrong_shape(choices: Any) -> None:
    with pytest.raises(ValueError):
        check(LONG.encode() + b"A,2026-01-31,declared,operator,F,1,1", "x.csv", choices or ["x"])


@pytest.mark.parametrize(("text", "number"), [
    ("1,440", 1440), ("1.440", 1440), ("1 440", 1440), ("1\u202f440", 1440), ("1'440", 1440), ("1,00,000", 100_000),
    ("১,৪৪০", 1440), ("١٬٤٤٠", 1440), ("៥៩៨", 598), ("598.0", 598), ("598.00", 598), ("0", 0), ("-", 0),
    ("", None), ("12.5", None), ("1,44", None), ("-3", None), ("1e3", None), ("=600", None), ("12 people", None),
    ("9" * 100_000, None), (str(MOST + 1), None), ("1,440.5", None), ("1,440,00", None),
])
def test_counts(text: str, number: int | None) -> None:
    assert read_count(text) == number


@given(st.integers(0, MOST), st.sampled_from(["", ",", ".", " ", "\u00a0", "'"]), st.sampled_from(["en", "bn", "km", "ar"]))
def test_a_written_count_is_read_back(number: int, sign: str, locale: str) -> None:
    digits = {"bn": "০১২৩৪৫৬৭৮৯", "km": "០១២៣៤៥៦៧៨៩", "ar": "٠١٢٣٤٥٦٧٨٩"}.get(locale, "0123456789")
    written = f"{number:,}".replace(",", sign).translate(str.maketrans("0123456789", digits))
    assert read_count(written) == number
    assert read_count(float(number)) == number


@given(st.lists(st.tuples(st.sampled_from(["operator", "supervisor", "helper"]), st.integers(0, 900), st.integers(0, 900)), min_size=1))
def test_both_forms_say_the_same(rows: list[tuple[str, int, int]]) -> None:
    """Nobody is lost or doubled, whichever way the same numbers are written, and totals that add up are no problem."""
    wide = ["n,date,post,women,men,total"] + [f"{n},2026-01-31,{r},{w},{m},{w + m}" for n, (r, w, m) in enumerate(rows)]
    wide.append(f",2026-01-31,Total,,,{sum(w + m for _, w, m in rows)}")
    long = ["n,date,post,sex,people"]
    for n, (role, women, men) in enumerate(rows):
        long += [f"{n},2026-01-31,{role},F,{women}", f"{n},2026-01-31,{role},M,{men}"]
    first, second = check("\n".join(wide).encode(), "w.csv"), check("\n".join(long).encode(), "l.csv")
    for found in (first, second):
        [snapshot] = found.snapshots
        assert not found.problems
        assert snapshot.with_sex("F") == sum(w for _, w, _ in rows)
        assert snapshot.total == sum(w + m for _, w, m in rows)
        assert snapshot.with_sex("F", role="supervisor") == sum(w for r, w, _ in rows if r == "supervisor")
