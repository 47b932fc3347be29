"""Words in the reader's language. A page says some hundred of them: the catalogue is looked up once for all."""

from typing import Any

from flask import g
from flask_babel import get_translations
from flask_babel.speaklater import LazyString


def gettext(string: str, /, **words: Any) -> str:
    """The sentence in the reader's language, with these words in it."""
    said: str = catalogue().gettext(string)
    return said % words if words else said


def lazy(string: str, /, **words: Any) -> LazyString:
    """The same, said when it is shown."""
    return LazyString(gettext, string, **words)


def catalogue() -> Any:
    """The translations for whoever reads. They are kept where flask-babel keeps the language of the request, under the
    name that it clears when the language changes.
    """
    try:
        found = g._flask_babel.babel_translations
    except (AttributeError, RuntimeError):  # the first word of a request, or no request at all
        found = None
    if found is None:
        found = get_translations()
        if g:
            g._flask_babel.babel_translations = found
    return found
