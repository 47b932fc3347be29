"""A face as the data of a layout: every text cleaned, every language with the way its script is set. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.certificates.paper.look import INDIGO, SAFFRON, Picture
from app.certificates.paper.phrases import wording
from app.certificates.paper.pictures import PictureRefused, svg_of
from app.certificates.paper.printed import MOST_SIGNATORIES, CertificateFace, Signatory
from app.certificates.rules import Form
from app.platform.documents.errors import DocumentFailed
from app.platform.documents.qr import qr_svg
from app.platform.documents.scripts import clean, language_of, script_of

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_DENSE = 100
"""So many signs in an address make a code whose squares need more room."""


def document(faces: Sequence[CertificateFace], address: str = "", credential: str = "") -> dict[str, object]:
    """The data of `certificate.typ`: what the file says about itself, and a sheet for each face."""
    first = faces[0]
    day, called = first.issued_on, wording(first.locale)["certificate"]
    return {
        "title": titled(first) if len(faces) == 1 else f"{called} – {clean(first.programme)}",
        "author": clean(first.programme),
        "date": day.isoformat(),
        "day": [day.year, day.month, day.day],
        "lang": language_of(first.locale),
        "credential": credential,
        "credential_says": wording(first.locale)["credential"],
        "sheets": [sheet(face, address) for face in faces],
    }


def sheet(face: CertificateFace, address: str = "") -> dict[str, object]:
    """Everything on one sheet. A card has room for the short address alone."""
    leads_to = face.verify_url if face.look.form is Form.CARD else address or face.verify_url
    return {
        "form": face.look.form.value,
        **language(face.locale, face.second_locale),
        **_dress(face),
        **_names(face),
        **_courses(face),
        **_facts(face),
        "signatories": [_signatory(one) for one in face.signatories[:MOST_SIGNATORIES]],
        "number": clean(face.number),
        "qr": qr_svg(leads_to),
        "is_dense": len(leads_to) > _DENSE,
        "verify_url": face.verify_url,
        "verify_text": face.verify_url.removeprefix("https://"),
    }


def language(locale: str, second_locale: str = "") -> dict[str, object]:
    """What `tools` of sheet.typ needs to know of the language, and of the one that stands beside it."""
    words, beside = wording(locale), second_locale or "en"
    script, second = script_of(locale), script_of(beside)
    is_alone = wording(beside) == words
    return {
        "dir": script["dir"],
        "script": script,
        "latin": script_of("en"),
        "words": words,
        "second": None if is_alone else {"dir": second["dir"], "script": second, "words": wording(beside)},
    }


def colours(ink: str, thread: str) -> dict[str, str]:
    """Dye and thread; what is no colour at all becomes ours."""
    return {
        "ink": ink if _COLOUR.fullmatch(ink) else INDIGO,
        "thread": thread if _COLOUR.fullmatch(thread) else SAFFRON,
    }


def titled(face: CertificateFace) -> str:
    """The title of the file: what it is, whose, of which course."""
    names = [name for name in dict.fromkeys((clean(face.local_name), clean(face.latin_name))) if name]
    called = clean(face.look.title) or wording(face.locale)["certificate"]
    return " – ".join([called, " / ".join(names), clean(face.course)])


def drawable(picture: Picture | None) -> str:
    """The picture as SVG; empty for none and for one that may not be printed."""
    try:
        return svg_of(picture) if picture else ""
    except PictureRefused:
        return ""


def _dress(face: CertificateFace) -> dict[str, object]:
    look, words = face.look, wording(face.locale)
    return {
        **colours(look.ink, look.thread),
        "programme": clean(face.programme),
        "logo": drawable(look.logo),
        "logo_alt": clean(look.logo.alt if look.logo else "") or clean(face.programme),
        "heading": clean(look.title),
        "statement": clean(look.statement),
        "proves": clean(look.proves) or words["proves"],
        "legal_note": clean(look.legal_note),
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


def _courses(face: CertificateFace) -> dict[str, object]:
    course = clean(face.course)
    second, locale = clean(face.course_second), face.second_locale
    if not second:
        second, locale = clean(face.course_english), "en"
    return {"course": course, "course_second": "" if second == course else second, "course_script": script_of(locale)}


def _facts(face: CertificateFace) -> dict[str, object]:
    """The lists of facts: each part stands on a line or is kept together."""
    words = wording(face.locale)
    rule = [words["attended"].format(attended=face.attended, planned=face.planned)]
    if face.score:
        rule.append(words["post_test"].format(score=face.score))
    facts = {
        "hours": (face.hours,),
        "half_days": face.half_days,
        "post": (face.role, face.factory),
        "place": (face.place,),
        "themes": face.themes,
        "rule": rule,
        "issued": (face.issued, face.issued_beside),
        "valid_until": (face.valid_until, face.valid_until_beside),
    }
    return {
        **{name: [part for part in map(clean, parts) if part] for name, parts in facts.items()},
        "version": words["version"].format(version=clean(face.version)) if clean(face.version) else "",
    }


def _signatory(one: Signatory) -> Mapping[str, Any]:
    return {"name": clean(one.name), "role": clean(one.role), "picture": drawable(one.picture)}
