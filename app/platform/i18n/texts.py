"""Texts that live in the database or in content, by locale."""

from collections.abc import Mapping

from babel import Locale
from flask import g
from flask_babel import get_locale

FALLBACK = "en"


def text(texts: Mapping[str, str], locale: str | None = None) -> str:
    """The text in this locale - the reader's by default -, else in English, else in any language there is."""
    code = locale or current_language()
    return texts.get(code) or texts.get(FALLBACK) or next(iter(texts.values()), "")


def language_of(texts: Mapping[str, str], locale: str | None = None) -> str:
    """The language that `text` answers in, for the `lang` attribute."""
    code = locale or current_language()
    return next((candidate for candidate in (code, FALLBACK, *texts) if texts.get(candidate)), FALLBACK)


def current_language() -> str:
    """The reader's language."""
    try:
        return str(g._flask_babel.babel_locale.language)  # asked for with every text
    except (AttributeError, RuntimeError):  # not known yet, or no request at all
        locale = get_locale()
    return locale.language if locale else FALLBACK


def country_name(code: str, language: str | None = None) -> str:
    """A country by its two letters, as a language - the reader's, if none is given - calls it."""
    locale = Locale.parse(language or current_language())
    return str(locale.territories.get(code, code))
