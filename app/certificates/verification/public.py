"""What a phone needs to check a certificate without network: our public keys, and what ended before its time."""

import hashlib
import json
import struct
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from flask import current_app

from app.certificates.rules import Standing, State, state
from app.certificates.signing import rows
from app.certificates.verification import payload, queries
from app.platform.clock import now

EVERY = timedelta(minutes=1)
"""A process reads what ended at most so often, however many phones ask."""
CLOCKS_DIFFER = timedelta(days=40)
"""So long after its last day a certificate stays on the list: the clock of a phone may be wrong."""
_ENTRY = struct.Struct(">8sBH")
_STATES = {State.REVOKED: 1, State.REPLACED: 2, State.SUSPENDED: 3}
_DAY_ZERO = date(2000, 1, 1)
_KEPT = "certificates.ended"


@dataclass(frozen=True)
class _Kept:
    at: datetime
    text: str


def keys() -> str:
    """The keys that signed codes, as JSON: by the name that a payload gives them, and their point on P-256."""
    return json.dumps({"v": 1, "keys": [_key(each.seal_chain) for each in rows.good_keys()]})


def ended() -> str:
    """What was revoked, replaced or suspended, as JSON. Each in eleven bytes: the first eight of SHA-256 of the code,
    the state, the day - in the zone of the programme - since 2000. Nobody makes a code or a name of that. It is as old
    as `EVERY` at the most.
    """
    at, kept = now(), current_app.extensions.get(_KEPT)
    if not isinstance(kept, _Kept) or not timedelta(0) <= at - kept.at < EVERY:
        entries = sorted(_entry(*each, at) for each in queries.ended(at - CLOCKS_DIFFER))
        kept = _Kept(at, json.dumps({"v": 1, "ended": payload.write(b"".join(entries))}))
        current_app.extensions[_KEPT] = kept
    return kept.text


def _entry(code: str, standing: Standing, zone: str, at: datetime) -> bytes:
    endless = Standing(None, standing.suspended_at, standing.replaced_at, standing.revoked_at)
    worth = state(endless, at)  # whether it ran out meanwhile, the phone knows by its clock
    moment = standing.revoked_at or standing.replaced_at or standing.suspended_at or at
    digest = hashlib.sha256(code.encode()).digest()[:8]
    day = moment.astimezone(ZoneInfo(zone)).date()
    return _ENTRY.pack(digest, _STATES[worth], (day - _DAY_ZERO).days)


@lru_cache(maxsize=64)
def _key(chain: str) -> dict[str, Any]:
    leaf = x509.load_pem_x509_certificates(chain.encode())[0].public_key()
    assert isinstance(leaf, ec.EllipticCurvePublicKey)
    point = leaf.public_numbers()
    return {
        "id": payload.key_id(payload.public_der(leaf)).hex(),
        "x": payload.write(point.x.to_bytes(32)),
        "y": payload.write(point.y.to_bytes(32)),
    }
