"""A bank as text in which one question changes: the others keep every byte. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.quizzes.gift import Question, parse, to_gift

_NEWLINE = re.compile(r"\r\n|\r|\n")
_CATEGORY = "$CATEGORY:"
_NUMBERED = re.compile(r"(.*?)(\d{1,6})")
_SAID_ELSEWHERE = re.compile(r"^source:|\breview(?: by)?:\s*\d{4}-\d{2}-\d{2}|\[(?:id|tag):")
"""Comments that are facts of a question; what else is commented is a remark, and stays."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question where it stands. `first` and `last` are its lines from 1, its comments included."""

    first: int
    last: int
    lines: tuple[str, ...]
    category: str
    question: Question | None
    """None when it cannot be read."""

    @property
    def title(self) -> str | None:
        """What the question is called; None when it has no title or cannot be read."""
        return self.question.title if self.question else None


def entries(text: str) -> tuple[Entry, ...]:
    """The questions of a bank in order, readable or not."""
    lines = _lines(text)
    readable = {question.line: question for question in parse("\n".join(lines)).readable}
    found: list[Entry] = []
    group: list[int] = []
    category = ""
    for number, line in enumerate([*lines, ""], 1):
        stripped = line.strip()
        if stripped and not stripped.startswith(_CATEGORY):
            group.append(number)
            continue
        asked = next((each for each in group if not lines[each - 1].strip().startswith("//")), None)
        if asked:
            said = tuple(lines[group[0] - 1 : group[-1]])
            found.append(Entry(group[0], group[-1], said, category, readable.get(asked)))
        group = []
        category = stripped or category
    return tuple(found)


def written(question: Question) -> str | None:
    """The question as lines of a bank; None when they would be read as something else than this question."""
    alone = replace(question, category=None)
    text = to_gift([alone])
    bank = parse(text)
    return text.rstrip("\n") if not bank.errors and bank.readable == (alone,) else None


def replaced(text: str, number: int, block: str) -> str:
    """Another question in the place of the one with this number (from 1); its remarks stay."""
    entry = entries(text)[number - 1]
    lines = _lines(text)
    lines[entry.first - 1 : entry.last] = [*_remarks(entry), *block.split("\n")]
    return _text(lines)


def added(text: str, block: str, after: int | None = None) -> str:
    """One more question: after the one with this number, before all when it is 0, as the last one without it."""
    found = entries(text)
    lines = _lines(text)
    if after is None or after >= len(found):
        at, before, behind = len(lines), [""] if text.strip() else [], []
        while lines and not lines[-1].strip():
            lines.pop()
            at -= 1
    elif after == 0:
        at, before, behind = found[0].first - 1, [], [""]
    else:
        at, before, behind = found[after - 1].last, [""], []
    lines[at:at] = [*before, *block.split("\n"), *behind]
    return _text(lines)


def moved(text: str, number: int, by: int) -> str | None:
    """A question earlier (-1) or later (1); at the end of the bank nothing happens. None where two categories meet
    that cannot be kept, since some question cannot be read."""
    found = entries(text)
    to = number + by
    if not 1 <= to <= len(found):
        return text
    one, other = (found[min(number, to) - 1], found[max(number, to) - 1])
    if one.category != other.category:
        return _moved_by_meaning(found, number, to)
    lines = _lines(text)
    between = lines[one.last : other.first - 1]
    lines[one.first - 1 : other.last] = [*other.lines, *between, *one.lines]
    return _text(lines)


def without(text: str, number: int) -> str:
    """A bank without one of its questions."""
    entry = entries(text)[number - 1]
    lines = _lines(text)
    before, behind = lines[: entry.first - 1], lines[entry.last :]
    while behind and not behind[0].strip():
        behind.pop(0)
    return _text([*before, *behind])


def without_title(text: str, title: str) -> str:
    """A bank without the question of this title; unchanged where there is none."""
    at = _at(text, title)
    return without(text, at) if at else text


def retitled(text: str, old: str, new: str) -> str:
    """A bank in which one question is called otherwise; unchanged where there is no such question."""
    at = _at(text, old)
    question = entries(text)[at - 1].question if at else None
    block = written(replace(question, title=new)) if question else None
    return replaced(text, at, block) if block else text


def arranged(text: str, titles: Sequence[str | None]) -> str:
    """A bank with the questions of these titles in the order of these titles; all others stay where they are."""
    places = {title: place for place, title in enumerate(titles) if title}
    found = entries(text)
    slots = [(places[entry.title], entry) for entry in found if entry.title and entry.title in places]
    if len({entry.category for entry in found}) > 1:
        return text
    lines = _lines(text)
    wanted = sorted(slots, key=lambda slot: slot[0])
    for (_place, slot), (_wanted, entry) in reversed([*zip(slots, wanted, strict=True)]):
        lines[slot.first - 1 : slot.last] = entry.lines
    return _text(lines)


def next_title(titles: Sequence[str | None], first: str) -> str:
    """A title for one more question: after the last one that ends in a number, else the first one."""
    numbered = [found for title in titles if title and (found := _NUMBERED.fullmatch(title))]
    if not numbered:
        return first
    stem, last = numbered[-1][1], max(int(each[2]) for each in numbered if each[1] == numbered[-1][1])
    return f"{stem}{last + 1:0{len(numbered[-1][2])}d}"


def _at(text: str, title: str) -> int:
    return next((at for at, entry in enumerate(entries(text), 1) if entry.title == title), 0)


def _moved_by_meaning(found: Sequence[Entry], number: int, to: int) -> str | None:
    questions = [entry.question for entry in found]
    questions.insert(to - 1, questions.pop(number - 1))
    readable = [question for question in questions if question]
    return to_gift(readable) if len(readable) == len(questions) else None


def _remarks(entry: Entry) -> list[str]:
    comments = (line for line in entry.lines if line.strip().startswith("//"))
    return [line for line in comments if not _SAID_ELSEWHERE.search(line.strip()[2:].strip())]


def _lines(text: str) -> list[str]:
    return _NEWLINE.split(text.removeprefix("\ufeff"))


def _text(lines: Sequence[str]) -> str:
    """One line end at the end."""
    return "\n".join(lines).rstrip() + "\n" if any(line.strip() for line in lines) else ""
