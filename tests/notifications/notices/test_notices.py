"""Notices in every language: every phrase, both calendars, every sign drawn, nothing that turns around."""

import io
import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pypdf
import pytest

from app.notifications.notices.board import period, rows
from app.notifications.notices.chat import chat_text, usual_chat
from app.notifications.notices.drawing import draw_board, draw_notice
from app.notifications.notices.facts import Expected, Firmness, Told, WhenAndWhere, Where
from app.notifications.notices.said import LOCALES, WORDING, pair, say
from app.platform.documents.errors import DocumentRefused
from app.platform.i18n.languages import LANGUAGES
from app.sessions.rules import SiteKind

JOIN = "https://seamwise.example/join"
DAY = date(2026, 9, 1)
CENTRE = Where(SiteKind.VENUE, "Training centre", "Street 271")
ALONE = Where(SiteKind.REMOTE, "")
TITLES = {
    "en": "Supervisory Skills", "km": "ជំនាញអ្នកគ្រប់គ្រង", "ar": "مهارات الإشراف", "am": "የተቆጣጣሪዎች ክህሎት", "bn": "সুপারভাইজার দক্ষতা",
    "ur": "نگران کی مہارت", "si": "අධීක්ෂණ කුසලතා", "ta": "மேற்பார்வை திறன்", "vi": "Kỹ năng giám sát",
}
NAMES = {
    "km": ("Sok Dara", "សុខ ដារា"), "ar": ("Fatima Begum", "فاطمة بيغوم"), "am": ("Abebe Bekele", "አበበ በቀለ"), "bn": ("Rahima", "রহিমা খাতুন"),
    "ur": ("Ayesha", "عائشہ"), "si": ("Nimal", "නිමල්"), "ta": ("Kavitha", "கவிதா"), "vi": ("Nguyen Thi Hue", "Nguyễn Thị Huệ"),
}


def told(locale: str = "en", country: str = "KH", people: int = 4, firmness: Firmness = Firmness.SURE, **values: object) -> Told:
    name, local = NAMES.get(locale, ("Ana Ruiz", ""))
    half_days = (
        WhenAndWhere(datetime(2026, 9, 11, 9), datetime(2026, 9, 11, 12), (CENTRE,)),
        WhenAndWhere(datetime(2026, 9, 12, 13), datetime(2026, 9, 12, 17), (ALONE,)),
    )
    facts = {
        "training_id": 1, "titles": TITLES, "code": "AC34FG", "firmness": firmness, "reason": "", "factory": "Factory One",
        "country": country, "half_days": half_days, "people": [Expected(f"{name} {n}", local, locale) for n in range(people)],
        "unnamed": 2, "contacts": ["Keo Sreymom"],
    }
    return Told(**{**facts, **values})


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def drawn(one: Told, locales: Sequence[str], fonts: Path, *, named: bool = True) -> bytes:
    said = [say(one, locale, JOIN) for locale in locales]
    return draw_notice(one, said, f"{JOIN}/{one.code}", named=named, day=DAY, fonts=fonts)


@pytest.mark.parametrize("file", sorted(WORDING.glob("*.json")), ids=lambda file: file.stem)
def test_every_language_has_every_phrase_with_its_places(file: Path) -> None:
    english, phrases = (json.loads((WORDING / f"{name}.json").read_text("utf-8")) for name in ("en", file.stem))
    assert file.stem in LANGUAGES
    assert list(phrases) == list(english)
    for key, phrase in english.items():
        assert set(re.findall(r"{\w+}", phrases[key])) == set(re.findall(r"{\w+}", phrase)), key


@pytest.mark.sampled(3)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_notice_in_every_language_and_english(locale: str, fonts: Path) -> None:
    """The standard refuses a file with a missing glyph, so that it comes out at all says that every sign was drawn."""
    one = told(locale, "ET", firmness=Firmness.NOT_SURE)
    data = drawn(one, pair(locale, "km"), fonts)
    pdf = pypdf.PdfReader(io.BytesIO(data))
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert TITLES.get(locale, TITLES["en"]) in pdf.metadata.title
    assert len(pypdf.PdfReader(io.BytesIO(drawn(told(locale), pair(locale, "km"), fonts))).pages) == 1, "it hangs on one page"
    said = words(data)
    assert "AC34FG" in said and "seamwise.example/join" in said
    assert data == drawn(one, pair(locale, "km"), fonts)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_list_for_the_board_in_every_language(locale: str, fonts: Path) -> None:
    locales = pair(locale, "km")
    found = rows([told(locale, "ET")], locales, JOIN)
    periods = [(code, period(DAY, 4, code)) for code in locales]
    data = draw_board("Factory One", locale, found, periods, day=DAY, fonts=fonts)
    assert "AC34FG" in words(data)
    assert "<pdfuaid:part>1</pdfuaid:part>" in pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]["/Metadata"].get_data().decode()


