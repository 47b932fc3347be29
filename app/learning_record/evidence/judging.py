"""Is this file a pack of ours, whole and unchanged? Every byte is looked at and nothing is unpacked: members lie in a
pack as they are. It needs the public keys and nothing else.
"""

import hashlib
import json
import os
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from app.certificates.signing.trust import Trust
from app.learning_record.evidence.container import END, END_SIZE, MOST_MEMBERS, Place, directory, local
from app.learning_record.evidence.rules import FORMAT, MANIFEST, SIGNATURE
from app.learning_record.evidence.signature import Signed, judged
from app.platform.files.archive import Flaw, flaw

_BEGIN, _END, _LARGE, _LARGE_SIZE = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07", 20
_LARGEST_MANIFEST = 16 * 1024 * 1024
_LARGEST_DIRECTORY = MOST_MEMBERS * 256
_DAMAGED = "The file is damaged: it was cut off, or something was put before or behind it."
FOREIGN = "This is no evidence pack: it is a ZIP file of something else."
_FIRST = local("", 0, 0, date.min)[:12]
"""What every pack begins with, up to the day of its first member."""
_CHUNK = 1024 * 1024
_FLAWS = {
    Flaw.LINK: "It is a link, which a pack never holds.",
    Flaw.ENCRYPTED: "It is encrypted, which no pack is.",
    Flaw.PACKING: "It is packed in a way that no pack is.",
}


class Unreadable(ValueError):
    """It is no pack at all."""


@dataclass(frozen=True)
class Problem:
    """What is wrong, and with which member, where it is one."""

    code: str
    member: str | None
    sentence: str


@dataclass
class Judgement:
    """What was found. Without a problem it is whole, unchanged and signed by known keys."""

    problems: list[Problem] = field(default_factory=list)
    manifest: dict[str, Any] = field(default_factory=dict)
    signed: Signed | None = None

    @property
    def is_valid(self) -> bool:
        return not self.problems

    def add(self, code: str, member: str | None, sentence: str) -> None:
        self.problems.append(Problem(code, member, sentence))


@dataclass(frozen=True)
class _Read:
    """A member as it lies in the file."""

    place: Place
    sha256: str
    head: bytes


def judge(path: Path, trust: Trust) -> Judgement:
    """Judge a file. Raises OSError, and Unreadable for what is no ZIP, or one of something else."""
    found = Judgement()
    if path.exists() and not path.is_file():
        raise Unreadable("This is no evidence pack: it is not a file.")
    with path.open("rb") as file:
        if file.read(len(_BEGIN)) != _BEGIN:
            raise Unreadable("This is no evidence pack: it is not a ZIP file.")
        entries = _entries(file, found)
        if entries is None:
            return found
        if {entry.orig_filename for entry in entries}.isdisjoint({MANIFEST, SIGNATURE}):
            raise Unreadable(FOREIGN)
        _look_at(entries, found)
        if found.problems:
            return found
        read = _read_all(file, entries)
        _judge_manifest(file, read, trust, found)
        _judge_members(read, found)
        _judge_container(file, read, found)
    return found


def _entries(file: BinaryIO, found: Judgement) -> list[zipfile.ZipInfo] | None:
    """What the directory at the end of the file names; read only when its own end says that it is as small as ours."""
    if wrong := _wrong_end(file):
        found.add(*wrong)
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, struct.error):
        entries = []
    if not entries:
        found.add("truncated", None, _DAMAGED)
        return None
    return entries


