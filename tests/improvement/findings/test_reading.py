"""Files of findings of other shapes than the samples."""

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

from app.improvement.findings import shipped
from app.improvement.findings.catalogue import read_catalogue
from app.improvement.findings.reading import Findings, as_json, check

HEAD = "factory,cluster,point,question,severity,assessed_on,status\n"
GOOD = "A1,OS,OS-01,OS-01-Q01,low,2026-01-31,open"


def _check(data: bytes, **choices: Any) -> Findings:
    return check(data, "x.csv", shipped.catalogue(), {"import_date": "2026-06-30", **choices})


def _rows(*rows: str, **choices: Any) -> Findings:
    return _check((HEAD + "\n".join(rows)).encode(), **choices)


def _codes(found: Findings) -> list[tuple[int, str, str, str | None]]:
    return [(each.row, each.code, each.field, each.value) for each in found.problems]


def _said(found: Findings) -> list[tuple[str, str, str]]:
    return [(row.factory, row.question, row.assessed_on.isoformat()) for row in found.rows]


def test_every_error_keeps_its_row_out_and_says_what_stood_there() -> None:
    found = _rows(
        "A1,Environment,OS-01,OS-01-Q01,low,2026-01-31,open",
        "A1,OS,OS-77,OS-77-Q01,low,2026-01-31,open",
        "A1,OS,WT-01,WT-01-Q01,low,2026-01-31,open",
        "A1,OS,OS-01,OS-02-Q01,low,2026-01-31,open",
        "A1,OS,OS-01,,low,2026-01-31,open",
        "Z9,OS,OS-01,OS-01-Q01,low,2026-01-31,open",
        ",OS,OS-01,OS-01-Q01,low,2026-01-31,open",
        "A1,OS,OS-01,OS-01-Q01,low,2026-02-31,open",
        "A1,OS,OS-01,OS-01-Q01,low,,open",
        "A1,OS,OS-01,OS-01-Q01,low,2026-07-01,open",
        "A1,OS,OS-01,OS-01-Q01,low,2026-01-31,perhaps",
        "A1,OS,OS-01,OS-01-Q01,#N/A,#REF!,",
        factories=["A1"])
    assert found.rows == ()
    assert _codes(found) == [
        (2, "unknown_cluster", "cluster", "Environment"), (3, "unknown_point", "point", "OS-77"),
        (4, "point_not_in_cluster", "point", "WT-01"), (5, "question_not_in_point", "question", "OS-02-Q01"),
        (6, "question_not_in_point", "question", None), (7, "unknown_factory", "factory", "Z9"),
        (8, "missing_factory", "factory", None), (9, "date_invalid", "assessed_on", "2026-02-31"),
        (10, "date_invalid", "assessed_on", None), (11, "date_in_future", "assessed_on", "2026-07-01"),
        (12, "unknown_status", "status", "perhaps"), (13, "unknown_severity", "severity", "#N/A"),
        (13, "date_invalid", "assessed_on", "#REF!"), (13, "unknown_status", "status", None)]
    assert {each.severity for each in found.problems if each.code != "unknown_severity"} == {"error"}


def test_codes_are_compared_without_case_and_spaces_and_words_in_any_of_our_languages() -> None:
    found = _rows(
        " a1 , os , os - 01 , Os-01 - q07 , HIGH , 2026-01-31 , IN PROGRESS ",
        "A 1,Occupational safety & health,OS\u201301,os-01-q08,élevé,31 janvier 2026,En cours",
        "\u200eA1,Working hours,WT-٠١,WT-٠١-Q٠٢,Medium,٣١/٠١/٢٠٢٦,مفتوح",
        "A1,freedom of association and COLLECTIVE bargaining,fa-02,FA-02-Q01,??,31/01/2026,on-going",
        factories=["A1"])
    assert [(row.question, row.severity, row.status, row.assessed_on) for row in found.rows] == [
        ("OS-01-Q07", "high", "in_progress", date(2026, 1, 31)), ("OS-01-Q08", "high", "in_progress", date(2026, 1, 31)),
        ("WT-01-Q02", "medium", "open", date(2026, 1, 31)), ("FA-02-Q01", None, "in_progress", date(2026, 1, 31))]
    assert {row.factory for row in found.rows} == {"A1"}
    assert _codes(found) == [(5, "unknown_severity", "severity", "??")]


