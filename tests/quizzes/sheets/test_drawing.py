"""Tests and answer sheets on paper in every language."""

import io
import json
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest

from app.quizzes.booklets.rules import LATIN, OWN, letter, read_letters
from app.quizzes.sheets.drawing import LOCALES, WORDING, draw_test
from app.quizzes.sheets.facts import Drawing, Handout, Paper, Print, Taker
from app.quizzes.shown import Stored, shown
from tests.notifications.notices.test_notices import NAMES, TITLES
from tests.platform.documents.conftest import fonts

__all__ = ["fonts"]
DAY = date(2026, 9, 11)
ADDRESS = "https://training.seamwise.example/paper/AC34FG-7"
ASKED = {
    "en": ("What do you do when a worker is late for the third time?", ["Ask her why, alone", "Shout", "Do nothing", "Tell everybody"]),
    "km": ("តើអ្នកធ្វើអ្វីនៅពេលកម្មករម្នាក់មកយឺតជាលើកទីបី?", ["សួរនាងដាច់ដោយឡែក", "ស្រែក", "មិនធ្វើអ្វីសោះ", "ប្រាប់គ្រប់គ្នា"]),
    "ar": ("ماذا تفعل عندما تتأخر عاملة للمرة الثالثة؟", ["أسألها على انفراد", "أصرخ", "لا أفعل شيئًا", "أخبر الجميع"]),
}


def stored(number: int, kind: str, locale: str, count: int = 4) -> Stored:
    ask, answers = ASKED.get(locale, ASKED["en"])
    texts: dict[str, object] = {"text": f"{ask} ({number})", "format": "plain"}
    if kind in {"single", "multiple"}:
        texts["options"] = [{"text": word, "format": "plain"} for word in answers[:count]]
    if kind == "matching":
        texts["lefts"] = [{"text": word, "format": "plain"} for word in answers[:3]]
        texts["rights"] = answers
    return Stored(number, number, f"q{number}", kind, {locale if locale in ASKED else "en": texts}, None, 0)


def paper(locale: str, kinds: list[str]) -> Paper:
    return Paper(1, "AC34FG", [shown(stored(number, kind, locale), 5, [locale]) for number, kind in enumerate(kinds, 1)])


def print_of(locale: str, kinds: list[str], *, has_forms: bool = False, blank: bool = False) -> Print:
    name, local = NAMES.get(locale, ("Ana Ruiz", ""))
    taker = Taker("AC34FG", ADDRESS) if blank else Taker("AC34FG-7", ADDRESS, name, local, locale, "E0007", "Factory One")
    return Print(TITLES, {"en": "Supervisory Skills Training"}, locale, [paper(locale, kinds)], [Handout(0, taker, with_questions=True)], has_forms)


def test_pictures_orders_and_what_is_watched_stand_on_paper(fonts: Path) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20H0z" fill="#ddd"/><text x="4" y="12">1</text></svg>'
    size = {"file": "x.svg", "width": 40, "height": 20}
    options = [{"text": f"{number} {words}", "format": "plain", "area": number} for number, words in ((1, "left"), (2, "right"))]
    texts = [
        ("single", {"text": "Where is the way out?", "options": options, "picture": {**size, "alt": "A hall with two doors"}}),
        ("ordering", {"text": "What comes first?", "items": [{"text": word, "format": "plain"} for word in ("look", "cut", "sew")]}),
        ("observed", {"text": "Put out the fire", "options": [{"text": "Aims low", "format": "plain"}]}),
        ("essay", {"text": "Why do doors stay open?"}), ("numeric", {"text": "How many exits?"}),
    ]  # fmt: skip
    questions = [shown(Stored(n, n, f"q{n}", kind, {"en": {"format": "plain"} | said}, None, 0), 5, ["en"]) for n, (kind, said) in enumerate(texts, 1)]
    option = questions[0].options[1].name
    pictures = {1: {"": Drawing("x.svg", svg, "A hall with two doors"), option: Drawing("x.webp", b"", "The right door")}}
    wanted = replace(print_of("en", []), papers=[Paper(1, "AC34FG", questions, pictures)])
    pdf = drawn(wanted, fonts, "newer")
    asked, answers = words(pdf).split("Answer sheet", 1)
    assert all(said in asked for said in ("A 1 left", "B 2 right", "The right door", "A cut", "B sew", "C look", "– Aims low", "Your trainer watches you"))
    assert "fill in on line 1 the letter of what comes first" in answers
    assert "3." not in answers, "nothing is marked for what is watched"
    alternatives = [node.get("/Alt") for node in figures(pdf)]
    assert "A hall with two doors" in alternatives


