"""Headings that stand in two rows, as in forms: a word above and its rest or its kinds below."""

from app.factories.roster.headers import is_heading
from app.factories.roster.sexes import sex_word
from app.factories.roster.text import as_text
from app.platform.tables import Sheet

_SEXES = {"F": "female", "M": "male"}


def headings(sheet: Sheet, header_row: int) -> list[str]:
    """The heading of each column, with what the row below adds to it. `header_row` counts from 1."""
    above, below = _texts(sheet, header_row), _texts(sheet, header_row + 1)
    if not _goes_on(above, below):
        return above
    width = max(len(above), len(below))
    above, below = above + [""] * (width - len(above)), below + [""] * (width - len(below))
    return [_together(one, other) for one, other in zip(above, below, strict=True)]


def goes_on(sheet: Sheet, header_row: int) -> bool:
    """True when the row below belongs to the headings."""
    return _goes_on(_texts(sheet, header_row), _texts(sheet, header_row + 1))


def _texts(sheet: Sheet, row: int) -> list[str]:
    values = sheet.rows[row - 1] if row <= len(sheet.rows) else []
    return [value.strip() if isinstance(value, str) else as_text(value) for value in values]


def _goes_on(above: list[str], below: list[str]) -> bool:
    if not any(below) or any(char.isdigit() for text in below for char in text):
        return False
    pairs = [(above[column] if column < len(above) else "", text) for column, text in enumerate(below) if text]
    return all(_adds(one, other) for one, other in pairs)


def _adds(above: str, below: str) -> bool:
    return is_heading(below) or is_heading(f"{above} {below}") or sex_word(below) is not None


def _together(above: str, below: str) -> str:
    sex = sex_word(below) if below else None
    if sex in _SEXES and not is_heading(below):
        return _SEXES[sex]
    whole = f"{above} {below}".strip()
    return whole if is_heading(whole) or not above else above
