"""Plurals that write their number in the reader's digits."""

from typing import Any

from app.platform.i18n.formats import format_number
from app.platform.i18n.speaking import catalogue


class Counted(int):
    """A number that chooses its plural form as a number and is written as the reader's language writes it."""

    def __str__(self) -> str:
        return format_number(int(self))


def ngettext(one: str, many: str, number: int, /, **words: Any) -> str:
    """The plural form for `number`, with `%(num)s` in the reader's digits."""
    counted = Counted(number)
    said: str = catalogue().ngettext(one, many, counted)
    return said % {"num": counted, **words}
