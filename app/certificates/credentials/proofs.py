"""Signing with openbadgeslib. Nothing else of the product knows this library, and only the worker loads it.

A document is refused rather than signed when its proof would leave a part of it uncovered. Contexts are those that come
with the library, parsed once a process; no other is looked up, on the network or anywhere.
"""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import jwt
from openbadgeslib.ob3 import OB3LdpSigner

from app.certificates.credentials import document, rules
from app.certificates.credentials.document import Json, PublicKey
from app.certificates.signing.keys import Keys

if TYPE_CHECKING:
    from openbadgeslib.ob3 import OpenBadgeCredential


class _AsItIs:
    """A document that is ready: the library asks its own model for the document and signs that."""

    def __init__(self, ready: Json) -> None:
        self._ready = ready

    def to_vc(self) -> Json:
        return self._ready


def signed(unsigned: Json, keys: Keys, at: datetime) -> bytes:
    """JSON with the document as `jwt` and as `embedded`. The same document, keys and moment give the same bytes."""
    claims = document.claims(unsigned)
    key = PublicKey(*_public(keys))
    method = rules.method(claims["iss"], key.multikey)
    header: dict[str, Any] = {"kid": method, "jwk": document.jwk(claims["iss"], key)}
    token = jwt.encode(claims, keys.credential, algorithm=document.ALGORITHM, headers=header)
    embedded = OB3LdpSigner(keys.credential, method).sign(cast("OpenBadgeCredential", _AsItIs(unsigned)), created=at)
    return json.dumps({"jwt": token, "embedded": embedded}, ensure_ascii=False).encode()


def _public(keys: Keys) -> tuple[str, bytes]:
    public = keys.credential.public_key().public_bytes_raw()
    return rules.multikey(public), public
