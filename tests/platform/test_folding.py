"""How names are found, in every script."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platform.i18n.folding import searchable
from app.platform.i18n.formats import ascii_digits, local_digits


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Nguyen", "Nguyễn Thị Đào"), ("dao", "Nguyễn Thị Đào"), ("ដារា", "សុខដារា"), ("MD. RAHIM", "Md.  Rahim"),
        ("ফাতেমা", "মোছাঃ ফাতেমা"), ("محمد", "مُحـمد محمد"),
    ],
)
def test_found(typed: str, stored: str) -> None:
    assert searchable(typed) in searchable(stored)


@given(st.text())
def test_composed_and_decomposed_are_the_same(text: str) -> None:
    once = searchable(text)
    assert searchable(unicodedata.normalize("NFD", unicodedata.normalize("NFC", text))) == searchable(
        unicodedata.normalize("NFC", text)
    )
    assert searchable(once) == once


@given(st.text("0123456789"), st.sampled_from(["ar", "bn", "km", "en", "vi"]))
def test_digits_come_back(digits: str, locale: str) -> None:
    assert ascii_digits(local_digits(digits, locale)) == digits
