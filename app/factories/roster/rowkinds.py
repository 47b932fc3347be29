"""Which rows of a list are people, and what the others are."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise

from app.factories.roster.choices import Choices
from app.factories.roster.dates import read_date
from app.factories.roster.headers import is_heading
from app.factories.roster.headlines import goes_on
from app.factories.roster.sexes import read_sex
from app.factories.roster.text import as_text, ascii_digits, fold
from app.factories.roster.vocabulary import words
from app.platform.tables import Sheet, Value

PERSON = "person"
_OPEN = "open"
_TOTAL = "total"
_FEWEST_COLUMNS = 3


@cache
def _marks(kind: str) -> tuple[str, ...]:
    return tuple(f" {fold(word)} " for word in words("marks")[kind])


@cache
def _blank_words() -> frozenset[str]:
    return frozenset(words("marks")["blank"])


def is_blank_word(text: str) -> bool:
    """True for signs that people put where nothing is: `-`, `n/a`."""
    return not text or text.casefold() in _blank_words()


class RowKinds:
    """Tells rows of one sheet apart, given its columns."""

    def __init__(self, sheet: Sheet, choices: Choices) -> None:
        columns = choices.columns or {}
        self.sheet = sheet
        self.first = choices.header_row or 1
        self.number = columns.get("employee_number", ())
        self.name = (*columns.get("name", ()), *columns.get("local_name", ()))
        self.sex, self.joined = columns.get("sex", ()), columns.get("joined", ())
        self.mapped = sorted(choices.used_columns)
        self.goes_on = goes_on(sheet, self.first)
        self.headings = {column: as_text(sheet.cell(self.first, column)) for column in self.mapped}

    def kinds(self) -> dict[int, str]:
        """The kind of each row below the headings: person or the reason why it is nobody."""
        found = {row: self._kind(row) for row in range(self.first + 1, len(self.sheet.rows) + 1)}
        last = max((row for row, kind in found.items() if kind == PERSON), default=0)
        return {row: _settle(kind, after_people=row > last) for row, kind in found.items()}

    def above(self) -> dict[int, str]:
        """Titles and blank rows above the headings."""
        return {row: "title" if self.sheet.rows[row - 1] else "blank" for row in range(1, self.first)}

    def _kind(self, row: int) -> str:
        values = self.sheet.rows[row - 1]
        texts = [as_text(value) for value in values]
        filled = [text for text in texts if text]
        if not filled:
            return "blank"
        mapped = [texts[column - 1] for column in self.mapped if column <= len(texts) and texts[column - 1]]
        if self.goes_on and row == self.first + 1:
            return "repeated_header"
        if not mapped:
            return _OPEN if any(char.isalpha() for text in filled for char in text) else "blank"
        if self._repeats_headings(texts, filled):
            return "repeated_header"
        return self._person_or_mark(texts, filled, values)

    def _person_or_mark(self, texts: Sequence[str], filled: Sequence[str], values: Sequence[Value]) -> str:
        number, name = self._joined(texts, self.number), self._joined(texts, self.name)
        label = filled[0] if len(filled) == 1 or not filled[0].isdecimal() else filled[1]
        has_digit = any(char.isdigit() for char in number)
        has_name = any(char.isalpha() for char in name)
        if not self._shows_person(texts, values):
            # with a number and a name only the number's own cell can say "total": Sum and Page are names too
            mark = _mark_of([number] if has_digit and has_name else [label, number, name])
            if mark:
                return mark
        if len(filled) == 1 or not (has_digit or has_name or _broken(values, self.number)):
            return _OPEN
        return PERSON

    def _joined(self, texts: Sequence[str], columns: Iterable[int]) -> str:
        return " ".join(texts[column - 1] for column in columns if column <= len(texts)).strip()

    def _shows_person(self, texts: Sequence[str], values: Sequence[Value]) -> bool:
        """A known sex or a readable date of joining: nobody writes these into a line of totals."""
        sex = self._joined(texts, self.sex)
        if sex and read_sex(sex, _ANY_LETTER, {}):
            return True
        return any(
            read_date(values[column - 1], ethiopian=False, date_1904=False, buddhist=True).day is not None
            for column in self.joined if column <= len(values))

    def _repeats_headings(self, texts: Sequence[str], filled: Sequence[str]) -> bool:
        if len(filled) > 1 and _counts_columns(filled):
            return True
        if not any(map(str.isalpha, self._joined(texts, (*self.number, *self.name)))):
            return False
        shown = [column for column, heading in self.headings.items() if heading]
        same = sum(1 for column in shown if column <= len(texts) and _same(texts[column - 1], self.headings[column]))
        if same >= 2 and same * 2 >= len(shown):
            return True
        # a second line of headings: every cell is a known heading and none is data
        return len(filled) > 1 and all(is_heading(text) for text in filled)


_ANY_LETTER: Mapping[str, str] = dict.fromkeys("FMLPHWVAEK", "F")


def _same(text: str, heading: str) -> bool:
    return text == heading or (text[:1].casefold() == heading[:1].casefold() and fold(text) == fold(heading))


def _counts_columns(filled: Sequence[str]) -> bool:
    """True for 1, 2, 3 ... (or (1), (2) ...) below the headings, by which forms name their columns."""
    if ascii_digits(filled[0]).strip("() ") not in {"0", "1"} or len(filled) < _FEWEST_COLUMNS:
        return False
    numbers = [ascii_digits(text).strip("() ") for text in filled]
    return all(second.isdecimal() and int(second) - int(first) == 1 for first, second in pairwise(numbers))


def _mark_of(labels: Sequence[str]) -> str | None:
    for label in labels:
        folded = f" {fold(label)} " if label else ""
        if folded.startswith(_marks("subtotal")):
            return "subtotal"
        if folded.startswith(_marks("total")) or folded.endswith(_marks("total")):
            return _TOTAL
        if folded.startswith(_marks("footer")):
            return "footer"
    return None


def _broken(values: Sequence[Value], columns: Iterable[int]) -> bool:
    return any(column <= len(values) and values[column - 1] is not None and not isinstance(values[column - 1], str)
               for column in columns)


def _settle(kind: str, *, after_people: bool) -> str:
    """A lone text between people heads a group, after them it is a footer; a total with people below is partial."""
    if kind == _OPEN:
        return "footer" if after_people else "section"
    if kind == _TOTAL and not after_people:
        return "subtotal"
    return kind
