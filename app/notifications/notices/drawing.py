"""Sets a notice, or the list for the board, on paper: values in, PDF out. Pure: no database, no clock."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.notifications.notices.facts import Expected, Told
from app.notifications.notices.said import Said, SaidHalfDay, wording
from app.platform.documents.errors import DocumentRefused
from app.platform.documents.qr import qr_svg
from app.platform.documents.render import render
from app.platform.documents.scripts import RIGHT_TO_LEFT, clean, language_of, script_of

LAYOUTS = Path(__file__).with_name("layouts")
Data = dict[str, object]


def draw_notice(
    told: Told, said: Sequence[Said], address: str, *, named: bool, day: date, fonts: Path
) -> bytes:
    """The notice as PDF/A-2a and PDF/UA-1. A name that no font can draw stands there in Latin letters.

    `said` is the notice in each of its languages, the large one first. Raises DocumentRefused when any other text has
    a sign without a glyph, DocumentFailed for anything else.
    """
    data = {
        **_head(f"{said[0].words['notice']}: {said[0].title}", day),
        "code": told.code, "qr": qr_svg(address), "address": address,
        "languages": [_language(one) for one in said],
    }  # fmt: skip
    people = list(told.people) if named else []
    try:
        return render(LAYOUTS / "notice.typ", {**data, "people": [_person(one) for one in people]}, fonts=fonts)
    except DocumentRefused:
        latin = [_person(Expected(one.name, "", one.language)) for one in people]
        return render(LAYOUTS / "notice.typ", {**data, "people": latin}, fonts=fonts)


def draw_board(
    factory: str, locale: str, rows: Sequence[tuple[str, Sequence[tuple[Said, SaidHalfDay]]]],
    periods: Sequence[tuple[str, str]], *, day: date, fonts: Path,
) -> bytes:  # fmt: skip
    """The list for the board. `rows` are the code and the half-day in each language, `periods` language and words."""
    data = {
        **_head(f"{wording(locale)['board']}: {factory}", day),
        "factory": clean(factory), "factory-script": _script(locale),
        "languages": [{**_script(code), "words": wording(code), "period": clean(words)} for code, words in periods],
        "rows": [
            {"code": code, "languages": [{**_said(one), **_half_day(at)} for one, at in languages]}
            for code, languages in rows
        ],
    }  # fmt: skip
    return render(LAYOUTS / "board.typ", data, fonts=fonts)


def _head(title: str, day: date) -> Data:
    return {
        "title": clean(title), "date": day.isoformat(), "day": [day.year, day.month, day.day], "latin": _script("en"),
    }  # fmt: skip


def _script(locale: str) -> Data:
    return {"script": script_of(locale), "rtl": language_of(locale) in RIGHT_TO_LEFT}


def _said(one: Said) -> Data:
    return {
        **_script(one.locale), "words": one.words, "title": clean(one.title), "title-script": _script(one.title_locale),
        "warning": clean(one.warning),
    }  # fmt: skip


def _language(one: Said) -> Data:
    return {
        **_said(one), "who": clean(one.who), "unnamed": clean(one.unnamed), "ask": clean(one.ask),
        "scan": clean(one.scan), "half_days": [_half_day(at) for at in one.half_days],
    }  # fmt: skip


def _half_day(at: SaidHalfDay) -> Data:
    return {
        "label": clean(at.label), "day": clean(at.day), "time": clean(at.time), "own": clean(at.own),
        "own-script": _script(at.own_locale), "where": clean(at.where),
    }  # fmt: skip


def _person(one: Expected) -> Data:
    name, local = clean(one.name), clean(one.local_name)
    return {**_script(one.language), "name": name, "local": "" if local == name else local}
