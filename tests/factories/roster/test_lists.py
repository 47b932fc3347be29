"""Lists with other mistakes than the samples have."""

from typing import Any

import pytest

from app.factories.roster import Roster, as_json, check, exit_code
from app.platform.tables import write_xlsx
from tests.growth import assert_small

HEADER = "Emp ID,Name,Sex,Line,Designation,DOJ,Phone"


def _check(text: str, country: str = "BD", **choices: Any) -> Roster:
    return check(text.encode(), "list.csv", {"country": country, "import_date": "2026-01-31", **choices})


def _list(*rows: str) -> Roster:
    return _check("\n".join((HEADER, *rows)))


def _codes(roster: Roster) -> list[tuple[int, str]]:
    return [(problem.row, problem.code) for problem in roster.problems]


def _skipped(roster: Roster) -> list[tuple[int, str]]:
    return [(skipped.row, skipped.reason) for skipped in roster.skipped]


def _columns(roster: Roster) -> dict[str, Any]:
    found: dict[str, Any] = as_json(roster)["columns"]
    return {name: letters for name, letters in found.items() if letters}


def test_one_person() -> None:
    roster = _list("7,Mrs Ann Bee,Female,1.0,Helper,01/02/2020,01700006770")
    shown = as_json(roster)
    assert shown["rows"] == [{
        "row": 2, "employee_number": "7", "name": "Ann Bee", "local_name": None, "sex": "F", "line": "1.0", "designation": "Helper",
        "role": "helper", "phone": "+8801700006770", "joined": "2020-02-01"}]
    assert exit_code(roster) == 0


def test_the_same_person_twice_and_two_people_with_one_number() -> None:
    roster = _list("7,Ann,F,1,,,", "7,Ann,F,1,,,", "8,Bob,M,1,,,", "08,Cec,M,1,,,", "9,Dan,M,1,,,")
    assert [row.employee_number for row in roster.rows] == ["7", "9"]
    assert _codes(roster) == [(3, "duplicate_row"), (4, "duplicate_employee_number"), (5, "duplicate_employee_number")]
    assert _skipped(roster) == [(3, "duplicate")]
    assert roster.counts["rejected"] == 2


def test_rows_that_are_nobody() -> None:
    lines = [
        "Dream Stitch Ltd", "", HEADER, "1,Ann Bee,F,1,,,", "Sub total,1,,,,,", "Line 2,,,,,,", HEADER, "2,Sum Sophea,,2,,,",
        "3,Total Gain,F,2,,,", "Total,3,,,,,", "Total women: 2,,,,,,", ",,,,,,", "Prepared by: HR,,,,Checked by: GM,,", "Page 1 of 1,,,,,,"]
    roster = _check("\n".join(lines))
    assert [row.name for row in roster.rows] == ["Ann Bee", "Sum Sophea", "Total Gain"]
    assert _skipped(roster) == [
        (1, "title"), (2, "blank"), (5, "subtotal"), (6, "section"), (7, "repeated_header"), (10, "total"), (11, "total"), (12, "blank"),
        (13, "footer"), (14, "footer")]


def test_errors_keep_a_row_out() -> None:
    roster = _list(",Ann,F,1,,,", "5,,F,1,Helper,,", "#N/A,Bob,M,1,,,", "6,#REF!,M,1,,,", "-,Eve,F,1,,,", "7,Fay,F,#VALUE!,,,", "8,Gus,M,1,,,")
    assert _codes(roster) == [
        (2, "missing_employee_number"), (3, "missing_name"), (4, "cell_error"), (5, "cell_error"), (6, "missing_employee_number"),
        (7, "cell_error")]
    assert [row.name for row in roster.rows] == ["Gus"]


def test_ditto_marks_repeat_the_line() -> None:
    roster = _list('1,Ann,F,Line 1,Helper,,', '2,Bob,M,",,",Helper,,', '3,Cec,M,-do-,"""",,', "4,Dan,M,〃,,,", "5,Eve,F,Line 2,Mechanic,,")
    assert [row.line for row in roster.rows] == ["Line 1", ",,", ",,", ",,", "Line 2"]
    assert [row.designation for row in roster.rows] == ["Helper", "Helper", "Helper", None, "Mechanic"]


