"""What people call a device by what its browser calls itself. Pure; products are named alike in every language."""

import re

_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip
_LONGEST = 40
_MARK = re.compile(r"^([0-9a-f]{6})[0-9a-f]{10} ")
"""How the sign-in of a person remembers its phone; six signs of it tell the phones of one room apart."""


def short_name(user_agent: str) -> str:
    """Browser and system, such as `Chrome, Android`; the beginning of the words where neither is known."""
    known = [next((name for sign, name in table if sign in user_agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, known)) or user_agent[:_LONGEST]


def kept_name(kept: str) -> str:
    """The same of what a sign-in keeps: the phones of people end with the beginning of their mark."""
    mark = _MARK.match(kept)
    return f"{short_name(kept[mark.end() :])}, {mark[1]}" if mark else short_name(kept)
