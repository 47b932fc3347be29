"""Words and letters for sex in the languages of the factories."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from app.factories.roster.text import clean
from app.factories.roster.vocabulary import words

Letters = Mapping[str, str]


@cache
def _known() -> dict[str, str]:
    data = words("sexes")
    known = {_key(word): sex for sex, listed in data["words"].items() for word in listed}
    return known | {_key(letter): sex for letter, sex in data["own_letters"].items()}


def _key(word: str) -> str:
    return clean(word).casefold().strip(" .()")


def confirmed_words(sex_words: Mapping[str, object] | None) -> dict[str, str]:
    """What a person confirmed for a file, as word to sex; accepts {word: sex} and {sex: [words]}."""
    found: dict[str, str] = {}
    for key, value in (sex_words or {}).items():
        if isinstance(value, str):
            found[_key(key)] = _sex(value)
        elif isinstance(value, list | tuple):
            found |= {_key(str(word)): _sex(key) for word in value}
    return found


def _sex(word: str) -> str:
    code = word.strip().upper()
    return code if code in {"F", "M"} else _known().get(_key(word), word)


def letters_of_column(values: Iterable[str], country: str | None) -> Letters:
    """What single Latin letters mean in this column: the system that explains most of them; among equals the one
    usual in the country, then English. L and P are Indonesian (P woman), H and M Spanish (M woman)."""
    data = words("sexes")
    seen = Counter(key.upper() for key in map(_key, values) if len(key) == 1 and key.isascii())
    usual = data["usual"].get(country, [])
    order = [*usual, *(name for name in data["letters"] if name not in usual)]
    best = max(order, key=lambda name: sum(seen[letter] for letter in data["letters"][name]))
    letters: Letters = data["letters"][best]
    return letters


def read_sex(text: str, letters: Letters, confirmed: Mapping[str, str]) -> str | None:
    """F, M or other; None for a word nobody knows. `text` is clean and not blank."""
    key = unicodedata.normalize("NFC", _key(text))
    if key in confirmed:
        return confirmed[key]
    if len(key) == 1 and key.isascii():
        return letters.get(key.upper())
    return _known().get(key)


def sex_word(text: str) -> str | None:
    """The sex that a word, or an English letter, names by itself."""
    key = unicodedata.normalize("NFC", _key(text))
    return _known().get(key) or words("sexes")["letters"]["en"].get(key.upper())


def is_sex_word(text: str) -> bool:
    """True for any word or single letter that means a sex in some language."""
    key = unicodedata.normalize("NFC", _key(text))
    return key in _known() or (len(key) == 1 and key.isalpha())
