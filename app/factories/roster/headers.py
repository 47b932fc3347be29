"""What a heading says a column holds."""

import re
from dataclasses import dataclass
from functools import cache

from app.factories.roster.scripts import script_of
from app.factories.roster.text import ascii_digits, fold
from app.factories.roster.vocabulary import words

# kinds of columns that are recognised in order not to be taken for something else; their content is never kept
IGNORED_KINDS = frozenset({"serial", "citizen_id", "passport", "relation", "emergency", "pay", "grade", "birth",
                           "address", "other", "left"})
_PART = re.compile(r"[\n\r/()|\[\]]+")
_ELISION = re.compile(r"\b([dlns]|qu)['’]", re.IGNORECASE)
_EXACT = 4.0
_PART_EXACT = 3.0
_CONTAINED = 1.0
# "Emergency contact" contains "contact", "Father's NID" contains "father": what must not be kept wins
_CAREFUL = 0.5
_LONGEST_HEADING = 80
# the only short word that says something inside a longer heading ("HRIS ID")
_NUMBER = "id"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}(?:[^\W\d_]\b)?")


@dataclass(frozen=True)
class Meaning:
    """A kind of column, how surely (more is surer), and the language of the word that said so."""

    kind: str
    points: float
    language: str


@cache
def _terms() -> dict[str, list[tuple[str, str]]]:
    table: dict[str, list[tuple[str, str]]] = {}
    for language, kinds in words("headers").items():
        for kind, listed in kinds.items():
            for term in listed:
                table.setdefault(fold(term), []).append((kind, language))
    return table


@cache
def _unspaced_terms() -> tuple[str, ...]:
    """Terms of scripts that are written without spaces, to be found inside longer headings."""
    unspaced = {"KHMER", "THAI", "LAO", "MYANMAR", "CJK"}
    return tuple(term for term in _terms() if len(term) > 1 and script_of(term[0]) in unspaced)


def meanings(heading: str) -> tuple[Meaning, ...]:
    """All kinds the heading may mean, the best of each kind, surest first."""
    if len(heading) > _LONGEST_HEADING:
        return ()
    best: dict[str, Meaning] = {}
    for term, base in _found(heading):
        for kind, language in _terms()[term]:
            careful = _CAREFUL if kind in IGNORED_KINDS and base == _CONTAINED else 0.0
            meaning = Meaning(kind, base + careful + min(len(term), 40) / 100, language)
            if kind not in best or meaning.points > best[kind].points:
                best[kind] = meaning
    return tuple(sorted(best.values(), key=lambda meaning: -meaning.points))


def is_heading(text: str) -> bool:
    """True when the whole text is a word of headings; a lone "female" is data."""
    if any(map(str.isdigit, text)):
        return False
    found = meanings(text)
    return bool(found) and found[0].points >= _PART_EXACT and found[0].kind not in {"female", "male"}


def _found(heading: str) -> list[tuple[str, float]]:
    """Terms in a heading with what their place is worth: the whole, one of its lines or halves, or inside."""
    terms = _terms()
    whole = _words(heading)
    found = [(form, _EXACT) for form in (whole, *_respelt(heading)) if form in terms][:1]
    parts = [_words(part) for part in _PART.split(heading)]
    found += [(part, _PART_EXACT) for part in parts if part in terms and part != whole]
    tokens = whole.split()
    for size in range(1, len(tokens)):
        for start in range(len(tokens) - size + 1):
            run = " ".join(tokens[start: start + size])
            if run in terms and (len(run) > 2 or run == _NUMBER):
                found.append((run, _CONTAINED))
    compact = whole.replace(" ", "")
    found += [(term, _CONTAINED) for term in _unspaced_terms() if term in compact and term != whole]
    return found


def _respelt(heading: str) -> list[str]:
    """Words that a program has run together (EmployeeID), and letters with points (I.D. No.) as one word."""
    forms = [_CAMEL.sub(" ", heading)]
    if "." in heading:
        forms.append(_DOTTED.sub(lambda letters: re.sub(r"[.\s]", "", letters[0]) + " ", heading))
    return [_words(form) for form in forms if form != heading]


def _words(text: str) -> str:
    """Folded words; an apostrophe parts them in French (date d'embauche) but not in English (father's)."""
    text = ascii_digits(text).replace("#", " no ").replace("№", " no ")
    return fold(_ELISION.sub(r"\1 ", text))
