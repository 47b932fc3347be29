"""Forms that speak the reader's language."""

from collections.abc import Iterable
from typing import Any, ClassVar

from wtforms import Form, SelectMultipleField, widgets
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs

from app.platform.i18n import _, lazy

LARGEST_ID = 2**31 - 1
_MOST_DIGITS = 10


class PlainWords:
    """The few sentences that WTForms says by itself, in ours."""

    _sentences: ClassVar[dict[str, Any]] = {
        "Not a valid choice.": lazy("Choose one of the list."),
        "Not a valid date value.": lazy("Write the day as year-month-day, for example 2026-05-14."),
        "Not a valid time value.": lazy("Write the time as hours:minutes, for example 08:30."),
        "Not a valid integer value.": lazy("Write a whole number."),
        "Not a valid float value.": lazy("Write a number."),
        "Invalid Choice: could not coerce.": lazy("Choose one of the list."),
        "Invalid choice(s): one or more data inputs could not be coerced.": lazy("Choose from the list."),
    }

    def gettext(self, sentence: str) -> str:
        known: Any = self._sentences.get(sentence, sentence)
        return str(known)

    def ngettext(self, one: str, many: str, number: int) -> str:
        if one.startswith("'%(value)s' is not"):
            return str(_("Choose from the list."))
        return one if number == 1 else many


class PlainForm(Form):
    """A form whose every sentence is ours."""

    class Meta:
        def get_translations(self, form: Form) -> PlainWords:
            return PlainWords()


def number(text: str | None) -> int | None:
    """A whole number that the database can hold, or None."""
    if not text or len(text) > _MOST_DIGITS or not text.isascii() or not text.isdigit():
        return None
    return int(text) if int(text) <= LARGEST_ID else None


class TickedField(SelectMultipleField):
    """Several of a list, as checkboxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


def offered(pairs: Iterable[tuple[Any, Any]]) -> list[Any]:
    """What a field offers to choose from, given (value, label)."""
    return [SelectChoice(value, label) for value, label in pairs]
