"""How answers on paper, and what is wrong with them, are told."""

from collections.abc import Sequence
from dataclasses import replace

from app.platform.i18n import _
from app.quizzes.booklets.lettering import said
from app.quizzes.booklets.models import Booklet
from app.quizzes.booklets.queries import lettered
from app.quizzes.sheets.reading import Asked, Typed


def faults_of(typed: Typed) -> list[str]:
    """Why an entry cannot be taken, in sentences."""
    found = []
    if typed.is_line_odd:
        found.append(_("The line needs one letter for each question with letters; write - where there is none."))
    if typed.unread:
        found.append(_("This is no answer to question %(numbers)s.", numbers=_numbers(typed.unread)))
    if typed.clashing:
        found.append(_("Line and field differ in question %(numbers)s.", numbers=_numbers(typed.clashing)))
    return [str(each) for each in found]


def written(booklet: Booklet, asked: Asked, choice: Sequence[str]) -> str:
    """A stored answer as it stands on paper; empty without one."""
    stored = replace(asked.stored, choice=list(choice))
    return said(lettered(booklet, stored, [asked.shown.language]))


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
