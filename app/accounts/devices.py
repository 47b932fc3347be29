"""Devices from which somebody signed in before. They have a count of their own, so that no stranger's wrong tries keep
their owner out (TRAPS T41).
"""

import hashlib
from secrets import token_urlsafe

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from app.accounts.rules import normal_email
from app.accounts.site import settings

_LASTS = 31_536_000  # seconds: a year


def digest(*words: str) -> str:
    """What counters are kept under: no address can be read from it."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def counter(purpose: str, email: str) -> str:
    """The counter for tries with this address: its own on a device that knows the address, else a common one."""
    address = normal_email(email)
    known = _read()
    if known and digest(address) == known.get("address"):
        return f"{purpose}:{digest(address, str(known.get('device')))}"
    return f"{purpose}:{digest(address)}"


def network() -> str:
    """The counter part for wherever this request comes from."""
    return digest(request.remote_addr or "", request.user_agent.string)


def note(email: str) -> None:
    """Know this device from now on: the right password was given."""
    words = _signer().dumps({"address": digest(normal_email(email)), "device": token_urlsafe(16)})

    @after_this_request
    def keep(response: Response) -> Response:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie("device", words, max_age=_LASTS, secure=secure, httponly=True, samesite="Lax")
        return response


def _read() -> dict[str, object]:
    try:
        found = _signer().loads(request.cookies.get("device", ""))
    except BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or settings().secret_key, salt="device")
