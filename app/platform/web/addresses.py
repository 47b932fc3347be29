"""Addresses that come from outside, and the way to another page of the list that an address asks for."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import request, url_for

from app.platform.web.paging import Slice


def own_path(address: str | None) -> str | None:
    """The address when it is a plain path of this site, else None: redirects never lead elsewhere."""
    if not address or not address.startswith("/") or any(sign in address for sign in "\\\r\n\t\x00"):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:  # half an IPv6 address
        return None
    is_plain = not parts.scheme and not parts.netloc and not address.startswith("//") and address.isprintable()
    return address if is_plain and "%0" not in address.lower() else None


def page_address(number: int) -> str:
    """This page's own address, filter and all, with another `page`. What was asked stays in the query: a parameter
    called `code` or `_scheme` must not become a part of the path or of the scheme.
    """
    asked = [(name, value) for name, value in request.args.items() if name != "page"]
    path = url_for(request.endpoint or "", **(request.view_args or {}))
    return f"{path}?{urlencode([*asked, ('page', number)])}"


def neighbours(shown: Slice[Any]) -> tuple[str, str]:
    """Addresses of the page before and the page after, with the filter of this one; empty where there is none."""
    before = page_address(shown.number - 1) if shown.number > 1 else ""
    return before, page_address(shown.number + 1) if shown.has_more else ""
