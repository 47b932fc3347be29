"""Turn a template and data into a document."""

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.platform.documents.errors import DocumentFailed, DocumentRefused
from app.platform.documents.process import room

ARCHIVABLE_AND_ACCESSIBLE = ("a-2a", "ua-1")


def render(
    template: Path,
    data: Mapping[str, object],
    *,
    pdf_standards: Sequence[str] = ARCHIVABLE_AND_ACCESSIBLE,
    fonts: Path,
    times: int = 1,
) -> bytes:
    """Return the PDF of `template` filled with `data`; the same input gives the same bytes.

    The template reads the data as `#import "/data.typ": d`, and numbers its pages by `/pages.typ`. `data["date"]`
    (ISO) becomes the document's date.
    Raises DocumentRefused when a character has no glyph (with a PDF/A standard: plain PDF prints boxes),
    DocumentFailed for anything else: broken template, ten seconds or 300 MB exceeded (so many `times`), no fonts.
    """
    output = {"format": "pdf", "pdf_standards": list(pdf_standards), "ppi": None}
    return _typeset(template, data, fonts, output, times)


def render_png(template: Path, data: Mapping[str, object], *, fonts: Path, ppi: float = 96.0) -> bytes:
    """Return the first page as a picture of `ppi` pixels an inch; errors as for `render`, but boxes are not refused."""
    return _typeset(template, data, fonts, {"format": "png", "pdf_standards": [], "ppi": ppi})


def _typeset(
    template: Path, data: Mapping[str, object], fonts: Path, output: Mapping[str, object], times: int = 1
) -> bytes:
    if not any(fonts.glob("*.ttf")):
        raise DocumentFailed(f"There are no fonts in {fonts}; ./dev puts them there.")
    order = {
        "template": str(template.resolve()),
        "root": str(template.resolve().parent),
        "data": json.dumps(data),
        "date": _date(data),
        **output,
    }
    document, complaint = room.typeset(order, fonts.resolve(), times)
    if complaint:
        raise _error(complaint)
    return document


def _date(data: Mapping[str, object]) -> str:
    try:
        return datetime.date.fromisoformat(str(data["date"])).isoformat()
    except (KeyError, ValueError) as problem:
        raise DocumentFailed("The data of a document needs its date, as YYYY-MM-DD.") from problem


def _error(complaint: str) -> DocumentFailed:
    if "could not be displayed" in complaint:
        return DocumentRefused(complaint)
    return DocumentFailed(complaint)
