"""Phones become E.164 or a problem; sexes are read in the language of the column."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.factories.roster import phones
from app.factories.roster.phones import read_phone
from app.factories.roster.sexes import confirmed_words, letters_of_column, read_sex
from app.factories.roster.vocabulary import words
from tests.growth import assert_small


@pytest.mark.parametrize(("country", "written", "number"), [
    ("KH", "092 000 934", "+85592000934"), ("KH", 92000278.0, "+85592000278"), ("KH", "០៧១០០០០៦៦៨", "+855710000668"),
    ("KH", "0970000476 / 0970000470", "+855970000476"), ("KH", "+855 (0)92 000 934", "+85592000934"),
    ("KH", "092000934\n097000047", "+85592000934"), ("BD", "008801600000526", "+8801600000526"),
    ("BD", "+88 01900-003774", "+8801900003774"), ("BD", 1900002238.0, "+8801900002238"), ("BD", "8801700007076", "+8801700007076"),
    ("LK", 94750007738.0, "+94750007738"), ("VN", "(+84) 380006059", "+84380006059"), ("VN", "900009679", "+84900009679"),
    ("JO", "٠٧٩٠٠٠٠٧١٨", "+962790000718"), ("PK", "０３４５-0004885", "+923450004885"), ("HT", "31000668", "+50931000668"),
    ("KH", "n/a, 092 000 934", "+85592000934"), ("KH", "092 000 934 097 000 0476", "+85592000934")])
def test_numbers(country: str, written: float | str, number: str) -> None:
    assert read_phone(written, country) == (number, None)


@pytest.mark.parametrize(("written", "code"), [
    ("3.00E+09", "phone_damaged"), ("3.21000E+09", "phone_damaged"), ("8,8E+12", "phone_damaged"), ("0900", "phone_invalid"),
    ("à demander", "phone_invalid"), ("071-xxx", "phone_invalid"), ("+1 202 555 0100", "phone_invalid"), ("-", None), ("", None),
    (None, None), ("—", None)])
def test_no_number(written: str | None, code: str | None) -> None:
    assert read_phone(written, "PK") == (None, code)


@given(st.text(max_size=40))
def test_what_is_kept_is_valid(text: str) -> None:
    number, code = read_phone(text, "VN")
    assert number is None or code is None
    if number:
        assert phonenumbers.is_valid_number_for_region(phonenumbers.parse(number), "VN")


def _sex(text: str, column: list[str], country: str | None = None) -> str | None:
    return read_sex(text, letters_of_column(column, country), {})


@pytest.mark.parametrize(("column", "women", "men"), [
    (["L", "P", "P"], "P", "L"), (["H", "M", "M"], "M", "H"), (["M", "F"], "F", "M"), (["H", "F"], "F", "H"), (["A", "E", "E"], "A", "E"),
    (["K", "E"], "K", "E"), (["W", "M"], "W", "M"), (["ស", "ប"], "ស", "ប"), (["ሴ", "ወ"], "ሴ", "ወ"), (["А", "Э"], "А", "Э"),
    (["p", "l"], "p", "l"), (["f.", "m."], "f.", "m.")])
def test_letters_in_the_language_of_the_column(column: list[str], women: str, men: str) -> None:
    assert (_sex(women, column), _sex(men, column)) == ("F", "M")


def test_a_letter_of_another_language_is_unknown() -> None:
    assert _sex("W", ["L", "P", "W"], "ID") is None


def test_one_letter_alone_is_read_as_usual_in_the_country() -> None:
    assert _sex("P", ["P", "P"], "ID") == "F"
    assert _sex("M", ["M", "M"], "BD") == "M"
    assert _sex("M", ["M", "M"], "GT") == "F"


@pytest.mark.parametrize(("word", "sex"), [
    ("Female", "F"), ("FEMME", "F"), ("nữ", "F"), ("Nam", "M"), ("perempuan", "F"), ("Laki-laki", "M"), ("মহিলা", "F"), ("পুরুষ", "M"),
    ("انثى", "F"), ("أنثى", "F"), ("ذكر", "M"), ("عورت", "F"), ("ሴት", "F"), ("ස්ත්\u200dරී", "F"), ("ஆண்", "M"), ("Mujer", "F"), ("Аёл", "F"),
    ("erkak", "M"), ("Femal", None), ("?", None), ("1", None)])
def test_words(word: str, sex: str | None) -> None:
    assert _sex(word, []) == sex


@pytest.mark.parametrize("confirmed", [{"Femal": "F", "1": "M"}, {"F": ["Femal"], "M": ["1"]}, {"women": ["femal"], "men": ["1"]}])
def test_what_a_person_confirmed_comes_first(confirmed: dict[str, object]) -> None:
    words = confirmed_words(confirmed)
    assert (read_sex("Femal", {}, words), read_sex("1", {}, words)) == ("F", "M")


@given(st.sampled_from(sorted(words("countries"))), st.from_regex(r"0[1-9][0-9]{5,11}", fullmatch=True))
def test_the_quick_way_says_what_the_whole_way_says(country: str, digits: str) -> None:
    quick = phones._usual(digits, country)
    assert quick is None or quick == phones._parsed(digits, country)


@pytest.mark.parametrize(("country", "digits"), [("BD", "01712345678"), ("KH", "012345678"), ("PK", "03001234567"), ("JO", "0790123456"), ("ID", "081234567890")])
def test_the_quick_way_knows_mobile_numbers(country: str, digits: str) -> None:
    assert phones._usual(digits, country) == phones._parsed(digits, country) is not None


@pytest.mark.parametrize("cell", ["1 " * 50_000, "1," * 50_000, "(0)" * 50_000, "+" * 50_000, "1e" * 50_000])
@pytest.mark.parametrize("country", ["BD", None])
def test_crafted_cells_cost_little(cell: str, country: str | None) -> None:
    assert_small(lambda: read_phone(cell, country), 100)
