"""A phone that marks without network, as the browser does it."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from app.attendance.kit.letters import data_of, letters
from app.attendance.kit.sealing import WORDS, envelope_key, point
from app.attendance.rules import Mark

LETTERS = {Mark.PRESENT: "p", Mark.LATE: "l", Mark.PARTIAL: "t", Mark.ABSENT: "a", Mark.EXCUSED: "e"}


@dataclass(frozen=True)
class Written:
    """A sealed record, and what the phone keeps beside it."""

    number: int
    sealed: str
    record_id: str
    digest: str

    @property
    def sent(self) -> list[Any]:
        return [self.number, self.sealed]


@dataclass
class Phone:
    """One account on one phone; `chance` makes ids that can be repeated."""

    chance: Random | None = None
    device: str = ""
    word: str = ""
    kid: str = ""
    site: bytes = b""
    sheets: dict[int, dict[str, Any]] = field(default_factory=dict)
    counter: int = 0

    def __post_init__(self) -> None:
        self.device, self.word = self.device or self.bits(16), self.word or self.bits(32)
        self.begin()

    def bits(self, size: int) -> str:
        return letters(self.chance.randbytes(size) if self.chance else token_bytes(size))

    def begin(self) -> None:
        """A new box, as at every start of the app."""
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.key = letters(point(self.private.public_key()))
        self.number = 0
        self._aes = None

    def know(self, day: dict[str, Any]) -> None:
        """Take along what the site answered to `GET /kit/day`."""
        self.kid = day["key"]["kid"]
        self.site = b"\x04" + data_of(day["key"]["jwk"]["x"]) + data_of(day["key"]["jwk"]["y"])
        self._aes = None
        self.sheets = {sheet["meeting"]: sheet for sheet in day["sheets"]}

    @property
    def introduction(self) -> dict[str, Any]:
        return {"v": 1, "device": self.device, "pass": self.word}

    def seal(self, plain: bytes) -> str:
        """The bytes, sealed under the next number."""
        box, device = data_of(self.key), data_of(self.device)
        self._aes = self._aes or envelope_key(self.private, self.site, box, self.site, device)
        sealed = self._aes.encrypt(self.number.to_bytes(12), plain, WORDS + device)
        self.number += 1
        return letters(sealed)

    def write(self, parts: Sequence[Any]) -> Written:
        plain = json.dumps(parts, separators=(",", ":"), ensure_ascii=False).encode()
        number = self.number
        return Written(number, self.seal(plain), str(parts[1]) if len(parts) > 1 else "", hashlib.sha256(plain).hexdigest())

    def parts(self, kind: str, meeting: int, who: Any, value: Any, *more: Any, time: Any = 1764115200) -> list[Any]:
        """The places of a record with a new id."""
        self.counter += 1
        revision = self.sheets.get(meeting, {}).get("revision", "??????")
        return [kind, self.bits(16), meeting, revision, who, value, self.counter, time, *more]

    def mark(self, meeting: int, person: int, mark: Mark = Mark.PRESENT, *more: Any, time: Any = 1764115200) -> Written:
        return self.write(self.parts("m", meeting, person, LETTERS[mark], *more, time=time))

    def body(self, written: Sequence[Written], **other: Any) -> dict[str, Any]:
        """What is posted to `/kit/records`, by the pass."""
        box = {"key": self.key, "kid": self.kid, "records": [each.sent for each in written]}
        return {**self.introduction, "boxes": [box], **other}

    def proven(self, written: Sequence[Written]) -> dict[str, Any]:
        """The same as another phone may deliver it: without the pass."""
        body = self.body(written)
        lines = ["seamwise kit 1", self.device]
        for box in body["boxes"]:
            lines.append(f"{box['key']} {box['kid']}")
            lines += [f"{number} {sealed}" for number, sealed in box["records"]]
        del body["pass"]
        text = "".join(f"{line}\n" for line in lines).encode()
        key = hashlib.sha256(data_of(self.word)).digest()
        return {**body, "proof": letters(hmac.digest(key, text, "sha256"))}
