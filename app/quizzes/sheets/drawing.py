"""Sets tests and answer sheets on paper: values in, PDF out. Pure: no database, no clock."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from app.platform.documents.errors import DocumentRefused
from app.platform.documents.pages import page_words
from app.platform.documents.pictures import with_our_fonts
from app.platform.documents.qr import qr_svg
from app.platform.documents.render import render
from app.platform.documents.scripts import RIGHT_TO_LEFT, clean, script_of
from app.platform.documents.scripts import language_of as bare
from app.platform.i18n.languages import LANGUAGES
from app.platform.i18n.texts import FALLBACK, language_of, text
from app.quizzes.booklets.lettering import is_asked, letter_count, line_count, takes_several
from app.quizzes.booklets.rules import letter
from app.quizzes.sheets.facts import Drawing, Paper, Print, Taker
from app.quizzes.shown import Shown

LAYOUT = Path(__file__).with_name("layouts") / "test.typ"
WORDING = Path(__file__).with_name("wording")
LOCALES = tuple(code for code in LANGUAGES if (WORDING / f"{code}.json").is_file())
Data = dict[str, object]
_MOST_BYTES = 300_000
"""Of a photograph; more takes the typesetter too long."""


@lru_cache
def wording(locale: str) -> Mapping[str, str]:
    """The fixed words, English where a language has none of its own."""
    name = locale if locale in LOCALES else FALLBACK
    words: dict[str, str] = json.loads((WORDING / f"{name}.json").read_text("utf-8"))
    return words


def draw_test(wanted: Print, *, day: date, fonts: Path) -> bytes:
    """The papers as PDF/A-2a and PDF/UA-1, their fixed words in the language of the paper and English. A name that no
    font can draw stands there in Latin letters. Raises DocumentRefused when any other text has a sign without a glyph,
    DocumentFailed for anything else.
    """
    try:
        return render(LAYOUT, _data(wanted, day), fonts=fonts)
    except DocumentRefused:
        latin = [replace(each, taker=replace(each.taker, local_name="")) for each in wanted.handouts]
        return render(LAYOUT, _data(replace(wanted, handouts=latin), day), fonts=fonts)


def _data(wanted: Print, day: date) -> Data:
    locales = list(dict.fromkeys([wanted.locale, FALLBACK]))
    return {
        "title": clean(f"{wording(wanted.locale)['test']} · {text(wanted.titles, wanted.locale)}"),
        "date": day.isoformat(), "day": [day.year, day.month, day.day], "latin": _script(FALLBACK),
        "languages": [_language(wanted, locale) for locale in locales], "several": wanted.has_forms,
        "papers": [_paper(paper, wanted.locale) for paper in wanted.papers],
        "sheets": [
            {"paper": each.paper, "questions": each.with_questions, "person": _taker(each.taker)}
            for each in wanted.handouts
        ],
    }  # fmt: skip


def _language(wanted: Print, locale: str) -> Data:
    return {
        **_script(locale), "words": wording(locale), **page_words(wording(locale)["page"], locale),
        "title": clean(text(wanted.titles, locale)), "title-script": _script(language_of(wanted.titles, locale)),
        "course": clean(text(wanted.course, locale)), "course-script": _script(language_of(wanted.course, locale)),
    }  # fmt: skip


def _paper(paper: Paper, locale: str) -> Data:
    questions = [_question(each, paper.pictures.get(each.number, {}), locale) for each in paper.questions]
    return {"form": paper.form, "code": paper.code, "questions": questions}


def _question(question: Shown, pictures: Mapping[str, Drawing], locale: str) -> Data:
    letters = [_letters(place, locale) for place in range(letter_count(question))]
    return {
        **_script(question.language), "number": question.number if is_asked(question) else 0,
        "paragraphs": [clean(line) for line in question.paragraphs], "picture": _picture(pictures.get("")),
        "options": [
            {"letter": sign, "text": clean(said), "picture": _picture(pictures.get(name))}
            for sign, (name, said) in zip(letters, _lettered(question), strict=True)
        ],
        "lefts": [clean(left.text) for left in question.lefts], "letters": letters,
        "criteria": [
            {"text": clean(each.text), "picture": _picture(pictures.get(each.name))} for each in question.criteria
        ],
        "many": takes_several(question), "rows": line_count(question), "is-order": bool(question.things),
        "is-long": question.kind == "essay", "is-watched": question.kind == "observed",
    }  # fmt: skip


def _lettered(question: Shown) -> list[tuple[str, str]]:
    """What letters stand before: the name, empty where it has no picture anyway, and the words."""
    if question.kind == "true_false":
        return [("", wording(question.language)[word]) for word in ("true", "false")]
    if question.things:
        return [("", thing.text) for thing in question.things]
    return [(option.name, option.text) for option in (question.lefts[0].rights if question.lefts else question.options)]


def _picture(drawing: Drawing | None) -> Data | None:
    """A picture for the typesetter; its words alone where it cannot print the file or would take too long with it."""
    if drawing is None:
        return None
    words = clean(drawing.words)
    if drawing.file.endswith(".svg"):
        return {"svg": with_our_fonts(drawing.data.decode("utf-8-sig")), "words": words}
    if drawing.file.endswith(".webp") or len(drawing.data) > _MOST_BYTES:
        return {"words": words}
    return {"bytes": [*drawing.data], "words": words}


def _letters(place: int, locale: str) -> list[str]:
    """The Latin letter, and that of the language where it is another."""
    return list(dict.fromkeys([letter(place), letter(place, locale)]))


def _taker(taker: Taker) -> Data:
    name, local = clean(taker.name), clean(taker.local_name)
    return {
        **_script(taker.language), "name": name, "local": "" if local == name else local, "staff": clean(taker.number),
        "factory": clean(taker.factory), "code": taker.code, "address": taker.address, "qr": qr_svg(taker.address),
    }  # fmt: skip


def _script(locale: str) -> Data:
    return {"script": script_of(locale), "rtl": bare(locale) in RIGHT_TO_LEFT}
