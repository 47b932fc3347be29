"""Shapes of the forms of lists of earlier trainings."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import FileField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from app.learning_record.earlier.choices import FIELDS
from app.learning_record.earlier.labels import FIELDS as LABELS
from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm, number

_LONGEST_NAME = 200


class _ListForm(PlainForm):
    file = FileField(
        lazy("List of trainings"), [InputRequired(lazy("Choose a file."))],
        render_kw={"accept": ".xlsx,.ods,.csv,.tsv"})

    def validate_file(self, field: FileField) -> None:
        if not isinstance(field.data, FileStorage):
            raise ValidationError(_("Choose a file."))

    @property
    def file_name(self) -> str:
        return str(self.file.data.filename)[-_LONGEST_NAME:]

    def read(self) -> bytes:
        """The bytes of the file, also when the request runs a second time."""
        self.file.data.stream.seek(0)
        return bytes(self.file.data.read())

    def columns(self) -> list[Any]:
        """The fields that say which column is which."""
        return [self[name] for name in FIELDS]

    def chosen(self) -> dict[str, Any]:
        """As `check` takes it; nothing for a file whose columns nobody chose."""
        columns = {name: self[name].data for name in FIELDS if self[name].data}
        return {"columns": columns} if columns else {}

    def offer(self, headings: Sequence[Sequence[str]], used: Mapping[str, str]) -> None:
        """Let each column be chosen by its heading."""
        offered = [("", str(_("Not in this list"))), *((each[0], f"{each[0]} · {each[1]}") for each in headings)]
        for name in FIELDS:
            field: Any = self[name]
            field.choices = offered
            field.data = field.data or used.get(name, "")


ListForm: Any = type(
    "ListForm", (_ListForm,),
    {name: SelectField(LABELS[name], [Optional()], choices=[], validate_choice=False) for name in FIELDS})
"""A list, and which column is which where that was not understood."""


def decided(form: MultiDict[str, str], texts: Sequence[str]) -> tuple[dict[int, int], dict[str, int], set[str]]:
    """Rows with the person that was chosen; words with their course; words that count. What is no number is passed
    over: that nothing else is taken than what was offered, the verb sees to."""
    people, courses = {}, {}
    for name, value in form.items():
        kind, _sign, key = name.partition("-")
        row, chosen = number(key), number(value)
        if kind == "person" and row is not None and chosen is not None:
            people[row] = chosen
        elif kind == "course" and row is not None and chosen is not None and row < len(texts):
            courses[texts[row]] = chosen
    ticked = {number(value) for value in form.getlist("counts")}
    counts = {words for place, words in enumerate(texts) if place in ticked}
    return people, courses, counts
