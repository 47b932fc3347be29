"""Sets a sheet on paper: values in, PDF out. Pure: no database, no clock."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from app.attendance.sheets.facts import Sheet, Signer
from app.attendance.sheets.said import Said, languages, say
from app.platform.documents.errors import DocumentRefused
from app.platform.documents.pages import page_words
from app.platform.documents.qr import qr_svg
from app.platform.documents.render import render
from app.platform.documents.scripts import RIGHT_TO_LEFT, clean, language_of, script_of
from app.platform.i18n.formats import format_number

LAYOUT = Path(__file__).with_name("layouts") / "sheet.typ"
SPARE_ROWS = 6
"""For people whom nobody expected."""
Data = dict[str, object]


def draw_sheet(sheet: Sheet, *, day: date, fonts: Path) -> bytes:
    """The sheet as PDF/A-2a and PDF/UA-1, in the language of the place and English. A name that no font can draw stands
    there in Latin letters. Raises DocumentRefused when any other text has a sign without a glyph, DocumentFailed for
    anything else.
    """
    try:
        return render(LAYOUT, _data(sheet, day), fonts=fonts)
    except DocumentRefused:
        latin = [replace(signer, local_name="") for signer in sheet.people]
        return render(LAYOUT, _data(replace(sheet, people=latin), day), fonts=fonts)


def _data(sheet: Sheet, day: date) -> Data:
    said = [_language(say(sheet, locale)) for locale in languages(sheet)]
    first = languages(sheet)[0]
    return {
        "title": clean(f"{sheet.code} · {say(sheet, first).words['sheet']} · {say(sheet, first).title}"),
        "date": day.isoformat(), "day": [day.year, day.month, day.day], "latin": _script("en"),
        "code": sheet.code, "place": clean(sheet.place), "qr": qr_svg(sheet.sheet_code), "address": sheet.sheet_code,
        "languages": said, "several": sheet.has_factories,
        "rows": [_row(number, signer, first) for number, signer in enumerate(sheet.people, 1)],
        "spare": [format_number(len(sheet.people) + number, first) for number in range(1, SPARE_ROWS + 1)],
    }  # fmt: skip


def _language(said: Said) -> Data:
    return {
        **_script(said.locale), "words": said.words, "title": clean(said.title),
        "title-script": _script(said.title_locale), "half_day": clean(said.half_day), "when": clean(said.when),
        "own": clean(said.own), "own-script": _script(said.own_locale), "trainers": clean(said.trainers),
        **page_words(said.words["page"], said.locale),
    }  # fmt: skip


def _row(number: int, signer: Signer, locale: str) -> Data:
    name, local = clean(signer.name), clean(signer.local_name)
    return {
        **_script(signer.language), "n": format_number(number, locale), "name": name,
        "local": "" if local == name else local, "staff": clean(signer.number), "factory": clean(signer.factory),
        "qr": qr_svg(signer.code),
    }  # fmt: skip


def _script(locale: str) -> Data:
    return {"script": script_of(locale), "rtl": language_of(locale) in RIGHT_TO_LEFT}
