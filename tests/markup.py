"""What shows without parsing a page: how it is built, and its words."""

import re
from html import unescape

_TAG = re.compile(r"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_UNREAD = re.compile(r"<template\b.*?</template>", re.DOTALL)
_RAW = re.compile(r"<!--|<(?:script|style)\b[^>]*>\s*[^<\s]")
_SOUND_TEXT = re.compile(r">\s*(?:[^<&\s]|&#?\w+;)(?:[^<&]|&#?\w+;)*(?=<)")
_SPACE = re.compile(r">\s+(?=<)")
_VALUE = re.compile(r'(?<= )(href|action|formaction|value|content|src|srcset|title|alt|name|placeholder|datetime|data-[\w-]+|hx-[\w-]+|aria-label)="(?:[^"&]|&#?\w+;)+"')
_NAME = re.compile(r'(?<= )(id|for|aria-describedby|aria-labelledby|aria-controls|headers|list|form)="([^"]*)"')


def build(html: str) -> str:
    """Tags and attributes, whether there are words in between, and which names are the same: pages that share these are
    equally sound.
    """
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"{found[1]}={[numbers.setdefault(name, len(numbers)) for name in found[2].split()]}"

    return _NAME.sub(number, _VALUE.sub(r"\1=v", _SPACE.sub(">", _SOUND_TEXT.sub(">t", html))))


def words(html: str, *, with_templates: bool) -> str | None:
    """The words of a page or a part of one; None where only a parser knows what is markup."""
    read = html if with_templates else _UNREAD.sub("", html)
    return None if _RAW.search(read) else " ".join(unescape(_TAG.sub("", read)).split())