def test_an_empty_board_says_so(fonts: Path) -> None:
    data = draw_board("Factory One", "en", [], [("en", "1 – 30")], day=DAY, fonts=fonts)
    assert "Nothing is planned." in words(data)


def test_names_stand_there_only_when_they_are_asked_for(fonts: Path) -> None:
    one = told("vi")
    assert "Nguyễn" in words(drawn(one, ["vi", "en"], fonts))
    without = words(drawn(one, ["vi", "en"], fonts, named=False))
    assert "Nguyen" not in without and "Nguyễn" not in without and "Từ" in without


def test_a_name_that_no_font_has_stands_there_in_latin_letters(fonts: Path) -> None:
    one = told(people=0)
    strange = Told(**{**vars(one), "people": [Expected("Mali Dee", "มะลิ", "th")]})
    assert "Mali Dee" in words(drawn(strange, ["en"], fonts))
    with pytest.raises(DocumentRefused):
        drawn(Told(**{**vars(one), "factory": "มะลิ"}), ["en"], fonts)


@pytest.mark.parametrize("hostile", ["#panic()", "$x$", "#read(\"/etc/passwd\")", "@label", "\\u{41}"])
def test_hostile_text_is_printed_as_it_is(hostile: str, fonts: Path) -> None:
    text = words(drawn(told(factory=hostile), ["en"], fonts)).replace(" ", "").replace("“", '"').replace("”", '"')
    assert hostile.replace(" ", "") in text


def test_both_calendars_where_the_country_has_its_own() -> None:
    for country, own in (("ET", "መስከረም 1 ቀን 2019 ዓ.ም, ከጠዋቱ 3:00–6:00 ሰዓት"), ("KH", "")):
        first = say(told("am", country), "am", JOIN).half_days[0]
        assert first.own == own
        assert "2026" in first.day and "9:00" in first.time


def test_a_time_in_an_rtl_language_starts_where_its_readers_begin() -> None:
    said = say(told("ur", "PK"), "ur", JOIN).half_days[0].time
    marks = {"\u200f": "R", "\u200e": "L"}
    assert "".join(marks.get(sign, sign) for sign in said).replace("\u202f", " ") == "RL9:00 AMLR – RL12:00 PMLR"


def test_english_stands_below_any_language_and_another_below_english() -> None:
    assert pair("km", "vi") == ["km", "en"]
    assert pair("en", "en", "km") == ["en", "km"]
    assert pair("en") == ["en"]
    assert pair("en", "xx") == ["en"]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_chat_text_is_plain_and_short_and_holds_no_link(locale: str) -> None:
    text = chat_text(told(locale), locale, JOIN, named=False)
    assert "http" not in text and "seamwise" not in text
    assert "AC34FG" in text and len(text) < 900 and text.count("\n") < 25
    assert not set("*_~`<>") & set(text), "no sign that a chat turns into bold letters"


def test_a_chat_text_names_people_only_when_it_is_asked_to() -> None:
    assert "- Nguyễn Thị Huệ" in chat_text(told("vi"), "vi", JOIN, named=True)
    assert "Huệ" not in chat_text(told("vi"), "vi", JOIN, named=False)


@pytest.mark.parametrize(("country", "chat"), [("VN", "Zalo"), ("KH", "Telegram"), ("BD", "WhatsApp"), ("ET", "Telegram"), ("JO", "WhatsApp")])
def test_the_usual_chat_of_a_country(country: str, chat: str) -> None:
    assert usual_chat(country) == chat


def test_a_warning_says_why() -> None:
    said = say(told(firmness=Firmness.CANCELLED, reason="Flood"), "en", JOIN)
    assert said.warning == "Cancelled: it will not take place. Reason: Flood"
    assert say(told(), "en", JOIN).warning == ""
