"""Draw a certificate: everything printed on it goes in as one frozen value, the PDF comes out.

Pure: no database, no clock. Numbers and dates arrive already formatted in the digits of the certificate's language.
"""

import dataclasses
import datetime
import functools
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.platform.documents.qr import qr_svg
from app.platform.documents.render import render, render_png

LAYOUT = Path(__file__).with_name("layouts") / "certificate.typ"
WORDING = Path(__file__).with_name("wording")
LATIN_FONT = "Noto Sans"
# Language -> the font that draws its script; every other language is drawn with LATIN_FONT (Latin, Cyrillic, Greek).
SCRIPT_FONTS = {
    "am": "Noto Sans Ethiopic",
    "ar": "Noto Sans Arabic",
    "bn": "Noto Sans Bengali",
    "km": "Noto Sans Khmer",
    "si": "Noto Sans Sinhala",
    "ta": "Noto Sans Tamil",
    "ti": "Noto Sans Ethiopic",
    "ur": "Noto Nastaliq Urdu",
}
RIGHT_TO_LEFT = frozenset({"ar", "ur"})
# Khmer hangs letters under letters: lines need air. Nastaliq's own line is already two and a half times its size.
LINE_GAPS_EM = {"km": 0.45, "ur": 0.0, "bn": 0.25, "ta": 0.25, "si": 0.25, "ar": 0.0}
# They say how text is joined, and names in several scripts need them; all other invisible characters are dropped.
JOINERS = frozenset("\u200b\u200c\u200d\u200e\u200f\u061c")


@dataclass(frozen=True)
class Signatory:
    """Who signs: a name and what the person is."""

    name: str
    role: str


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

    def in_latin(self) -> "CertificateFace":
        """Return the same certificate without the local name: what to draw when that was refused."""
        return dataclasses.replace(self, local_name="", name_locale="")


def draw(face: CertificateFace, *, fonts: Path) -> bytes:
    """Return the certificate as PDF/A-2a and PDF/UA-1; the same face gives the same bytes.

    Raises DocumentRefused when a character of the face has no glyph (then draw `face.in_latin()` and flag it),
    DocumentFailed when the page cannot be made at all.
    """
    return render(LAYOUT, _data(face), fonts=fonts)


def draw_picture(face: CertificateFace, *, fonts: Path, ppi: float = 96.0) -> bytes:
    """Return the certificate as a PNG for a preview; a missing glyph shows as a box here."""
    return render_png(LAYOUT, _data(face), fonts=fonts, ppi=ppi)


@functools.cache
def wording(locale: str) -> Mapping[str, str]:
    """Return the fixed phrases of a certificate in this language (`uz-Cyrl`, `ar-JO`), else of its base, else English."""
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


def _data(face: CertificateFace) -> dict[str, object]:
    day = face.issued_on
    language, words = _base(face.locale), wording(face.locale)
    return {
        **{name: _clean(value) for name, value in vars(face).items() if isinstance(value, str)},
        **_names(face),
        "lang": language,
        "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "fonts": _fonts(face.locale),
        "leading": LINE_GAPS_EM.get(language, 0.1),
        "words": words,
        "english": wording("en"),
        "bilingual": words["certificate"] != wording("en")["certificate"],
        "title": _title(face),
        "date": day.isoformat(),
        "day": [day.year, day.month, day.day],
        "half_days": _clean(" · ".join(face.half_days)),
        "place": _clean(" · ".join(part for part in (face.factory, face.place) if part)),
        "rule": _clean(_rule(face)),
        "signatories": [{"name": _clean(one.name), "role": _clean(one.role)} for one in face.signatories[:2]],
        "course_english": "" if face.course_english == face.course else _clean(face.course_english),
        "qr": qr_svg(face.verify_url),
        "verify_text": face.verify_url.removeprefix("https://"),
    }


def _names(face: CertificateFace) -> dict[str, object]:
    """The two names, large and small; one name when there is only one or both are the same."""
    local, latin = _clean(face.local_name), _clean(face.latin_name)
    name_locale = face.name_locale or face.locale
    return {
        "local_name": "" if local == latin else local,
        "latin_name": latin,
        "name_fonts": _fonts(name_locale),
        "name_lang": _base(name_locale),
    }


def _title(face: CertificateFace) -> str:
    names = [name for name in dict.fromkeys((_clean(face.local_name), _clean(face.latin_name))) if name]
    return " – ".join([wording(face.locale)["certificate"], " / ".join(names), _clean(face.course)])


def _rule(face: CertificateFace) -> str:
    words = wording(face.locale)
    parts = [words["attended"].format(attended=face.attended, planned=face.planned)]
    if face.score:
        parts.append(words["post_test"].format(score=face.score))
    return ", ".join(parts)


def _base(locale: str) -> str:
    return locale.replace("_", "-").split("-")[0]


def _fonts(locale: str) -> list[str]:
    """The script's own font first, so that a name is shaped in one run; all others follow for mixed scripts."""
    first = SCRIPT_FONTS.get(_base(locale), LATIN_FONT)
    return list(dict.fromkeys([first, LATIN_FONT, *sorted(SCRIPT_FONTS.values(), reverse=True)]))


def _clean(text: str) -> str:
    """Return text that is safe to set: composed, on one line, without characters that control or reorder."""
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c for c in spaced if c in JOINERS or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
