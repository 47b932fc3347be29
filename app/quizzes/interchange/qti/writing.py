"""Writes questions as a package of items: a ZIP with one item a file and a manifest, the same bytes each time."""

import io
import zipfile
from collections.abc import Iterable

from app.quizzes.gift.questions import Question
from app.quizzes.interchange.markup import attribute
from app.quizzes.interchange.qti.item import item
from app.quizzes.interchange.qti.version import Version

MANIFEST = "imsmanifest.xml"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


def write_21(questions: Iterable[Question]) -> bytes:
    """A package of QTI 2.1 items."""
    return _package(questions, Version.V21)


def write_3(questions: Iterable[Question]) -> bytes:
    """A package of QTI 3.0 items; `read` gives the same questions back."""
    return _package(questions, Version.V3)


def _package(questions: Iterable[Question], version: Version) -> bytes:
    files = {f"items/q{n:04}.xml": item(question, n, version) for n, question in enumerate(questions, 1)}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {MANIFEST: _manifest(files, version), **files}.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _PLAIN_FILE, _UNIX
            archive.writestr(entry, text.encode())
    return whole.getvalue()


def _manifest(files: Iterable[str], version: Version) -> str:
    rows = [
        f'<resource identifier="r{n:04}" type="{version.resource}" href="{attribute(name)}">'
        f'<file href="{attribute(name)}"/></resource>'
        for n, name in enumerate(files, 1)
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<manifest xmlns="{version.packaging}" identifier="bank">',
            f"<metadata><schema>{version.schema}</schema><schemaversion>{version.number}</schemaversion></metadata>",
            "<organizations/>",
            "<resources>",
            *rows,
            "</resources>",
            "</manifest>",
            "",
        ]
    )
