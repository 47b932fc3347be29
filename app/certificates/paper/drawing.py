"""Draw certificates: everything printed on them goes in as frozen values, the PDF comes out.

Pure: no database, no clock. Numbers and dates arrive already formatted in the digits of the certificate's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.certificates.paper import data, fallbacks
from app.certificates.paper.phrases import WORDING, wording
from app.certificates.paper.printed import CertificateFace, Signatory
from app.platform.documents.errors import DocumentFailed, DocumentRefused
from app.platform.documents.render import render, render_png

__all__ = ["LAYOUT", "MOST_AT_ONCE", "WORDING", "CertificateFace", "Drawn", "Signatory", "draw", "draw_all",
           "draw_picture", "draw_surely", "wording"]  # fmt: skip

LAYOUT = Path(__file__).with_name("layouts") / "certificate.typ"
STANDARDS = ("a-3a", "ua-1")
MOST_AT_ONCE = 100
"""Sheets in one file."""
_FEW = 10
_MOST_COMPLAINTS = 200


@dataclass(frozen=True)
class Drawn:
    """A file, and the names of the fields that could not be printed as they are."""

    pdf: bytes
    left_out: tuple[str, ...] = ()


def draw(face: CertificateFace, *, fonts: Path, address: str = "", credential: bytes = b"") -> bytes:
    """Return the certificate as PDF/A-3a and PDF/UA-1; the same face gives the same bytes.

    `address` is where the QR code leads; left empty, and on a card, to the face's own `verify_url`. `credential` is
    JSON that travels in the file as `credential.jwt.json`.
    Raises DocumentRefused when a character of the face has no glyph (see `draw_surely`), DocumentFailed when the page
    cannot be made at all.
    """
    return _pdf([face], fonts, address, credential)


def draw_surely(face: CertificateFace, *, fonts: Path, address: str = "", credential: bytes = b"") -> Drawn:
    """As `draw`, and what has no glyph gives way, field by field: a local name to the Latin one, a course to its
    English title. Raises DocumentRefused only when no name at all can be printed.
    """
    mended, pdf = _mended(face, fonts, address, credential)
    changed = [name for name in vars(face) if getattr(face, name) != getattr(mended, name) and name != "name_locale"]
    return Drawn(pdf, tuple(dict.fromkeys((*changed, *_refused_pictures(mended)))))


def draw_all(faces: Sequence[CertificateFace], *, fonts: Path) -> bytes:
    """Return up to MOST_AT_ONCE certificates as one file, each with its bookmark. What has no glyph gives way."""
    if not 0 < len(faces) <= MOST_AT_ONCE:
        raise DocumentFailed(f"One file holds 1 to {MOST_AT_ONCE} certificates, not {len(faces)}.")
    try:
        return _pdf(faces, fonts, "", b"")
    except DocumentFailed:
        return _pdf([_mended(face, fonts, "", b"")[0] for face in faces], fonts, "", b"")


def draw_picture(face: CertificateFace, *, fonts: Path, ppi: float = 96.0, address: str = "") -> bytes:
    """Return the certificate as a PNG for a preview; a missing glyph shows as a box here."""
    return render_png(LAYOUT, data.document([face], address), fonts=fonts, ppi=ppi)


def _pdf(faces: Sequence[CertificateFace], fonts: Path, address: str, credential: bytes) -> bytes:
    printed = data.document(faces, address, credential.decode("utf-8"))
    return render(LAYOUT, printed, pdf_standards=STANDARDS, fonts=fonts, times=1 if len(faces) <= _FEW else 4)


def _mended(face: CertificateFace, fonts: Path, address: str, credential: bytes) -> tuple[CertificateFace, bytes]:
    """The face that could be drawn, and its file. The typesetter names what it cannot draw, one sign at a time."""
    for _ in range(_MOST_COMPLAINTS):
        try:
            return face, _pdf([face], fonts, address, credential)
        except DocumentFailed as problem:
            signs = fallbacks.undrawable(problem) if isinstance(problem, DocumentRefused) else ""
            mended = fallbacks.without(face, signs)
            if mended == face:
                # The sign is in a picture, or the picture is not what it says.
                mended = fallbacks.without_pictures(face)
            if mended == face:
                raise
            face = mended
    raise DocumentFailed("Too many signs cannot be drawn.")


def _refused_pictures(face: CertificateFace) -> list[str]:
    pictures = [("look", face.look.logo), *(("signatories", one.picture) for one in face.signatories)]
    return [name for name, picture in pictures if picture is not None and not data.drawable(picture)]
