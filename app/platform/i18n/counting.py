"""Plurals that write their number in the reader's digits."""

from typing import Any

from flask_babel import ngettext as plain_ngettext

from app.platform.i18n.formats import format_number


class Counted(int):
    """A number that chooses its plural form as a number and is written as the reader's language writes it."""

    def __str__(self) -> str:
        return format_number(int(self))


def ngettext(one: str, many: str, number: int, /, **words: Any) -> str:
    """The plural form for `number`, with `%(num)s` in the reader's digits."""
    return str(plain_ngettext(one, many, Counted(number), **words))
