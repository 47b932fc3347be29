"""A text in an editor."""

from typing import Any

from wtforms import BooleanField

from app.content.authoring.forms.starting import TextForm
from app.content.schema import SOURCE_LOCALE
from app.platform.i18n import lazy
from app.platform.i18n.languages import direction


class EditedForm(TextForm):
    """A text, which revision was seen, and of a translation whether it says what its source says now."""

    is_current = BooleanField(lazy("It says everything that the English text says now"), default=True)

    def data_to_write(self) -> bytes:
        """The text as a file has it."""
        written = (self.text.data or "").rstrip()
        return f"{written}\n".encode() if written else b""


def edited_form(language: str, sent: Any = None, **data: Any) -> EditedForm:
    """The form of a text in a language, as sent or with its data."""
    form = EditedForm(sent, data=data)
    form.text.render_kw = {"rows": 20, "spellcheck": "true", "lang": language, "dir": direction(language)}
    form.text.flags.required = True
    if language == SOURCE_LOCALE:
        del form.is_current
    return form
