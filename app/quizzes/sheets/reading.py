"""What was typed from a paper: one line for all letters, or a field for each question. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.quizzes.booklets.lettering import is_asked, posted, takes_one_place
from app.quizzes.booklets.rules import words_read
from app.quizzes.shown import Shown, Stored, choice_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the paper, as it is stored and as it is shown."""

    stored: Stored
    shown: Shown

    @property
    def is_in_line(self) -> bool:
        """Whether it has a place in the line of letters: one word for each question that is answered with letters."""
        return takes_one_place(self.shown)


@dataclass(frozen=True, slots=True)
class Typed:
    """`choices` are the answers as they are stored; `unread` are the numbers of questions whose words are no answer,
    `clashing` those where line and field differ. `is_line_odd`: the line has another number of words than there are
    questions with letters.
    """

    choices: Mapping[str, list[str]]
    unread: Sequence[int] = ()
    clashing: Sequence[int] = ()
    is_line_odd: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether everything could be read."""
        return not (self.unread or self.clashing or self.is_line_odd)


def read_typed(asked: Sequence[Asked], seed: int, line: str, fields: Mapping[int, str]) -> Typed:
    """Read an entry; `fields` hold what was typed by id of question."""
    lettered = [each for each in asked if each.is_in_line]
    words = words_read(line, len(lettered))
    is_odd = bool(words) and len(words) != len(lettered)
    in_line = {} if is_odd else {each.stored.question_id: word for each, word in zip(lettered, words, strict=False)}
    choices, unread, clashing = {}, [], []
    for each in asked:
        if not is_asked(each.shown):
            continue
        said = [words for words in (in_line.get(each.stored.question_id), fields.get(each.stored.question_id)) if words]
        found = [_choice(each, seed, words) for words in said]
        if None in found:
            unread.append(each.stored.number)
        elif len(found) > 1 and found[0] != found[1]:
            clashing.append(each.stored.number)
        elif found and found[0]:
            choices[str(each.stored.question_id)] = found[0]
    return Typed(choices, unread, clashing, is_odd)


def _choice(asked: Asked, seed: int, words: str) -> list[str] | None:
    names = posted(asked.shown, words)
    return None if names is None else choice_of(asked.stored, seed, names)