def test_the_latest_day_of_a_question_is_current_and_a_repeated_row_counts_once() -> None:
    found = _rows(
        "A1,OS,OS-01,OS-01-Q01,low,2026-03-31,closed",
        "A1,OS,OS-01,OS-01-Q01,high,2026-01-31,open",
        "B2,OS,OS-01,OS-01-Q01,high,2026-01-31,open",
        "a1,osh,os-01,OS-01-Q01,Low,31/03/2026,Closed")
    assert _codes(found) == [(5, "duplicate_row", "question", None)]
    assert found.problems[0].severity == "warning"
    assert [(row.factory, row.status) for row in found.current] == [("A1", "closed"), ("B2", "open")]
    assert found.counts["accepted"] == 3 and found.counts["open"] == 1
    assert [(each.row, each.reason) for each in found.skipped] == [(5, "duplicate")]


def test_the_choices_say_which_theme_a_word_means_and_which_column_is_what() -> None:
    text = "where,what,point,q,when,how far\nA1,Purple,OS-01,OS-01-Q01,2026-01-31,open"
    columns = {"factory": "A", "cluster": "B", "point": "C", "question": "D", "assessed_on": "E", "status": "F"}
    assert _check(text.encode()).missing == ("factory", "question", "assessed_on", "status")
    found = _check(text.encode(), columns=columns)
    assert _codes(found) == [(2, "unknown_cluster", "cluster", "Purple")]
    for words in ({"purple": "OS"}, {"OS": ["PURPLE"]}, {"Purple": "Occupational safety and health"}):
        assert _said(_check(text.encode(), columns=columns, cluster_words=words)) == [("A1", "OS-01-Q01", "2026-01-31")]


def test_points_by_their_titles_and_without_a_column_of_themes() -> None:
    text = "factory,point,question,date,status\nA1,OS-01,OS-01-Q01,2026-01-31,open"
    assert [row.cluster for row in _check(text.encode()).rows] == ["OS"]
    found = _rows("A1,Working time,Overtime,WT-02-Q01,low,2026-01-31,open")
    assert [row.point for row in found.rows] == ["WT-02"]


def test_remarks_and_unknown_columns_are_named_and_never_kept() -> None:
    text = "factory,theme,point,question,date,status,Remarks,Seen by\nA1,OS,OS-01,OS-01-Q01,2026-01-31,open,Mrs. Doe,Mr. Roe"
    found = _check(text.encode())
    assert found.ignored_columns == ("Remarks", "Seen by")
    assert "Doe" not in json.dumps(as_json(found)) and "Roe" not in json.dumps(as_json(found))
    long = _rows(f"A1,{'he said ' * 60},OS-01,OS-01-Q01,low,2026-01-31,open")
    assert len(long.problems[0].value or "") <= 100


