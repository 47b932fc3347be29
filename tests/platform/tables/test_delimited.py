"""Text files: encodings, delimiters, quotes, line ends."""

import pytest

from app.platform.tables import read_tables

SPANISH = "Código;Nombre;Género\n1;María Ñáñez;Mujer\n2;José Pérez;Hombre\n"
ARABIC = "الاسم;الجنس\nفاطمة علي;أنثى\nمحمد حسن;ذكر\n"
CYRILLIC = "Исм;Жинси\nКаримова Дилноза;Аёл\nАлиев Жасур;Эркак\n"


@pytest.mark.parametrize(("text", "encoding", "told"), [
    (SPANISH, "cp1252", "windows-1252"), (ARABIC, "cp1256", "windows-1256"), (CYRILLIC, "cp1251", "windows-1251"),
    (ARABIC, "utf-8", "utf-8"), (ARABIC, "utf-8-sig", "utf-8-sig"), (SPANISH, "utf-16", "utf-16"),
    (SPANISH, "utf-16-le", "utf-16-le"), (SPANISH, "utf-16-be", "utf-16-be"), (SPANISH, "utf-32", "utf-32")])
def test_encodings(text: str, encoding: str, told: str) -> None:
    tables = read_tables(text.encode(encoding))
    assert (tables.encoding, tables.delimiter) == (told, ";")
    assert tables.sheets[0].rows == [line.split(";") for line in text.splitlines()]


def test_one_broken_letter_is_no_other_encoding() -> None:
    data = ARABIC.encode() * 20 + b"Jos\xe9;x\n"
    tables = read_tables(data)
    assert tables.encoding == "utf-8"
    assert tables.sheets[0].rows[-1] == ["Jos\ufffd", "x"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, end: str) -> None:
    lines = [["No", "Name, first"], ["1", 'Ann "An" Bee'], ["", ""], ["2", "two\nlines"]]
    quoted = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines]
    tables = read_tables(end.join(quoted).encode())
    assert tables.delimiter == delimiter
    assert tables.sheets[0].rows == [lines[0], lines[1], [], lines[3]]


def test_separator_line_is_an_order_not_a_row() -> None:
    tables = read_tables(b"sep=|\r\nEmp, ID|Name\r\n1|A, B\r\n")
    assert tables.delimiter == "|"
    assert tables.sheets[0].rows[0] == ["Emp, ID", "Name"]


def test_a_quote_that_is_never_closed_swallows_nothing() -> None:
    rows = "".join(f"{number},Name {number}\n" for number in range(100))
    sheet = read_tables(('Emp,Name\n0,"Ann\n' + rows).encode()).sheets[0]
    assert len(sheet.rows) == 102
    assert sheet.rows[1] == ["0", '"Ann']


def test_a_few_zero_bytes_do_not_make_it_binary() -> None:
    assert read_tables(b"Emp ID,Name\n1,A\0nn\n" + b"2,Bob Bee\n" * 20).sheets[0].rows[1] == ["1", "A\0nn"]