def _wrong_end(file: BinaryIO) -> tuple[str, None, str] | None:
    """What is wrong with the last bytes of the file. Spreadsheets in a pack end as it does: one that the file was cut
    off behind is not its end.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - END_SIZE - _LARGE_SIZE, 0))
    last = file.read()
    end = last[-END_SIZE:]
    if len(end) < END_SIZE or not end.startswith(_END):
        _refuse_foreign(file)
        return "truncated", None, _DAMAGED
    _mark, disk, its_disk, here, members, length, start, comment = struct.unpack(END, end)
    if last.startswith(_LARGE) or 0xFFFF in {here, members} or 0xFFFFFFFF in {length, start}:
        _refuse_foreign(file)
        return "container", None, "It is written as a large ZIP (ZIP64), which no pack is."
    if members > MOST_MEMBERS or length > _LARGEST_DIRECTORY:
        return "too_many", None, "There are more members than a pack holds."
    if start + length + END_SIZE != size or (disk, its_disk, comment) != (0, 0, 0) or here != members:
        return "truncated", None, _DAMAGED
    return None


def _refuse_foreign(file: BinaryIO) -> None:
    """Raises Unreadable for what does not even begin as a pack: its end may be sound, and ours is another."""
    file.seek(0)
    begins = file.read(len(_FIRST))
    if begins != _FIRST[: len(begins)]:
        raise Unreadable(FOREIGN)


def _look_at(entries: Sequence[zipfile.ZipInfo], found: Judgement) -> None:
    """What no pack holds is refused before a byte of a member is read."""
    alike = Counter(entry.orig_filename.casefold() for entry in entries)
    for name in dict.fromkeys(entry.orig_filename for entry in entries):
        if alike[name.casefold()] > 1:
            found.add("duplicate", name, "There are several members of this name, but for capitals.")
        if not _is_plain(name):
            found.add("unsafe_name", name, "No pack has such a name: it leads elsewhere, or passes for another.")
    for entry in entries:
        wrong = flaw(entry)
        if wrong is None and (entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size):
            wrong = Flaw.PACKING
        if wrong:
            found.add(wrong.value, entry.filename, _FLAWS[wrong])


def _is_plain(name: str) -> bool:
    parts = name.split("/")
    return name.isascii() and name.isprintable() and not set(name) & set('\\:') and all(
        part and part not in {".", ".."} for part in parts)


def _read_all(file: BinaryIO, entries: Sequence[zipfile.ZipInfo]) -> dict[str, _Read]:
    """Members in the order of the file, each where the one before it ends: a pack has no gaps."""
    read, at = {}, 0
    for entry in entries:
        file.seek(at)
        head = file.read(30 + len(entry.filename.encode()))
        digest, crc, size = hashlib.sha256(), 0, 0
        while size < entry.file_size and (chunk := file.read(min(_CHUNK, entry.file_size - size))):
            digest.update(chunk)
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
        read[entry.filename] = _Read(Place(entry.filename, size, crc, at), digest.hexdigest(), head)
        at += len(head) + size
    return read


def _content(file: BinaryIO, read: _Read) -> bytes:
    file.seek(read.place.offset + len(read.head))
    return file.read(read.place.size)


def _judge_manifest(file: BinaryIO, read: dict[str, _Read], trust: Trust, found: Judgement) -> None:
    if MANIFEST not in read or read[MANIFEST].place.size > _LARGEST_MANIFEST:
        found.add("missing", MANIFEST, "The list of what belongs to the pack is missing.")
        return
    data = _content(file, read[MANIFEST])
    try:
        said = json.loads(data)
        found.manifest = said if isinstance(said, dict) and isinstance(said.get("members"), list) else {}
    except (ValueError, RecursionError):
        found.manifest = {}
    if not found.manifest:
        found.add("changed", MANIFEST, "The list of what belongs to the pack cannot be read.")
        return
    if SIGNATURE not in read or read[SIGNATURE].place.size > _CHUNK:
        found.add("not_signed", SIGNATURE, "The signature is missing: anybody can have made this file.")
        return
    at = _day(found.manifest.get("as_of"))
    found.signed = judged(_content(file, read[SIGNATURE]), data, trust, at)
    if found.signed.reason:
        found.add("signature", None, found.signed.reason)
    elif found.manifest.get("format") != FORMAT:
        found.add("format", None, "It is of another format than this version knows.")


def _judge_members(read: dict[str, _Read], found: Judgement) -> None:
    listed = {str(each["name"]): each for each in found.manifest.get("members", []) if _is_listed(each)}
    for name, each in listed.items():
        if name not in read:
            found.add("missing", name, "It belongs to the pack and is not in it.")
        elif (read[name].sha256, read[name].place.size) != (each["sha256"], each["size"]):
            found.add("changed", name, "It was changed after the pack was made.")
    for name in read.keys() - listed.keys() - {MANIFEST, SIGNATURE} if found.manifest else ():
        found.add("extra", name, "It does not belong to the pack.")


def _is_listed(each: Any) -> bool:
    return isinstance(each, dict) and {"name", "sha256", "size"} <= each.keys()


def _judge_container(file: BinaryIO, read: dict[str, _Read], found: Judgement) -> None:
    """What no hash stands for - the heads of the members, their order, the directory - must be as packing writes it."""
    day = _day(found.manifest.get("as_of"))
    if found.problems or day is None:
        return
    places = [each.place for each in read.values()]
    listed = [str(each["name"]) for each in found.manifest["members"] if _is_listed(each)]
    is_plain = [place.name for place in places] == [*listed, MANIFEST, SIGNATURE] and all(
        each.head == local(each.place.name, each.place.size, each.place.crc, day) for each in read.values())
    tail = directory(places, day)
    last = list(read.values())[-1]
    file.seek(last.place.offset + len(last.head) + last.place.size)
    if not is_plain or file.read(len(tail) + 1) != tail:
        found.add("container", None, "The members are whole, but the file around them was changed.")


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
