"""Draws the certificate of a factory: one frozen value in, the PDF out. Pure: no database, no clock.

No native speaker has reviewed the words yet, but for English.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.certificates.paper import phrases
from app.platform.documents.qr import qr_svg
from app.platform.documents.render import render
from app.platform.documents.scripts import RIGHT_TO_LEFT, clean, language_of, script_of

LAYOUT = Path(phrases.__file__).with_name("layouts") / "factory.typ"
WORDING = Path(__file__).with_name("wording")


@dataclass(frozen=True)
class Line:
    """One condition as it is printed."""

    course: str
    people: str
    asked: str
    count: str
    share: str
    covered: float
    """0 to 1: how far the bar reaches."""
    mark: float
    """0 to 1: where the bar is marked with what is asked."""
    each_sex: str = ""
    by_sex: str = ""
    """Numbers of women and men, where they point to nobody."""


@dataclass(frozen=True)
class FactoryFace:
    """Everything that is printed on the certificate of a factory. Empty text means: not on this certificate."""

    locale: str
    programme: str
    factory: str
    factory_latin: str
    title: str
    title_english: str
    lines: tuple[Line, ...]
    counted: str
    issued: str
    issued_on: date
    valid_until: str
    number: str
    verify_url: str

    def in_latin(self) -> "FactoryFace":
        """The same without the name in the local script: what to draw when that was refused."""
        return FactoryFace(**{**vars(self), "factory": self.factory_latin})


def draw(face: FactoryFace, *, fonts: Path, address: str = "") -> bytes:
    """The certificate as PDF/A and PDF/UA; the same face gives the same bytes. `address` is where the QR code leads;
    left empty, to the face's own `verify_url`.

    Raises DocumentRefused when a sign has no glyph, DocumentFailed when the page cannot be made at all.
    """
    return render(LAYOUT, _data(face, address or face.verify_url), fonts=fonts)


@functools.cache
def wording(locale: str) -> Mapping[str, str]:
    """The fixed phrases in a language, else its base, else English; those that all certificates share included."""
    for name in (locale, language_of(locale), "en"):
        own = WORDING / f"{name}.json"
        if own.is_file():
            return {**phrases.wording(locale), **json.loads(own.read_text(encoding="utf-8"))}
    raise LookupError(locale)


def _data(face: FactoryFace, leads_to: str) -> dict[str, object]:
    day, words, language = face.issued_on, wording(face.locale), language_of(face.locale)
    return {
        "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "script": script_of(face.locale),
        "latin": script_of("en"),
        "words": words,
        "english": wording("en"),
        "bilingual": words != wording("en"),
        "programme": clean(face.programme),
        "document": clean(" – ".join((words["title"], face.factory, face.title))),
        "date": day.isoformat(),
        "day": [day.year, day.month, day.day],
        "factory": clean(face.factory),
        "factory_latin": "" if face.factory_latin == face.factory else clean(face.factory_latin),
        "title": clean(face.title),
        "title_english": "" if face.title_english == face.title else clean(face.title_english),
        "lines": [_line(line) for line in face.lines],
        "counted": clean(face.counted),
        "issued": [clean(face.issued)],
        "valid_until": [clean(face.valid_until)],
        "number": clean(face.number),
        "qr": qr_svg(leads_to),
        "verify_url": face.verify_url,
        "verify_text": face.verify_url.removeprefix("https://"),
    }


def _line(line: Line) -> dict[str, object]:
    return {name: clean(value) if isinstance(value, str) else value for name, value in vars(line).items()}
