"""Cleaning, numbers, names: rules of single cells."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.factories.roster.names import looks_like_formula, same_name_key, without_title
from app.factories.roster.numbers import employee_number, number_key, padded_width
from app.factories.roster.text import as_text, ascii_digits, clean, error_text, fold
from app.platform.tables import CellError


@pytest.mark.parametrize(("written", "cleaned"), [
    ("  Ann\u00a0\u3000Bee \n", "Ann Bee"),
    ("ស\u200bុធា\u200b", "សុធា"),
    ("\u200f٢٨\u200e", "٢٨"),
    ("مـــحمد", "محمد"),
    ("වික\u0dca\u200dරම", "වික\u0dca\u200dරම"),
    ("\u200dAnn\u200c", "Ann"),
    ("Ann \u200d Bee", "Ann Bee"),
    ("De\u0301sir", "Désir"),
    ("So\u00adft\u2060ly\ufeff", "Softly"),
    ("A\x00n\x07n", "Ann"),
    ("\u202eevil\u202c", "evil"),
    ("রহিমা \u09dc", unicodedata.normalize("NFC", "রহিমা \u09dc")),
])
def test_clean(written: str, cleaned: str) -> None:
    assert clean(written) == cleaned


@given(st.text())
def test_clean_is_stable_and_normal(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once == once.strip()
    assert "  " not in once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text())
def test_fold_ignores_case_and_composition(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(("value", "text"), [
    (10007.0, "10007"), (1.5, "1.5"), (None, ""), ("  12.0 ", "12.0"), (True, "TRUE"), (CellError("#N/A"), "#N/A")])
def test_as_text(value: float | str | bool | CellError | None, text: str) -> None:
    assert as_text(value) == text


@pytest.mark.parametrize("value", [CellError("#REF!"), "#N/A", " #DIV/0! ", "Err:502", "Jos\ufffd"])
def test_errors_are_seen_in_every_format(value: CellError | str) -> None:
    assert error_text(value)
    assert error_text("N/A") is None


@pytest.mark.parametrize(("value", "number"), [
    (10007.0, "10007"), ("٢٠١٤", "2014"), ("00012", "00012"), ("12.0", "12"), ("AW/004", "AW/004"), ("１２", "12")])
def test_employee_number(value: float | str, number: str) -> None:
    assert employee_number(value) == number


@pytest.mark.parametrize(("one", "other"), [
    ("00335", "335"), ("AW/004", "aw 004"), ("SX-0003", "sx.0003"), ("៣៣៥", "335"), ("0", "000")])
def test_one_number_written_twice(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


def test_different_numbers_stay_apart() -> None:
    assert len({number_key(number) for number in ("1", "10", "A1", "1A", "0")}) == 5


@pytest.mark.parametrize(("numbers", "width"), [
    (["00001", "00002", "00003", "00004", "16"], 5),
    (["00001", "00002", "00003", "16", "17"], 0),
    (["10001", "10002", "10003", "10004", "16"], 0),
    (["A1", "B2"], 0), ([], 0),
    (["00001", "00002", "00003", "00004", "16", "X7"], 5)])
def test_leading_zeros_that_a_program_dropped(numbers: list[str], width: int) -> None:
    assert padded_width(numbers) == width


@pytest.mark.parametrize(("country", "written", "name"), [
    ("HT", "M. Jean DÉSIR", "Jean DÉSIR"), ("HT", "Mme. Rose", "Rose"), ("LK", "M. Malani Perera", "M. Malani Perera"),
    ("BD", "Md. Rahim", "Md. Rahim"), ("BD", "Mst. Salma", "Mst. Salma"), ("BD", "Mrs Salma", "Salma"),
    ("BD", "মোঃ রহিম", "মোঃ রহিম"), ("ID", "Ibu Dewi", "Dewi"), ("ID", "Bpk. Andi", "Andi"), ("KH", "លោកស្រី សុខ", "សុខ"),
    ("JO", "السيدة منى", "منى"), ("ET", "ወ/ሮ አበበች", "አበበች"), ("ET", "ወ/ሮአበበች", "አበበች"), ("PK", "محترمہ عائشہ", "عائشہ"),
    ("LK", "திருமதி மாலா", "மாலா"), ("NI", "Sra. Ana", "Ana"), ("VN", "Mr.Nam", "Nam"), ("VN", "Mrs", "Mrs"),
    ("KH", "Mr. Dr. Sok", "Sok"), ("KH", "Misso Chan", "Misso Chan"), ("KH", "Drago", "Drago")])
def test_titles(country: str, written: str, name: str) -> None:
    assert without_title(written, country) == name


@pytest.mark.parametrize(("one", "other", "same"), [
    ("De\u0301sir", "DÉSIR", True), ("N'Guyen", "N’guyen", True), ("Ann  Bee", "AnnBee", True), ("Mrs Ann", "Ann", True),
    ("Nasima Akter", "Nasima Aktar", False), ("Désir", "Desir", False), ("Md. Ali", "Md Ali", False)])
def test_renamed_or_only_respelt(one: str, other: str, *, same: bool) -> None:
    assert (same_name_key(one) == same_name_key(other)) is same


@pytest.mark.parametrize("name", ["=1+1", "+x", "-x", "@x", "＝x"])
def test_names_like_formulas(name: str) -> None:
    assert looks_like_formula(name)
    assert not looks_like_formula("Ann =1")


def test_digits_of_every_script() -> None:
    assert ascii_digits("০১২ ٣٤ ۵۶ ៧៨ ９a") == "012 34 56 78 9a"
