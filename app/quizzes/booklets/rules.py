"""Letters of options, in every script, and who can still take a quiz that is read out or on paper. Pure."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.quizzes.rules import AttemptState, Release, Terms
from app.quizzes.rules.limits import answers_were_shown

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


class Hindrance(StrEnum):
    """Why somebody cannot begin an attempt in this way now."""

    ANSWERING = "answering"
    """The person is answering on a phone or at a kiosk."""
    USED = "used"
    """All attempts are used."""
    SAW_ANSWERS = "saw_answers"


@dataclass(frozen=True, slots=True)
class Taken:
    """An attempt that a person has."""

    state: AttemptState
    deadline_at: datetime | None


_RUNNING = (AttemptState.IN_PROGRESS, AttemptState.OVERDUE)


def hindrance(taken: Sequence[Taken], terms: Terms, *, opens_now: datetime | None) -> Hindrance | None:
    """Why a person with these attempts cannot begin another one; `opens_now` is when the answers would be asked, None
    for what was answered on paper some time before.
    """
    if any(each.state in _RUNNING for each in taken):
        return Hindrance.ANSWERING
    begun = [each for each in taken if each.state is not AttemptState.NOT_STARTED]
    if terms.attempts is not None and len(begun) >= terms.attempts:
        return Hindrance.USED
    if terms.policy.release is not Release.AFTER_CLOSING or opens_now is None:
        return None
    deadlines = [each.deadline_at for each in begun if each.deadline_at is not None]
    return Hindrance.SAW_ANSWERS if any(answers_were_shown(each, opens_now) for each in deadlines) else None
