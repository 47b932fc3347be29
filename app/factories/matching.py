"""When a search finds somebody."""

from typing import Any

import sqlalchemy as sa

from app.factories.models import Employment, Person
from app.factories.roster.numbers import number_key
from app.platform.i18n.folding import searchable

LONGEST = 100
"""Letters of a search that are looked at."""
_MOST_WORDS = 6


def wanted(words: str) -> list[str]:
    """The words of a search as names are searched."""
    return searchable(words[:LONGEST]).split()[:_MOST_WORDS]


def named(words: str, entry: Any = Person) -> sa.ColumnElement[bool]:
    """People whose names hold every word, whatever the script and the marks; nobody when there is no word.

    `entry` is an alias of Person, where another row is asked.
    """
    asked = wanted(words)
    if not asked:
        return sa.false()
    return sa.and_(*(entry.search_text.contains(word, autoescape=True) for word in asked))


def numbered(words: str) -> sa.ColumnElement[bool]:
    """Employments whose number begins so, however it is written."""
    key = number_key(words[:LONGEST])
    has_digit = any(map(str.isdigit, key))
    return Employment.number_key.startswith(key, autoescape=True) if has_digit else sa.false()
