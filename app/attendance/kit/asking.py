"""The shape of what phones send, and whether they may (docs/offline.md, 5). Pure."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.attendance.kit.letters import data_of
from app.attendance.kit.opening import Box

MOST_RECORDS = 500


class Fault(Exception):
    """Nothing of the request is taken down; `word` says why (docs/offline.md, 1 and 5)."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True)
class Delivery:
    """A request to take records down, on the strength of a pass or of a proof that was made with it."""

    version: int
    device: str
    pass_hash: str | None
    proof: bytes | None
    boxes: Sequence[Box]

    def is_allowed(self, pass_hash: str) -> bool:
        """Whether whoever made this had the pass with this hash."""
        if self.pass_hash is not None:
            return hmac.compare_digest(self.pass_hash, pass_hash)
        made = proof(pass_hash, self.device, self.boxes)
        return self.proof is not None and hmac.compare_digest(self.proof, made)


def delivery(sent: Any) -> Delivery:
    """The request, of parsed JSON. Raises Fault."""
    try:
        return _delivery(sent)
    except (TypeError, ValueError) as error:
        raise Fault("fields") from error


def _delivery(sent: Any) -> Delivery:
    if not isinstance(sent, Mapping):
        raise TypeError("no object")
    version, boxes = sent.get("v"), sent.get("boxes")
    if isinstance(version, bool) or not isinstance(version, int) or not isinstance(boxes, list):
        raise TypeError("no boxes")
    given = [_box(box) for box in boxes]
    if sum(len(box.records) for box in given) > MOST_RECORDS or len(given) > MOST_RECORDS:
        raise Fault("too_large")
    word, sign = sent.get("pass"), sent.get("proof")
    return Delivery(
        version, code_of(sent.get("device")), None if word is None else hash_of(word),
        None if sign is None else data_of(sign, 32), given,
    )  # fmt: skip


@dataclass(frozen=True)
class PhotoHead:
    """What stands before a photo; `other` is the whole of it."""

    device: str
    pass_hash: str
    other: Mapping[str, Any]


def photo_head(head: bytes) -> PhotoHead:
    """The head of a photo. Raises Fault."""
    try:
        sent = json.loads(head)
    except (ValueError, RecursionError) as error:
        raise Fault("unreadable") from error
    device, pass_hash = introduction(sent)
    try:
        _box({**sent, "records": []})
    except (TypeError, ValueError) as error:
        raise Fault("fields") from error
    return PhotoHead(device, pass_hash, sent)


def introduction(sent: Any) -> tuple[str, str]:
    """The name of a device that wants to be known, and what is kept of its pass. Raises Fault."""
    if not isinstance(sent, Mapping):
        raise Fault("fields")
    try:
        return code_of(sent.get("device")), hash_of(sent.get("pass"))
    except ValueError as error:
        raise Fault("fields") from error


def code_of(text: Any) -> str:
    """The name of a device. Raises ValueError."""
    data_of(text, 16)
    return str(text)


def hash_of(word: Any) -> str:
    """What is kept of a pass. Raises ValueError."""
    return hashlib.sha256(data_of(word, 32)).hexdigest()


def proof(pass_hash: str, device: str, boxes: Sequence[Box]) -> bytes:
    """What shows that the owner of a pass sealed exactly these records."""
    lines = ["seamwise kit 1", device]
    for box in boxes:
        lines.append(f"{box.key} {box.kid}")
        lines += [f"{sent[0]} {sent[1]}" if isinstance(sent, list) and len(sent) == 2 else "" for sent in box.records]
    text = "".join(f"{line}\n" for line in lines)
    return hmac.digest(bytes.fromhex(pass_hash), text.encode(errors="replace"), "sha256")


def _box(box: Any) -> Box:
    if not isinstance(box, Mapping):
        raise TypeError("no box")
    key, kid, records = box.get("key"), box.get("kid"), box.get("records")
    if not isinstance(key, str) or not isinstance(kid, str) or not isinstance(records, list):
        raise TypeError("no box")
    if len(key) > 200 or len(kid) > 40 or "\0" in key + kid:
        raise ValueError("no box")
    return Box(key, kid, records)
