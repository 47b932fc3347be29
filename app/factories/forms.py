"""Shapes of the roster forms."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from werkzeug.datastructures import FileStorage
from wtforms import FileField, Form, HiddenField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.factories import labels
from app.platform.i18n import _, lazy

_COLUMN = re.compile(r"[A-Z]{1,3}")
LONGEST_NAME = 200


class RosterForm(Form):
    """A file to import."""

    roster = FileField(
        lazy("Staff list"), [InputRequired(lazy("Choose a file."))], render_kw={"accept": ".xlsx,.ods,.csv,.tsv"}
    )

    def validate_roster(self, field: FileField) -> None:
        if not isinstance(field.data, FileStorage):
            raise ValidationError(_("Choose a file."))

    @property
    def file_name(self) -> str:
        return str(self.roster.data.filename)[-LONGEST_NAME:]

    def read(self) -> bytes:
        """The bytes of the file, also when the request runs a second time."""
        self.roster.data.stream.seek(0)
        return bytes(self.roster.data.read())


class _Needed:
    """Said of a column without which no list can be read; the importer, not the form, refuses a list without it."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: Form, field: Any) -> None:
        """Always content."""


def column(label: Any, *, is_needed: bool = False) -> SelectField:
    """Which column of a file is this; `choosing` offers them."""
    validators = [_Needed()] if is_needed else [Optional()]
    return SelectField(label, validators, choices=[], validate_choice=False)


class Choosing(Form):
    """With a file once more, what the importer understood wrongly. `seen_*` are what the person looked at."""

    names: ClassVar[tuple[str, ...]]
    """Fields with a column each."""
    file_name_of: ClassVar[str]
    """The field of the file."""
    sheet = SelectField(lazy("Sheet"), [Optional()], choices=[], validate_choice=False)
    header_row = IntegerField(lazy("Row of the headings"), [Optional(), NumberRange(1, 20_000)])
    seen_sheet = HiddenField()
    seen_row = HiddenField()

    def chosen(self) -> dict[str, Any]:
        """What was chosen, under the samples' names. For another sheet or row the columns are proposed anew."""
        chosen = {"sheet": self.sheet.data or None, "header_row": self.header_row.data}
        seen = {"sheet": self.seen_sheet.data or None, "header_row": _number(self.seen_row.data)}
        if chosen == seen:
            chosen["columns"] = {name: columns(self[name].data) for name in self.names}
        return {name: value for name, value in chosen.items() if value is not None}


class ColumnsForm(RosterForm, Choosing):
    """A staff list once more."""

    names = tuple(labels.FIELDS)
    file_name_of = "roster"
    employee_number = column(labels.FIELDS["employee_number"], is_needed=True)
    name = column(labels.FIELDS["name"], is_needed=True)
    local_name = column(labels.FIELDS["local_name"])
    sex = column(labels.FIELDS["sex"])
    line = column(labels.FIELDS["line"])
    designation = column(labels.FIELDS["designation"])
    joined = column(labels.FIELDS["joined"])
    phone = column(labels.FIELDS["phone"])


Chosen = TypeVar("Chosen", bound=Choosing)


def choosing(of: type[Chosen], choices: Mapping[str, Any], headings: Mapping[str, Any]) -> Chosen:
    """The form with what the importer understood, and every heading of the file to choose from."""
    used = choices.get("columns") or {}
    values = {name: value_of(used.get(name)) for name in of.names}
    sheet, row = choices.get("sheet") or "", choices.get("header_row")
    form = of(data={**values, "sheet": sheet, "header_row": row, "seen_sheet": sheet, "seen_row": row})
    offered = {letters: f"{letters} · {text}" if text else letters for letters, text in headings["columns"].items()}
    for name, value in values.items():
        own = {value: value} if value and value not in offered else {}
        _offer(form[name], {"": _("Not in this list"), **own, **offered})
    _offer(form.sheet, {each: each for each in headings["sheets"]})
    return form


def _offer(field: Any, choices: Mapping[str, str]) -> None:
    field.choices = list(choices.items())


def columns(value: str | None) -> Any:
    """Letters as the samples write them: one, a list to be joined, or one per sex. None for no such column."""
    parts = (value or "").split()
    if parts and all(":" in part for part in parts):
        pairs = [part.split(":", 1) for part in parts]
        return {sex: letters for sex, letters in pairs if _COLUMN.fullmatch(letters)} or None
    letters = [part for part in parts if _COLUMN.fullmatch(part)]
    return letters if len(letters) > 1 else letters[0] if letters else None


def value_of(letters: Any) -> str:
    """What `columns` reads back."""
    if isinstance(letters, Mapping):
        return " ".join(f"{sex}:{letter}" for sex, letter in letters.items())
    return letters if isinstance(letters, str) else " ".join(letters or [])


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None
