"""What came in, opened: one item for each record, whatever it is worth. Pure."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.attendance.kit.letters import data_of, letters
from app.attendance.kit.reading import LARGEST_RECORD, Record, Unreadable, read
from app.attendance.kit.rules import Detail, Kind
from app.attendance.kit.sealing import MOST_NUMBER, NotOpened, SiteKey, envelope_key, open_with

VERSION = 1


@dataclass(frozen=True)
class Box:
    """Records that were sealed with one key of the phone."""

    key: str
    kid: str
    records: Sequence[Any]


@dataclass(frozen=True)
class Item:
    """A record, or - with a `detail` - something that is none; `content` is what is kept of it when it is held, beside
    the `photo` of a photo.
    """

    record_id: str
    digest: str
    record: Record | None = None
    detail: Detail | None = None
    content: Mapping[str, Any] = field(default_factory=dict)
    photo: bytes = b""


def open_boxes(keys: Mapping[str, SiteKey], device: str, boxes: Sequence[Box], version: int) -> list[list[Item]]:
    """The items of each box, in the order of its records."""
    return [list(_items(keys, data_of(device, 16), box, version)) for box in boxes]


def open_one(key: AESGCM, device: bytes, number: Any, text: Any) -> bytes:
    """The plain bytes of one record. Raises NotOpened."""
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < MOST_NUMBER:
        raise NotOpened
    try:
        sealed = data_of(text)
    except ValueError as error:
        raise NotOpened from error
    return open_with(key, device, number, sealed)


def box_key(keys: Mapping[str, SiteKey], device: bytes, box: Box) -> AESGCM | Detail:
    """The key of a box, or why there is none."""
    site = keys.get(box.kid)
    if site is None:
        return Detail.UNKNOWN_KEY
    try:
        public = data_of(box.key, 65)
        return envelope_key(site.private, public, public, site.public, device)
    except (ValueError, NotOpened):
        return Detail.SEALED


def _items(keys: Mapping[str, SiteKey], device: bytes, box: Box, version: int) -> Iterator[Item]:
    key = box_key(keys, device, box) if version == VERSION else Detail.VERSION
    for sent in box.records:
        number, text = sent if isinstance(sent, list) and len(sent) == 2 else (None, sent)
        if isinstance(key, Detail):
            yield unread(device, box, number, text, key)
            continue
        try:
            yield _item(open_one(key, device, number, text))
        except NotOpened:
            yield unread(device, box, number, text, Detail.SEALED)


def _item(plain: bytes) -> Item:
    """The id of something that opens and is no record is made from its digest."""
    digest = hashlib.sha256(plain).hexdigest()
    try:
        record = read(plain)
    except Unreadable as fault:
        return Item(digest[:32], digest, None, fault.detail, {"plain": plain[:LARGEST_RECORD].hex()})
    if record.kind is Kind.PHOTO:
        return Item(digest[:32], digest, None, Detail.FIELDS, {"plain": plain.hex()})
    return Item(record.record_id, digest, record, None, {"parts": plain.decode()})


def unread(device: bytes, box: Box, number: Any, text: Any, detail: Detail) -> Item:
    """Something that does not open: the same bytes in the same place are the same item."""
    try:
        sealed = data_of(text)
    except ValueError:
        text = text if isinstance(text, str) else json.dumps(text)
        sealed = text.encode(errors="replace")
    place = [device.hex(), box.key, box.kid, number, sealed.hex()]
    record_id = hashlib.sha256(json.dumps(place).encode()).hexdigest()[:32]
    content = {"box": box.key, "kid": box.kid, "n": json.dumps(number), "sealed": text}
    content = {name: _storable(each) for name, each in content.items()}
    return Item(record_id, hashlib.sha256(sealed).hexdigest(), None, detail, content)


def _storable(text: str) -> str:
    """Without half characters and zeros, which no database takes."""
    return text.encode(errors="replace").decode().replace("\0", "")


def open_photo(keys: Mapping[str, SiteKey], device: str, head: Mapping[str, Any], sealed: bytes) -> Item:
    """The item of a photo: four bytes that say how long its record is, the record, the picture (docs/offline.md, 6)."""
    box, number = Box(str(head.get("key")), str(head.get("kid")), ()), head.get("n")
    key: AESGCM | Detail = Detail.VERSION
    if head.get("v") == VERSION:
        key = box_key(keys, data_of(device, 16), box)
    detail = key if isinstance(key, Detail) else Detail.SEALED
    kept = letters(sealed)
    if isinstance(key, Detail):
        return _without(unread(data_of(device, 16), box, number, kept, detail))
    try:
        return _photo(open_one(key, data_of(device, 16), number, kept))
    except NotOpened:
        return _without(unread(data_of(device, 16), box, number, kept, detail))


def _without(item: Item) -> Item:
    """A photo that does not open is not kept: the phone still has it."""
    return replace(item, content={"box": item.content["box"], "kid": item.content["kid"]})


def _photo(plain: bytes) -> Item:
    digest, size = hashlib.sha256(plain).hexdigest(), int.from_bytes(plain[:4])
    kept = {"plain": plain[: 4 + LARGEST_RECORD].hex()}
    try:
        record = read(plain[4 : 4 + size])
    except Unreadable as fault:
        return Item(digest[:32], digest, None, fault.detail, kept)
    if record.kind is not Kind.PHOTO:
        return Item(digest[:32], digest, None, Detail.FIELDS, kept)
    return Item(
        record.record_id, digest, record, None, {"parts": plain[4 : 4 + size].decode()}, photo=plain[4 + size :]
    )
