"""Draw a certificate: everything printed on it goes in as one frozen value, the PDF comes out.

Pure: no database, no clock. Numbers and dates arrive already formatted in the digits of the certificate's language.
"""

import dataclasses
import datetime
import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.certificates.paper.look import Look, Picture
from app.platform.documents.errors import DocumentFailed
from app.platform.documents.qr import qr_svg
from app.platform.documents.render import render, render_png
from app.platform.documents.scripts import RIGHT_TO_LEFT, clean, language_of, script_of

LAYOUT = Path(__file__).with_name("layouts") / "certificate.typ"
WORDING = Path(__file__).with_name("wording")


@dataclass(frozen=True)
class Signatory:
    """Who signs: a name and what the person is."""

    name: str
    role: str
    picture: Picture | None = None
    """The drawn signature."""


@dataclass(frozen=True)
class CertificateFace:
    """Everything that is printed on a certificate of a person. Empty text means: not on this certificate."""

    locale: str
    programme: str
    latin_name: str
    course: str
    hours: str
    half_days: tuple[str, ...]
    factory: str
    attended: str
    planned: str
    issued: str
    issued_on: datetime.date
    number: str
    verify_url: str
    local_name: str = ""
    # The language of the local name, when it is not the certificate's: a Bangla name on an Arabic certificate.
    name_locale: str = ""
    course_english: str = ""
    place: str = ""
    score: str = ""
    valid_until: str = ""
    signatories: tuple[Signatory, ...] = ()
    version: str = ""
    role: str = ""
    """What the person worked as at the time, in the language of the certificate."""
    themes: tuple[str, ...] = ()
    issued_beside: str = ""
    """The day of issue in the calendar of the country, where that is another one than ours."""
    valid_until_beside: str = ""
    second_locale: str = ""
    """A second language whose phrases stand beside; left empty, English does."""
    course_second: str = ""
    look: Look = Look()

    def in_latin(self) -> "CertificateFace":
        """Return the same certificate without the local name: what to draw when that was refused."""
        if not self.local_name:
            return dataclasses.replace(self, name_locale="")
        look = self.look.saying(lambda text: text.replace(self.local_name, self.latin_name))
        return dataclasses.replace(self, local_name="", name_locale="", look=look)


def draw(face: CertificateFace, *, fonts: Path, address: str = "") -> bytes:
    """Return the certificate as PDF/A-2a and PDF/UA-1; the same face gives the same bytes.

    `address` is where the QR code leads; left empty, to the face's own `verify_url`.
    Raises DocumentRefused when a character of the face has no glyph (then draw `face.in_latin()` and flag it),
    DocumentFailed when the page cannot be made at all.
    """
    return render(LAYOUT, _data(face, address), fonts=fonts)


def draw_picture(face: CertificateFace, *, fonts: Path, ppi: float = 96.0) -> bytes:
    """Return the certificate as a PNG for a preview; a missing glyph shows as a box here."""
    return render_png(LAYOUT, _data(face, ""), fonts=fonts, ppi=ppi)


@functools.cache
def wording(locale: str) -> Mapping[str, str]:
    """Return the fixed phrases of a certificate in this language (`uz-Cyrl`, `ar-JO`), its base, or English."""
    tag = locale.replace("_", "-")
    for name in (tag, tag.split("-")[0]):
        if name in _languages():
            return _phrases(name)
    return _phrases("en")


@functools.cache
def _languages() -> frozenset[str]:
    return frozenset(file.stem for file in WORDING.glob("*.json"))


def _phrases(name: str) -> Mapping[str, str]:
    phrases: dict[str, str] = json.loads((WORDING / f"{name}.json").read_text(encoding="utf-8"))
    return phrases


def _data(face: CertificateFace, address: str) -> dict[str, object]:
    return {
        **_header(face),
        **_names(face),
        **_facts(face),
        "course": clean(face.course),
        "course_english": "" if face.course_english == face.course else clean(face.course_english),
        "signatories": [{"name": clean(one.name), "role": clean(one.role)} for one in face.signatories[:2]],
        "number": clean(face.number),
        "qr": qr_svg(address or face.verify_url),
        "verify_url": face.verify_url,
        "verify_text": face.verify_url.removeprefix("https://"),
    }


def _header(face: CertificateFace) -> dict[str, object]:
    """Language, direction, fixed phrases, and what the document says about itself."""
    day, words, language = face.issued_on, wording(face.locale), language_of(face.locale)
    return {
        "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "script": script_of(face.locale),
        "latin": script_of("en"),
        "words": words,
        "english": wording("en"),
        "bilingual": words != wording("en"),
        "programme": clean(face.programme),
        "title": _title(face),
        "date": day.isoformat(),
        "day": [day.year, day.month, day.day],
    }


def _names(face: CertificateFace) -> dict[str, object]:
    """The two names, large and small; one name when there is only one or both are the same."""
    local, latin = clean(face.local_name), clean(face.latin_name)
    if not (local or latin):
        raise DocumentFailed("A certificate needs a name.")
    return {
        "local_name": "" if local == latin else local,
        "latin_name": latin,
        "name_script": script_of(face.name_locale or face.locale),
    }


def _facts(face: CertificateFace) -> dict[str, object]:
    """The lists of facts: each part stands on a line or is kept together."""
    words = wording(face.locale)
    rule = [words["attended"].format(attended=face.attended, planned=face.planned)]
    if face.score:
        rule.append(words["post_test"].format(score=face.score))
    return {
        "hours": [clean(face.hours)] if face.hours else [],
        "half_days": [clean(day) for day in face.half_days],
        "place": [clean(part) for part in (face.factory, face.place) if part],
        "rule": [clean(part) for part in rule],
        "issued": [clean(face.issued)],
        "valid_until": [clean(face.valid_until)] if face.valid_until else [],
    }


def _title(face: CertificateFace) -> str:
    names = [name for name in dict.fromkeys((clean(face.local_name), clean(face.latin_name))) if name]
    return " – ".join([wording(face.locale)["certificate"], " / ".join(names), clean(face.course)])
