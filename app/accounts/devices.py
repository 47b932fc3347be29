"""Devices on which somebody has proved who he is. They have a count of their own, so that no stranger's wrong tries
keep their owner out (TRAPS T41); everybody else shares one for each address, and a generous one for each network.
"""

import hashlib
from datetime import timedelta
from enum import StrEnum
from secrets import token_urlsafe

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from app.accounts.rules import normal_email
from app.accounts.site import keys
from app.platform.web.throttle import forgive, give_back, spend_each

COOKIE = "known-device"
WINDOW = timedelta(minutes=10)
TRIES_OF_A_NETWORK = 300
_ADDRESSES = 8
_LASTS = 31_536_000  # seconds: a year


class Proof(StrEnum):
    """What was proved on a device: a password or a mailbox, or the second factor."""

    FIRST = "first"
    SECOND = "second"


def device() -> str:
    """What the browser calls itself, for the list of sign-ins."""
    return request.user_agent.string[:200]


def digest(*words: str) -> str:
    """What counters are kept under: no address can be read from it."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def network() -> str:
    """The counter part for wherever this request comes from."""
    return digest(request.remote_addr or "")


def count_try(purpose: str, email: str, most: int, proof: Proof = Proof.FIRST) -> None:
    """Count a try with an address, before the request's own first statement.

    Raises TooMany after `most` on a device on which the address has given this `proof`, after `most` on all others
    together, and after many tries of strangers from one network.
    """
    limits = {_key(purpose, email, proof): most}
    if not _knows(email, proof):
        limits[_network_key(purpose)] = TRIES_OF_A_NETWORK
    spend_each(limits, WINDOW)


def forget_tries(purpose: str, email: str, proof: Proof = Proof.FIRST) -> None:
    """It was a right one: start counting afresh, in the caller's transaction."""
    forgive(_key(purpose, email, proof))
    if not _knows(email, proof):
        give_back(_network_key(purpose))


def note(email: str, *proofs: Proof) -> None:
    """Know this device from now on: whoever has the address gave these proofs here."""
    known = _read()
    new = [digest(proof, normal_email(email)) for proof in proofs]
    given = [*new, *(each for each in known.get("given", []) if each not in new)][:_ADDRESSES]
    words = _signer().dumps({"device": known.get("device") or token_urlsafe(16), "given": given})

    @after_this_request
    def keep(response: Response) -> Response:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(COOKIE, words, max_age=_LASTS, secure=secure, httponly=True, samesite="Lax")
        return response


def _knows(email: str, proof: Proof) -> bool:
    return digest(proof, normal_email(email)) in _read().get("given", [])


def _key(purpose: str, email: str, proof: Proof) -> str:
    address = normal_email(email)
    own = [str(_read()["device"])] if _knows(email, proof) else []
    return f"{purpose}:{digest(address, *own)}"


def _network_key(purpose: str) -> str:
    return f"{purpose}-network:{network()}"


def _read() -> dict[str, list[str]]:
    try:
        found = _signer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(list(reversed(keys())), salt="device")
