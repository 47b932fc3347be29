"""What takes the place of text that no font of ours can draw. Pure.

A box is never printed, and yet a certificate always comes out: a name has its Latin form, a factory too, a course its
English title; what has neither loses the signs that cannot be drawn. A person's only name is never cut.
"""

import dataclasses
import re
from collections.abc import Callable
from typing import Any

from app.certificates.paper.look import Look
from app.certificates.paper.printed import CertificateFace
from app.platform.documents.errors import DocumentRefused
from app.platform.documents.scripts import clean

_QUOTED = re.compile(r'text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")


def undrawable(refusal: DocumentRefused) -> str:
    """The signs that the typesetter complained of; empty when it names none."""
    named = _QUOTED.search(str(refusal))
    if named is None:
        return ""
    return _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), named[1]).replace('\\"', '"').replace("\\\\", "\\")


def without(face: CertificateFace, signs: str) -> CertificateFace:
    """The face without these signs; the same face when they are not on it, or only in a name that must stay."""
    return dataclasses.replace(face, **_names(face, signs), **_texts(face, signs))


def without_pictures(face: CertificateFace) -> CertificateFace:
    """The face without logo and drawn signatures."""
    signatories = tuple(dataclasses.replace(one, picture=None) for one in face.signatories)
    return dataclasses.replace(face, signatories=signatories, look=dataclasses.replace(face.look, logo=None))


def _names(face: CertificateFace, signs: str) -> dict[str, Any]:
    if _has(face.local_name, signs) and clean(face.latin_name) and not _has(face.latin_name, signs):
        return {"local_name": "", "name_locale": ""}
    if _has(face.latin_name, signs) and clean(face.local_name) and not _has(face.local_name, signs):
        return {"latin_name": ""}
    return {}


def _texts(face: CertificateFace, signs: str) -> dict[str, Any]:
    def cut(text: str) -> str:
        return _cut(text, signs)

    def either(text: str, other: str) -> str:
        return text if not _has(text, signs) else (cut(text) if _has(other, signs) else other or cut(text))

    return {
        "factory": either(face.factory, face.factory_latin),
        "course": either(face.course, face.course_english),
        **{name: cut(getattr(face, name)) for name in _PLAIN},
        "themes": tuple(theme for theme in face.themes if not _has(theme, signs)),
        "half_days": tuple(map(cut, face.half_days)),
        "signatories": tuple(
            dataclasses.replace(one, name=cut(one.name), role=cut(one.role)) for one in face.signatories
        ),
        "look": _look(face.look, signs, cut),
    }


_PLAIN = (
    "programme", "course_english", "course_second", "hours", "place", "score", "attended", "planned", "role", "version",
    "issued", "issued_beside", "valid_until", "valid_until_beside", "number",
)  # fmt: skip


def _look(look: Look, signs: str, cut: Callable[[str], str]) -> Look:
    """A text of the design that cannot be drawn gives way to ours, which can."""
    texts: dict[str, Any] = {name: getattr(look, name) for name in ("title", "statement", "proves", "legal_note")}
    logo = dataclasses.replace(look.logo, alt=cut(look.logo.alt)) if look.logo else None
    kept: dict[str, Any] = {name: "" if _has(text, signs) else text for name, text in texts.items()}
    return dataclasses.replace(look, logo=logo, **kept)


def _has(text: str, signs: str) -> bool:
    return any(sign in text for sign in signs)


def _cut(text: str, signs: str) -> str:
    return " ".join("".join(sign for sign in text if sign not in signs).split()) if _has(text, signs) else text
