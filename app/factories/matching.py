"""When a search finds somebody."""

import sqlalchemy as sa

from app.factories.models import Employment, Person
from app.factories.roster.numbers import number_key
from app.platform.i18n.folding import searchable


def named(words: str) -> sa.ColumnElement[bool]:
    """People whose names hold every word, whatever the script and the marks; nobody when there is no word."""
    wanted = searchable(words).split()
    if not wanted:
        return sa.false()
    return sa.and_(*(Person.search_text.contains(word, autoescape=True) for word in wanted))


def numbered(words: str) -> sa.ColumnElement[bool]:
    """Employments whose number begins so, however it is written."""
    key = number_key(words)
    has_digit = any(map(str.isdigit, key))
    return Employment.number_key.startswith(key, autoescape=True) if has_digit else sa.false()
