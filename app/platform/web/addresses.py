"""Addresses that come from outside."""

from urllib.parse import urlsplit


def own_path(address: str | None) -> str | None:
    """The address when it is a plain path of this site, else None: redirects never lead elsewhere."""
    if not address or not address.startswith("/") or any(sign in address for sign in "\\\r\n\t\x00"):
        return None
    parts = urlsplit(address)
    is_plain = not parts.scheme and not parts.netloc and not address.startswith("//") and address.isprintable()
    return address if is_plain and "%0" not in address.lower() else None
