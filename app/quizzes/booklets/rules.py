"""Letters of options, in every script. Pure."""

import unicodedata

LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OWN = {
    "am": "ሀለሐመሠረሰሸቀበ",
    "ar": "أبجدهوزحطي",
    "bn": "কখগঘঙচছজঝঞ",
    "km": "កខគឃងចឆជឈញ",
    "si": "අආඇඈඉඊඋඌඑඒ",
    "ta": "அஆஇஈஉஊஎஏஐஒ",
    "ur": "ابجدہوزحطی",
}
"""Language -> what tests at school letter their options with there."""
NOTHING = "-"
_NOTHING = frozenset("-–—_.·/?")
_ALIKE = str.maketrans({"إ": "ا", "أ": "ا", "آ": "ا", "ہ": "ه", "ی": "ي", "ى": "ي"})
_APART = str.maketrans(dict.fromkeys(",;،؛၊、", " "))


def letter(place: int, language: str = "en") -> str:
    """The letter of the option at a place from 0, in the script of a language; Latin where it has no letters of its
    own for so many options.
    """
    own = OWN.get(language.partition("-")[0], LATIN)
    return own[place] if place < len(own) else LATIN[place]


def _places() -> dict[str, int]:
    every = [LATIN, *OWN.values()]
    return {sign.translate(_ALIKE): place for letters in every for place, sign in enumerate(letters)}


_PLACES = _places()


def read_letters(text: str) -> tuple[int, ...] | None:
    """The places (from 0) that a word of letters means, in any script; empty for a dash, None for anything else."""
    word = "".join(unicodedata.normalize("NFKC", text).upper().split()).translate(_ALIKE)
    if word and set(word) <= _NOTHING:
        return ()
    places = [_PLACES.get(sign) for sign in word]
    return None if not word or None in places else tuple(place for place in places if place is not None)


def words_read(line: str, questions: int) -> list[str]:
    """A line of answers, one word for each of so many questions; without any space it is one letter for each."""
    words = unicodedata.normalize("NFC", line).translate(_APART).split()
    return list(words[0]) if len(words) == 1 and questions > 1 else words