def test_formula_names_are_kept_as_text() -> None:
    roster = _list('1,"=HYPERLINK(""x"")",F,1,,,', "2,@SUM(1),M,1,,,", "3,-,M,1,,,")
    assert [row.name for row in roster.rows] == ['=HYPERLINK("x")', "@SUM(1)"]
    assert _codes(roster) == [(2, "formula_text"), (3, "formula_text"), (4, "missing_name")]


def test_what_must_not_be_kept_is_not() -> None:
    roster = _check("Emp ID,Name,NID No,Father's Name,Blood Group,Present Address,Gross Salary,Date of Birth,Date of Resign,Emergency Contact\n"
                    "1,Ann Bee,1990123456789,Zed Bee,O+,Village X,9999,01/01/1990,01/01/2025,01700006770\n")
    assert _columns(roster) == {"employee_number": "A", "name": "B"}
    assert not {"1990123456789", "Zed", "O+", "Village", "9999", "1990-01-01"} & set(str(as_json(roster)["rows"]).replace("'", " ").split())
    assert len(roster.ignored_columns) == 8


@pytest.mark.parametrize(("country", "header", "row", "columns"), [
    ("SV", "Código;Nombres;Apellidos;Sexo;Puesto;Módulo;Fecha de ingreso;Teléfono;DUI", "1;Ana;Paz;M;Operaria;2;1/2/20;;9",
     {"employee_number": "A", "name": ["B", "C"], "sex": "D", "line": "F", "designation": "E", "joined": "G", "phone": "H"}),
    ("VN", "STT,Mã NV,Họ và tên đệm,Tên,Nam,Nữ,Tổ,Chức danh,Ngày vào,SĐT,Ngày sinh", "1,A1,Lê Thị,Hoa,,x,3,KCS,1/2/2020,,1/2/1990",
     {"employee_number": "B", "name": ["C", "D"], "sex": {"F": "F", "M": "E"}, "line": "G", "designation": "H", "joined": "I", "phone": "J"}),
    ("ID", "No,NIK,Nama,No Karyawan,L/P,Bagian,Jabatan", "1,3201234567890123,Siti,K-1,P,Produksi,Helper",
     {"employee_number": "D", "name": "C", "sex": "E", "line": "F", "designation": "G"}),
    ("UZ", "Т/р;Табель рақами;Ф.И.Ш.;Жинси;Лавозими;Линия;Ишга кирган сана;Телефон;Паспорт", "1;101;Каримова Дилноза;А;Тикувчи;1;12.03.2021;;AA1",
     {"employee_number": "B", "name": "C", "sex": "D", "line": "F", "designation": "E", "joined": "G", "phone": "H"}),
    ("EG", "م,كود الموظف,الاسم,النوع,القسم,الوظيفة,تاريخ التعيين,الموبايل,الرقم القومي", "1,77,منى علي,أنثى,خياطة,عاملة خياطة,1/2/2020,,29001011234567",
     {"employee_number": "B", "name": "C", "sex": "D", "line": "E", "designation": "F", "joined": "G", "phone": "H"}),
    ("MG", "N°,Matricule,Nom et prénoms,Sexe,Fonction,Chaîne,Date d’entrée,Tél,CIN", "1,55,RAKOTO Hery,H,Opérateur,4,1/2/2020,,101",
     {"employee_number": "B", "name": "C", "sex": "D", "line": "F", "designation": "E", "joined": "G", "phone": "H"}),
    ("IN", "Sr No,Token No,Employee Name,Father/Husband Name,Gender,Dept,Designation,D.O.J.,Mobile,Aadhaar,UAN", "1,9,Asha Devi,Ram,F,Sewing,Tailor,1/2/2020,,1,2",
     {"employee_number": "B", "name": "C", "sex": "E", "line": "F", "designation": "G", "joined": "H", "phone": "I"}),
    ("MM", "စဉ်,ဝန်ထမ်းအမှတ်,အမည်,ကျား/မ,ရာထူး,လိုင်း,ဖုန်းနံပါတ်", "1,5,မမ,မ,အကူ,2,",
     {"employee_number": "B", "name": "C", "sex": "D", "designation": "E", "line": "F", "phone": "G"}),
    ("ET", "No.,ID,Full Name,Sex,Department,Position,Date of Employment (E.C.)", "1,AW1,Roman Zewde,F,Line 1,Operator,10/07/2014",
     {"employee_number": "B", "name": "C", "sex": "D", "line": "E", "designation": "F", "joined": "G"}),
])
def test_columns_in_other_languages(country: str, header: str, row: str, columns: dict[str, Any]) -> None:
    roster = _check(f"{header}\n{row}\n", country)
    assert roster.reason is None
    assert _columns(roster) == columns
    assert not [code for code in _codes(roster) if code[1] != "phone_invalid"]
    assert roster.rows[0].joined is None or roster.rows[0].joined.year in {2020, 2021, 2022}
    assert roster.rows[0].sex == ("M" if country == "MG" else "F")