def figures(pdf: pypdf.PdfReader) -> list[dict]:
    """The figures of a tagged document."""
    found, waiting = [], [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found += [node] if node.get("/S") == "/Figure" else []
            waiting += [node["/K"]] if "/K" in node else []
    return found


MIXED = ["single", "single", "multiple", "true_false", "description", "numeric", "short", "matching"]


def drawn(wanted: Print, fonts: Path, name: str) -> pypdf.PdfReader:
    data = draw_test(wanted, day=DAY, fonts=fonts)
    if folder := os.environ.get("SEEN"):
        (Path(folder) / f"{name}.pdf").write_bytes(data)
    return pypdf.PdfReader(io.BytesIO(data))


def words(pdf: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.mark.parametrize("file", sorted(WORDING.glob("*.json")), ids=lambda file: file.stem)
def test_every_language_has_every_phrase_with_its_places(file: Path) -> None:
    english, phrases = (json.loads((WORDING / f"{name}.json").read_text("utf-8")) for name in ("en", file.stem))
    assert list(phrases) == list(english)
    for key, phrase in english.items():
        assert set(re.findall(r"{\w+}", phrases[key])) == set(re.findall(r"{\w+}", phrase)), key


@pytest.mark.parametrize("locale", LOCALES)
def test_a_test_of_every_kind_in_every_language(locale: str, fonts: Path) -> None:
    """The standard refuses a file with a missing glyph, so that it comes out at all says that every sign was drawn."""
    pdf = drawn(print_of(locale, MIXED), fonts, f"test-{locale}")
    said, metadata = words(pdf), pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata and "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "AC34FG-7" in said and "E0007" in said and "Answer sheet" in said
    assert pdf.trailer["/Root"]["/Lang"].startswith(locale)


def test_twenty_questions_and_answers_and_one_answer_sheet(fonts: Path) -> None:
    pdf = drawn(print_of("en", ["single"] * 20, has_forms=True, blank=True), fonts, "twenty")
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert "Form 1" in pages[0] and f"Page 1 of {len(pages) - 1}" in pages[0]
    assert "Page 1 of 1" in pages[-1] and "Answer sheet" in pages[-1] and "Date" in pages[-1]
    assert len(pages) == 4


def test_forty_answer_sheets_are_forty_pages(fonts: Path) -> None:
    one = print_of("km", ["single"] * 12)
    handouts = [Handout(0, Taker(f"AC34FG-{n}", ADDRESS, f"Person {n}", "", "km", "", "One"), with_questions=False) for n in range(40)]
    pdf = drawn(Print(one.titles, one.course, "km", one.papers, handouts, one.has_forms), fonts, "sixty")
    assert len(pdf.pages) == 40
    assert "AC34FG-39" in pdf.pages[39].extract_text()


def test_a_name_without_glyphs_stands_there_in_latin(fonts: Path) -> None:
    wanted = print_of("en", ["single"])
    odd = Handout(0, Taker("AC34FG-7", ADDRESS, "Lin", "林", "zh", "", ""), with_questions=False)
    assert "Lin" in words(drawn(Print(wanted.titles, wanted.course, "en", wanted.papers, [odd], has_forms=False), fonts, "odd"))


@pytest.mark.parametrize("language", ["en", *OWN])
def test_letters_of_every_script_are_read(language: str) -> None:
    for place in range(8):
        assert read_letters(letter(place, language)) == (place,)
    assert read_letters("".join(letter(place, language) for place in (2, 0))) == (2, 0)


def test_what_is_no_letter_is_not_read() -> None:
    assert [read_letters(text) for text in ("", "1", "A1", "😀", "ñ")] == [None] * 5
    assert [read_letters(text) for text in ("-", "–", "a", "ａ")] == [(), (), (0,), (0,)]
    assert len(set(LATIN)) == 26
