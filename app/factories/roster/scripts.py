"""Which script a column of names is written in."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """LATIN, KHMER, ARABIC ... of a letter, as the first word of its Unicode name."""
    return unicodedata.name(char, "?").partition(" ")[0]


def main_script(texts: Iterable[str]) -> str | None:
    """The script of most letters, or None when there are none."""
    counts = Counter(script_of(char) for text in texts for char in text if char.isalpha())
    return counts.most_common(1)[0][0] if counts else None
