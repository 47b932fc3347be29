"""Lists of earlier trainings, in the ways that factories write them. No database."""

import json
from datetime import date, datetime

import pytest
from flask import Flask

from app.learning_record.earlier import as_json, check, exit_code
from app.learning_record.earlier.matching import By, Someone, match, match_courses
from app.learning_record.earlier.results import Row
from app.platform.tables import write_xlsx

TODAY = {"import_date": "2026-11-26"}
PLAIN = """Employee No,Name,Training,Date,Hours,Trainer,Result,Certificate No,Evidence
007,Sok Dara,Fire Safety,12/03/2024,8,Red Cross,Pass,RC-1,Folder 3
E-12,Chan Mony,Fire Safety,31.02.2024,8,Red Cross,Pass,,
,,Fire Safety,2024-03-12,,,,,
E-13,Keo Rithy,,2024-03-12,,,,,
E-14,Ros Kolab,First Aid,2027-01-01,,,,,
E-15,Pen Veasna,First Aid,2024-03-12,many,,,,

Employee No,Name,Training,Date,Hours,Trainer,Result,Certificate No,Evidence
007,Sok Dara,Fire Safety,12/03/2024,8,Red Cross,Pass,RC-1,Folder 3
"""


def test_a_plain_list_with_everything_that_goes_wrong() -> None:
    found = check(PLAIN.encode(), "trainings.csv", TODAY)
    assert found.accepted
    assert found.rows == (
        Row(2, "007", "Sok Dara", "Fire Safety", date(2024, 3, 12), 8.0, "Red Cross", "Pass", "RC-1", "Folder 3"),
        Row(7, "E-15", "Pen Veasna", "First Aid", date(2024, 3, 12), None, "", "", "", ""),
    )
    told = [(each.row, each.code, each.severity) for each in found.problems]
    assert told == [
        (3, "date_invalid", "error"), (4, "missing_person", "error"), (5, "missing_course", "error"),
        (6, "date_in_future", "error"), (7, "hours_invalid", "warning"), (10, "duplicate_row", "warning")]
    assert exit_code(found) == 3
    assert json.loads(json.dumps(as_json(found)))["rows"][0]["taken_on"] == "2024-03-12"


@pytest.mark.parametrize(
    "header",
    [
        ["លេខបុគ្គលិក", "ឈ្មោះ", "វគ្គបណ្តុះបណ្តាល", "កាលបរិច្ឆេទ"], ["Matricule", "Nom", "Formation", "Date de formation"],
        ["কর্মী নম্বর", "নাম", "প্রশিক্ষণ", "তারিখ"], ["رقم الموظف", "الاسم", "الدورة", "التاريخ"],
        ["Mã nhân viên", "Họ tên", "Khóa học", "Ngày"],
    ],
)
def test_headings_of_many_languages_and_spreadsheets(header: list[str]) -> None:
    found = check(write_xlsx(header, [["12", "Sok Dara", "OSH", date(2024, 3, 12)]]), "list.xlsx", TODAY)
    assert found.accepted, found.missing
    assert [(row.course, row.taken_on) for row in found.rows] == [("OSH", date(2024, 3, 12))]


def test_columns_that_nobody_knows_can_be_chosen() -> None:
    data = b"aaa;bbb;ccc\n7;OSH;2024-03-12\n"
    refused = check(data, "list.csv", TODAY)
    assert (refused.outcome, refused.reason, exit_code(refused)) == ("refused", "columns_not_found", 2)
    assert refused.missing == ("employee_number", "course", "taken_on")
    assert refused.headings == (("A", "aaa"), ("B", "bbb"), ("C", "ccc"))
    chosen = {**TODAY, "columns": {"employee_number": "A", "course": "B", "taken_on": "C"}}
    assert [row.employee_number for row in check(data, "list.csv", chosen).rows] == ["7"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "file_empty"), (b"\x00\x01\x02", None), (b"Employee No,Course,Date\n", "no_rows"), (b"PK\x03\x04broken", None)],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(data: bytes, reason: str | None) -> None:
    found = check(data, "list.csv", TODAY)
    assert found.outcome == "refused"
    assert found.reason == reason if reason else found.reason


def test_a_choice_of_the_wrong_shape_says_so() -> None:
    with pytest.raises(ValueError, match="expected"):
        check(PLAIN.encode(), "x.csv", {"columns": "A"})


def _row(number: int, employee_number: str, name: str) -> Row:
    return Row(number, employee_number, name, "OSH", date(2024, 3, 12), None, "", "", "", "")


def test_people_are_matched_as_rosters_do_it() -> None:
    dara, twin = Someone(1, "Sok Dara", "សុខ ដារ៉ា", "007"), Someone(2, "Sok Dara", None, "E-9")
    mony, reused = Someone(3, "Chan Mony", None, "12"), Someone(4, "Keo Rithy", None, "12")
    rows = [
        _row(1, "7", "sok  dara"), _row(2, "7", ""), _row(3, "007", "Somebody Else"), _row(4, "", "Sok Dara"),
        _row(5, "12", ""), _row(6, "12", "Keo Rithy"), _row(7, "99", "Nobody"), _row(8, "", "សុខ ដារ៉ា"),
    ]
    found = {row: (one.by, [each.person_id for each in one.people]) for row, one in match(rows, [dara, twin, mony, reused]).items()}
    assert found == {
        1: (By.NUMBER, [1]), 2: (By.NUMBER, [1]), 3: (By.PROPOSED, [1]), 4: (By.PROPOSED, [1, 2]),
        5: (By.PROPOSED, [3, 4]), 6: (By.NUMBER, [4]), 7: (By.NOBODY, []), 8: (By.PROPOSED, [1])}


def test_courses_are_known_by_code_or_title_in_any_language() -> None:
    courses = [(1, "sst", {"en": "Supervisory Skills", "km": "ជំនាញ"}), (2, "osh", {"en": "OSH"}), (3, "osh-2", {"en": "OSH"})]
    assert match_courses(["SST", "supervisory  skills", "ជំនាញ", "OSH", "Cooking"], courses) == {
        "SST": 1, "supervisory  skills": 1, "ជំនាញ": 1}


def test_the_command_needs_no_database(app: Flask, tmp_path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(PLAIN, encoding="utf-8")
    told = app.test_cli_runner().invoke(args=["record", "check", str(file), "--json"])
    found = json.loads(told.output)
    assert (told.exit_code, found["kind"], len(found["rows"])) == (3, "earlier_trainings", 2)
    assert app.test_cli_runner().invoke(args=["record", "check", str(file)]).exit_code == 3
    assert datetime.fromisoformat(found["choices"]["import_date"])
