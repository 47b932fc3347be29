"""A question with letters: which answer a word of letters means, and which letters an answer has. Pure.

The names of options go between: `shown` and `choice_of` know them, whatever kind of question it is.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.quizzes.booklets.rules import NOTHING, letter, read_letters
from app.quizzes.shown import NOT_ANSWERED, Option, Shown, Thing

_SEVERAL = frozenset({"multiple"})


def with_letters(question: Shown, names: Sequence[str]) -> Shown:
    """The question with its options in the order of their letters, as it was fixed when the booklet was made."""
    place = {name: number for number, name in enumerate(names)}
    lefts = tuple(replace(left, rights=_sorted(left.rights, place)) for left in question.lefts)
    return replace(question, options=_sorted(question.options, place), lefts=lefts)


def names_in_order(question: Shown) -> list[str]:
    """The names that letters stand for, A first: those of options, or of what is chosen for each left side. Things to
    bring into order have none: their letters follow from the seed of the booklet.
    """
    return [option.name for option in _lettered(question)]


def letter_count(question: Shown) -> int:
    """How many letters there are; 0 where it is answered with a text or a number, or not at all."""
    return len(question.things) or len(_lettered(question))


def has_letters(question: Shown) -> bool:
    """Whether it is answered with letters, and not with a text or a number."""
    return letter_count(question) > 0


def takes_one_place(question: Shown) -> bool:
    """Whether the answer is a letter, or some in no order; not one for each of several lines."""
    return has_letters(question) and not line_count(question)


def line_count(question: Shown) -> int:
    """For how many lines a letter is given: for each left side, or for each place of an order."""
    return len(question.lefts) or len(question.things)


def takes_several(question: Shown) -> bool:
    """Whether an answer may have more than one letter."""
    return question.kind in _SEVERAL


def is_asked(question: Shown) -> bool:
    """Whether there is something to answer."""
    return question.kind not in NOT_ANSWERED


def said(question: Shown) -> str:
    """The answer that is saved as people write it down: letters, or what was typed; empty without one."""
    if question.lefts:
        words = [_word(left.rights) or NOTHING for left in question.lefts]
        return " ".join(words) if set(words) != {NOTHING} else ""
    if question.things:
        return _order_said(question.things)
    return _word(question.options) if question.options else question.typed


def posted(question: Shown, words: str) -> list[str] | None:
    """What `choice_of` is handed for an answer as it was written down; None when it is no answer to this question."""
    if not has_letters(question):
        return [words.strip()] if words.strip() else []
    if question.lefts:
        return _posted_pairs(question, words.split())
    if question.things:
        return _posted_order(question.things, words)
    places = read_letters(words) if words.strip() else ()
    if places is None or any(place >= len(question.options) for place in places):
        return None
    if len(set(places)) > 1 and not takes_several(question):
        return None
    return [question.options[place].name for place in sorted(set(places))]


def _posted_pairs(question: Shown, words: Sequence[str]) -> list[str] | None:
    """One letter for each left side; letters without spaces between are taken one by one."""
    each = list(words[0]) if len(words) == 1 else list(words)
    if not each or set(each) == {NOTHING}:
        return []
    places = [read_letters(word) for word in each]
    if len(places) != len(question.lefts) or any(found is None or len(found) > 1 for found in places):
        return None
    rights = question.lefts[0].rights
    chosen = [found[0] if found else None for found in places]
    if any(place is not None and place >= len(rights) for place in chosen):
        return None
    return ["" if place is None else rights[place].name for place in chosen]


def _order_said(things: Sequence[Thing]) -> str:
    """The letters in the order that was given; a dash for a place that nothing has."""
    at = {thing.place: letter(number) for number, thing in enumerate(things)}
    return "".join(at.get(place, NOTHING) for place in range(1, len(things) + 1)).rstrip(NOTHING)


def _posted_order(things: Sequence[Thing], words: str) -> list[str] | None:
    """For each thing its place from 1; letters beside each other or apart, each once, a dash for a place left free."""
    signs = [*"".join(words.split())]
    found = [read_letters(sign) for sign in signs]
    if len(signs) > len(things) or any(each is None for each in found):
        return None
    at = [each[0] for each in found if each]
    if len(set(at)) < len(at) or any(number >= len(things) for number in at):
        return None
    places = {each[0]: str(place) for place, each in enumerate(found, 1) if each}
    return [places.get(number, "") for number in range(len(things))] if places else []


def _lettered(question: Shown) -> tuple[Option, ...]:
    return question.lefts[0].rights if question.lefts else question.options


def _word(options: Sequence[Option]) -> str:
    return "".join(letter(place) for place, option in enumerate(options) if option.is_chosen)


def _sorted(options: Sequence[Option], place: dict[str, int]) -> tuple[Option, ...]:
    return tuple(sorted(options, key=lambda option: place.get(option.name, len(place))))
