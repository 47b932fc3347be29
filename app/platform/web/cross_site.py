"""One check against requests forged by other sites: `Sec-Fetch-Site`, else `Origin` against the host. No tokens."""

from urllib.parse import urlsplit

from flask import abort, current_app, request

from app.platform.web.application import SAFE_METHODS
from app.platform.web.programs import door


def refuse_cross_site() -> None:
    """Refuse (403) a changing request that did not come from our own pages."""
    if request.method in SAFE_METHODS or _is_door_of_programs():
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        allowed = site in {"same-origin", "none"}
    else:
        allowed = _same_origin(request.headers.get("Origin")) or (
            "Origin" not in request.headers and _same_origin(request.headers.get("Referer"))
        )
    if not allowed:
        abort(403)


def _is_door_of_programs() -> bool:
    """Whether no cookie counts there, or the route says that other programs may post to it."""
    if door():
        return True
    return bool(getattr(current_app.view_functions.get(request.endpoint or ""), "from_anywhere", False))


def _same_origin(address: str | None) -> bool:
    try:
        return bool(address) and urlsplit(address).netloc == request.host
    except ValueError:  # half an IPv6 address
        return False
