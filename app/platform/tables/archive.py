"""The ZIP around a workbook: sizes are checked from the directory, then each part is unpacked once."""

import re
import zipfile
from collections.abc import Mapping

from app.platform.files.archive import Damaged, Flaw, TooManyEntries, content, flaw, opened
from app.platform.tables.limits import Limits, TableRefused
from app.platform.tables.markup import local, walk

_MARKUP = (".xml", ".rels", ".vml")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DOCUMENT_TYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def unpack(data: bytes, limits: Limits) -> dict[str, bytes]:
    """All XML parts by name, each checked. Other parts (pictures, macros) are counted and left packed.

    Raises TableRefused: file_too_large, file_encrypted, file_damaged, file_unsafe.
    """
    try:
        with opened(data, limits.parts) as archive:
            entries = archive.infolist()
            _check_directory(entries, limits)
            return {entry.filename: content(archive, entry) for entry in entries if _is_markup(entry.filename)}
    except TooManyEntries:
        raise TableRefused("file_too_large") from None
    except Damaged as error:
        raise TableRefused("file_damaged") from error


def _check_directory(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise TableRefused("file_too_large")
    flaws = {flaw(entry) for entry in entries}
    if Flaw.ENCRYPTED in flaws:
        raise TableRefused("file_encrypted")
    if Flaw.PACKING in flaws:
        raise TableRefused("file_unsafe")


def _is_markup(name: str) -> bool:
    return name.lower().endswith(_MARKUP) or name == "mimetype"


def check_parts(parts: Mapping[str, bytes], limits: Limits) -> None:
    """Refuse a workbook that declares entities anywhere, leans on files outside itself, or is nothing but tags."""
    if sum(data.count(b"<") for data in parts.values()) > limits.tags:
        raise TableRefused("file_too_large")
    for name, data in parts.items():
        plain = data.replace(b"\0", b"") if data[:2] in _UTF16_MARKS else data
        if _DOCUMENT_TYPE.search(plain):
            raise TableRefused("file_unsafe")
        if name.lower().endswith(".rels"):
            _check_relations(data)


def _check_relations(data: bytes) -> None:
    """A web or mail link that a person can click is harmless; anything a program would load is not."""

    def start(name: str, attributes: Mapping[str, str]) -> None:
        outside = attributes.get("TargetMode", "").lower() == "external"
        if local(name) == "Relationship" and outside and not attributes.get("Type", "").endswith("/hyperlink"):
            raise TableRefused("file_unsafe")

    walk(data, start)
