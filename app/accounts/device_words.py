"""What a browser calls itself, in words that its owner knows it by. Pure."""

import re

_BROWSERS = (
    ("Edge", r"\bEdgA?/|\bEdgiOS/"), ("Opera", r"\bOPR/|\bOpera\b"), ("Samsung Internet", r"\bSamsungBrowser/"),
    ("UC Browser", r"\bUC?Browser/"), ("Firefox", r"\bFirefox/|\bFxiOS/"),
    ("Chrome", r"\b(Headless)?Chrom(e|ium)/|\bCriOS/"), ("Safari", r"\bSafari/"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", r"\bAndroid\b"), ("KaiOS", r"\bKAIOS/"), ("iPhone", r"\biPhone\b"), ("iPad", r"\biPad\b"),
    ("Windows", r"\bWindows\b"), ("ChromeOS", r"\bCrOS\b"), ("Mac", r"\bMacintosh\b"), ("Linux", r"\bLinux\b"),
)  # fmt: skip
_MARK = re.compile(r"^([0-9a-f]{6})[0-9a-f]{10} ")
"""How the sign-in of a person remembers its phone; six signs of it tell the phones of one room apart."""


def device_words(kept: str) -> str:
    """Browser and system, as "Chrome · Android"; what is not known is given as it was sent, shortened."""
    mark = _MARK.match(kept)
    sent = kept[mark.end() :] if mark else kept
    known = [next((name for name, sign in table if re.search(sign, sent)), "") for table in (_BROWSERS, _SYSTEMS)]
    words = " · ".join(filter(None, known)) or sent[:60]
    return f"{words} · {mark[1]}" if mark else words