def test_merged_cells_cell_dates_titles_totals_and_repeated_headings() -> None:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.add_worksheet("Notes").write(0, 0, "nothing here")
    sheet, day = book.add_worksheet("Findings"), book.add_format({"num_format": "dd/mm/yyyy"})
    head = ["Factory ID", "Theme", "Compliance point", "Question", "Risk level", "Assessment date", "Status"]
    lines = [["Assessment of May"], head, ["A1", "OSH", "OS-01", "OS-01-Q01", "Low", None, "Open"],
             [None, None, "OS-02", "OS-02-Q01", "Low", None, "Open"], head, ["Total", 2], ["Prepared by the office"]]
    for row, cells in enumerate(lines):
        sheet.write_row(row, 0, cells)
    for column, said in ((0, "A1"), (1, "OSH")):
        sheet.merge_range(2, column, 3, column, said)
    sheet.write_datetime(2, 5, date(2026, 4, 30), day)
    sheet.write_number(3, 5, 46142, day)
    book.close()
    found = check(data.getvalue(), "x.xlsx", shipped.catalogue(), {"import_date": "2026-06-30"})
    assert _said(found) == [("A1", "OS-01-Q01", "2026-04-30"), ("A1", "OS-02-Q01", "2026-04-30")]
    assert [(each.row, each.reason) for each in found.skipped] == [
        (1, "title"), (5, "repeated_header"), (6, "total"), (7, "footer")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    text = (HEAD + GOOD + "\nA1,OS,OS-02,OS-02-Q01,élevé,2026-01-31,fermé\n").replace(",", delimiter)
    if encoding == "utf-16-le":
        text = f"\ufeff{text}"
    found = _check(text.encode(encoding))
    assert [(row.question, row.severity) for row in found.rows] == [("OS-01-Q01", "low"), ("OS-02-Q01", "high")]


@pytest.mark.parametrize(("data", "reason"), [
    (b"", "file_empty"), (b"\n\n", "file_empty"), (b"%PDF-1.7 \x00\x01", "not_a_spreadsheet"),
    (b"PK\x03\x04 cut off", "file_damaged"), (HEAD.encode(), "no_rows"), (b"week,line,pieces\n1,2,3", "columns_not_found"),
    ((HEAD + "\n".join([GOOD] * 20_001)).encode(), "file_too_large"),
])
def test_refused_files(data: bytes, reason: str) -> None:
    found = _check(data)
    assert (found.outcome, found.reason, found.rows) == ("refused", reason, ())
    assert as_json(found)["reason"] == reason


def test_a_formula_is_a_text_and_nothing_is_evaluated() -> None:
    found = _rows('=1+1,OS,OS-01,OS-01-Q01,=cmd|,2026-01-31,open', '"=HYPERLINK(""x"")",OS,OS-01,OS-01-Q02,low,2026-01-31,=1')
    assert _said(found) == [("=1+1", "OS-01-Q01", "2026-01-31")]
    assert _codes(found) == [(2, "unknown_severity", "severity", "=cmd|"), (3, "unknown_status", "status", "=1")]
    assert not _rows(GOOD, factories=[]).rows, "where no factory is known, none is taken"


_CELL = st.one_of(
    st.text(max_size=30), st.sampled_from(["OS", "os-01", "OS-01-Q01", "open", "low", "2026-01-31", "٣١/٠١/٢٠٢٦", "#REF!"]))


@given(st.lists(st.lists(_CELL, max_size=8), max_size=8), st.booleans())
def test_no_text_makes_it_fall_over(rows: list[list[str]], has_head: bool) -> None:
    text = (HEAD if has_head else "") + "\n".join(",".join(row) for row in rows)
    found = _check(text.encode("utf-8", "replace"))
    json.dumps(as_json(found))
    assert not found.accepted or all(row.question.startswith(f"{row.point}-") for row in found.rows)


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fall_over(data: bytes) -> None:
    assert _check(data).outcome in {"accepted", "refused"}


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: (
    st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["columns", "import_date", "factories", "cluster_words", "header_row", "sheet", "A", "factory"]), inner, max_size=4))))
def test_odd_choices_are_refused_in_words(raw: Any) -> None:
    try:
        check((HEAD + GOOD).encode(), "x.csv", shipped.catalogue(), raw)
    except ValueError as error:
        assert str(error)


@pytest.mark.parametrize("raw", [None, [], {}, 7, {"OS": 3}, {"OS": {"title": "x"}}, {"OS": {"points": []}}])
def test_a_catalogue_of_another_shape(raw: Any) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_catalogue(raw)


def test_the_command_refuses_in_words(shared_app: Flask, tmp_path: Path) -> None:
    file, bad = tmp_path / "x.csv", tmp_path / "bad.json"
    file.write_text(HEAD + GOOD)
    run = shared_app.test_cli_runner().invoke
    assert run(args=["findings", "check", str(file)]).exit_code == 0
    for option, text in (("--catalogue", "{"), ("--catalogue", "[]"), ("--choices", "[]"), ("--choices", "{"),
                         ("--choices", '{"import_date": 7}'), ("--choices", '{"columns": {"factory": "9"}}')):
        bad.write_text(text)
        done = run(args=["findings", "check", str(file), option, str(bad), "--json"])
        assert done.exit_code == 2 and option in done.stderr, (option, text)
    file.write_bytes(b"")
    done = run(args=["findings", "check", str(file), "--json"])
    assert (done.exit_code, json.loads(done.stdout)["reason"]) == (2, "file_empty")
    assert run(args=["findings", "check", str(file)]).exit_code == 2