def test_a_plain_number_column_that_only_counts_is_no_employee_number() -> None:
    assert _check("No,Name,Sex\n1,Ann Bee,F\n2,Cec Dee,M\n3,Eve Fay,F\n").missing == ("employee_number",)
    assert _columns(_check("No,Name,Sex\n1203,Ann Bee,F\n1305,Cec Dee,M\n1208,Eve Fay,F\n"))["employee_number"] == "A"


def test_a_person_with_only_a_local_name_is_a_person() -> None:
    roster = _check("ID,Khmer name,Latin name\n1,សុខ,Sok\n2,ចាន់,\n3,,Chan\n", "KH")
    assert [(row.name, row.local_name) for row in roster.rows] == [("Sok", "សុខ"), ("ចាន់", "ចាន់"), ("Chan", None)]


def test_choices_of_a_person_win() -> None:
    text = "a,b,c,d\nx,1,Ann,w\ny,2,Bob,m\n"
    chosen = {"header_row": 1, "columns": {"employee_number": "B", "name": "C", "sex": "D", "line": "A"}, "sex_words": {"w": "F", "m": "M"}}
    roster = _check(text, **chosen)
    assert [(row.employee_number, row.sex, row.line) for row in roster.rows] == [("1", "F", "x"), ("2", "M", "y")]


def test_a_remembered_sheet_that_is_gone_is_looked_for_anew() -> None:
    data = write_xlsx(["Emp ID", "Name"], [["1", "Ann Bee"]], sheet="June")
    assert check(data, "x.xlsx", {"sheet": "May"}).choices.sheet == "June"


@pytest.mark.parametrize(("text", "reason"), [
    (HEADER, "no_rows"), (f"{HEADER}\nTotal,0,,,,,", "no_rows"), ("hello", "columns_not_found"), ("Line,Target\n1,900\n", "columns_not_found"),
    ("", "file_empty")])
def test_refusals(text: str, reason: str) -> None:
    roster = _check(text)
    assert (roster.outcome, roster.reason, roster.rows, exit_code(roster)) == ("refused", reason, (), 2)


@pytest.mark.parametrize("choices", [{"columns": "A"}, {"columns": {"name": "1"}}, {"import_date": "soon"}, {"header_row": "x"}])
def test_malformed_choices_are_said(choices: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        _check(HEADER, **choices)


def _many(people: int) -> list[list[str]]:
    return [[f"{index:05d}", f"Name {chr(65 + index % 26)}xy", "FM"[index % 2], f"Line {index // 50}", "Operator",
             f"{1 + index % 28:02d}/01/2020", f"0170000{index % 10000:04d}"] for index in range(people)]


@pytest.mark.slow
@pytest.mark.long
def test_twenty_thousand_people_in_time_and_one_more_refused() -> None:
    header, rows = HEADER.split(","), _many(20_001)
    data = write_xlsx(header, rows[:-1])
    roster = assert_small(lambda: check(data, "x.xlsx", {"country": "BD"}), 1000)
    assert roster.counts["accepted"] == 20_000
    assert check(write_xlsx(header, rows), "x.xlsx", {"country": "BD"}).reason == "file_too_large"
