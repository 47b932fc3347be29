"""Sheets in every language: every phrase, both calendars, every sign drawn, as many pages as people need."""

import io
import json
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pypdf
import pytest

from app.attendance.rules import Mark
from app.attendance.sheets.drawing import SPARE_ROWS, draw_sheet
from app.attendance.sheets.facts import Sheet, Signer
from app.attendance.sheets.rules import Printed, Reference, reference_of, signed_mark, token
from app.attendance.sheets.said import LOCALES, WORDING, languages, say
from app.platform.i18n.formats import format_number
from app.platform.i18n.languages import LANGUAGES
from tests.notifications.notices.test_notices import NAMES, TITLES
from tests.platform.documents.conftest import fonts

__all__ = ["fonts"]
KEY = "k" * 32
ADDRESS = "https://training.seamwise.example/sheets/"
DAY = date(2026, 9, 11)


def signers(locale: str, people: int, *factories: str) -> list[Signer]:
    name, local = NAMES.get(locale, ("Ana Ruiz", ""))
    return [
        Signer(f"{name} {n}", local, locale, f"E{n:04}", factories[n % len(factories)], ADDRESS + token(Reference(Printed.ROW, 7, n), KEY))
        for n in range(1, people + 1)
    ]


def sheet(locale: str = "en", people: int = 4, country: str = "KH", *factories: str) -> Sheet:
    return Sheet(
        TITLES, "AC34FG", 2, datetime(2026, 9, 11, 9), datetime(2026, 9, 11, 12, 30), country, "Sewing hall 2", ["Keo Sreymom", "Chan Vuthy"],
        locale, signers(locale, people, *(factories or ("Factory One",))), ADDRESS + token(Reference(Printed.SHEET, 7, 1), KEY),
    )  # fmt: skip


def drawn(one: Sheet, fonts: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(draw_sheet(one, day=DAY, fonts=fonts)))


def words(pdf: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.mark.parametrize("file", sorted(WORDING.glob("*.json")), ids=lambda file: file.stem)
def test_every_language_has_every_phrase_with_its_places(file: Path) -> None:
    english, phrases = (json.loads((WORDING / f"{name}.json").read_text("utf-8")) for name in ("en", file.stem))
    assert file.stem in LANGUAGES
    assert list(phrases) == list(english)
    for key, phrase in english.items():
        assert set(re.findall(r"{\w+}", phrases[key])) == set(re.findall(r"{\w+}", phrase)), key


@pytest.mark.sampled(3)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_sheet_in_every_language_and_english(locale: str, fonts: Path) -> None:
    """The standard refuses a file with a missing glyph, so that it comes out at all says that every sign was drawn."""
    pdf = drawn(sheet(locale, 3, "ET"), fonts)
    said, metadata = words(pdf), pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata and "<pdfaid:part>2</pdfaid:part>" in metadata
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"] and pdf.trailer["/Root"]["/Lang"].startswith(locale)
    assert "AC34FG" in pdf.metadata.title and "AC34FG" in said
    for phrase in ("Sign-in sheet", "Employee number", "Signature", "Half-day 2: Friday, September 11, 2026", "Page 1 of 1", "E0003", "Meskerem"):
        assert phrase in said, phrase
    assert len(pdf.pages) == 1


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("locale", ["en", "km", "ar", "am"])
def test_sixty_people_and_empty_rows_with_the_head_on_every_page(locale: str, fonts: Path) -> None:
    pdf = drawn(sheet(locale, 60, "KH", "One", "Two"), fonts)
    assert len(pdf.pages) == 5
    for number, page in enumerate(pdf.pages, 1):
        said = " ".join(page.extract_text().split())
        assert "AC34FG" in said and f"Page {number} of 5" in said
        assert "Signature" in said, "the head of the table is repeated"
    assert "Others who came" in words(pdf)
    assert format_number(60 + SPARE_ROWS, locale) in pdf.pages[-1].extract_text()


def test_the_factory_stands_there_only_where_several_sign(fonts: Path) -> None:
    assert "Factory One" not in words(drawn(sheet(), fonts))
    both = words(drawn(sheet("en", 4, "KH", "Factory One", "Factory Two"), fonts))
    assert "Factory One" in both and "Factory Two" in both


def test_the_longest_names_stay_in_their_cells(fonts: Path) -> None:
    long = [
        Signer("W" * 120, "", "en", "N" * 40, "F" * 80, ADDRESS), Signer("A " * 60, "សោមនីតារតនៈមុន្នីរដ្ឋវិជ្ជា " * 4, "km", "1", "F", ADDRESS),
        Signer("Abd", "محمد عبد الرحمن الهاشمي بن عبد العزيز بن عبد الله " * 2, "ar", "2", "G", ADDRESS),
    ]
    assert len(drawn(replace(sheet(), people=long), fonts).pages) == 1


def test_a_name_that_no_font_can_draw_stands_there_in_latin_letters(fonts: Path) -> None:
    pdf = drawn(replace(sheet(), people=[Signer("Li Wei", "李伟", "zh", "1", "F", ADDRESS)]), fonts)
    assert "Li Wei" in words(pdf)


def test_what_names_say_is_text_and_nothing_else(fonts: Path) -> None:
    evil = '#panic("x") $a$ *b* <c> @d \\n "q"'
    pdf = drawn(replace(sheet(), place=evil, people=[Signer(evil, "", "en", evil, "F", ADDRESS)]), fonts)
    assert "#panic" in words(pdf)


def test_a_sheet_without_people_has_empty_rows(fonts: Path) -> None:
    assert "Others who came" in words(drawn(sheet(people=0), fonts))


def test_english_stands_there_once_and_an_unknown_language_is_english() -> None:
    assert languages(sheet("en")) == languages(sheet("zh")) == ["en"]
    assert languages(sheet("km")) == ["km", "en"]
    assert say(sheet("ar"), "ar").when.count("،") == 2


def test_a_code_says_what_it_was_made_for_and_nothing_can_be_made_without_the_key() -> None:
    one = Reference(Printed.ROW, 2**32 - 1, 5)
    text = token(one, KEY)
    assert (len(text), reference_of(text, ["other", KEY])) == (22, one)
    for at in range(22):
        changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
        assert reference_of(changed, [KEY]) != one or changed == text
    assert [reference_of(bad, [KEY]) for bad in ("", "x", text + "A", text[:-1], "é" * 22, "=" * 22)] == [None] * 6
    assert reference_of(text, ["other"]) is None


@pytest.mark.parametrize(
    ("has_signed", "now", "said"),
    [
        (True, None, Mark.PRESENT), (True, Mark.LATE, Mark.LATE), (True, Mark.PARTIAL, Mark.PARTIAL), (True, Mark.ABSENT, Mark.PRESENT),
        (True, Mark.EXCUSED, Mark.PRESENT), (False, None, Mark.ABSENT), (False, Mark.EXCUSED, Mark.EXCUSED), (False, Mark.PRESENT, Mark.ABSENT),
    ],
)  # fmt: skip
def test_what_a_signature_says(has_signed: bool, now: Mark | None, said: Mark) -> None:
    assert signed_mark(has_signed, now) is said
