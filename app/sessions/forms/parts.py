"""What forms of training sessions are made of."""

from collections.abc import Iterator
from typing import Any

from wtforms import Field, FieldList, Form, FormField, ValidationError, validators

from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm
from app.sessions.calendar.text import InviteError, link

NOT_TOO_LONG = validators.Length(max=2000, message=lazy("The link is too long."))
AT_MOST_200 = validators.Length(max=200, message=lazy("Write at most 200 characters."))


class OwnForm(PlainForm):
    """A form with repeated parts."""

    def leaves(self) -> Iterator[Field]:
        """Every field, those of repeated parts too."""
        for one in self:
            if isinstance(one, FieldList):
                for entry in one:
                    yield from entry.form
            elif isinstance(one, FormField):
                yield from one.form
            else:
                yield one


class FaultyFields:
    """The fields of forms as the summary of errors walks through them."""

    def __init__(self, *forms: OwnForm) -> None:
        self._fields = [field for form in forms for field in form.leaves()]
        self.form_errors = [error for form in forms for error in form.form_errors]
        self.errors = [one.name for one in self._fields if one.errors] or self.form_errors

    def __iter__(self) -> Iterator[Field]:
        return iter(self._fields)


def is_link(_form: Form, field: Field) -> None:
    """https only: a calendar or a phone opens nothing else."""
    try:
        link(field.data)
    except InviteError:
        raise ValidationError(_("Write the whole link. It begins with https:// and has no spaces.")) from None


def plain(text: Any) -> Any:
    """Without spaces around it."""
    return text.strip() if isinstance(text, str) else text


def text_or_none(text: Any) -> str | None:
    """Of a list that may be left at nothing."""
    return str(text) if text else None


def number_or_none(text: Any) -> int | None:
    """Of a list that may be left at nothing. Raises ValueError for what is no number."""
    return int(text) if text not in {None, ""} else None
