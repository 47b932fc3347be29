"""Names of people: titles dropped, compared without what does not change a name."""

import re
import unicodedata
from functools import cache

from app.factories.roster.vocabulary import languages_of, words

_APOSTROPHES = re.compile("['’‘ʼʻ`´ˈ′＇]")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@cache
def _title(country: str | None) -> re.Pattern[str]:
    """Titles of English and of the country's languages. One letter (French `M.`) is a title only with its language:
    elsewhere it is an initial."""
    titles = words("titles")
    spoken = ("en", *languages_of(country)) if country else tuple(titles)
    known = {title for language in spoken for title in titles.get(language, ())}
    if country is None:
        known = {title for title in known if len(title) > 1}
    forms = "|".join(re.escape(unicodedata.normalize("NFC", title)) for title in sorted(known, key=len, reverse=True))
    # a point may replace the space ("Mr.Karim"); a slash form may touch the name ("ወ/ሮአበበች")
    slashed = "|".join(re.escape(title) for title in sorted(known, key=len, reverse=True) if "/" in title)
    touching = f"|(?:{slashed})(?=\\w)" if slashed else ""
    return re.compile(rf"(?:(?:{forms})(?:\s*\.\s*|\s+){touching})(?=\S)", re.IGNORECASE)


def without_title(name: str, country: str | None) -> str:
    """The cleaned name without the titles in front of it; a name that is only a title stays."""
    pattern = _title(country)
    while match := pattern.match(name):
        name = name[match.end():]
    return name


def looks_like_formula(name: str) -> bool:
    """True for a name that a spreadsheet program could take for a formula when it is exported again."""
    return name.startswith(_FORMULA)


def same_name_key(name: str, country: str | None = None) -> str:
    """Equal for two spellings that are no renaming: case, spaces, apostrophes, composed or not, title."""
    return _APOSTROPHES.sub("", unicodedata.normalize("NFC", without_title(name, country)).casefold()).replace(" ", "")
