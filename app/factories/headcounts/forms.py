"""Shapes of the headcount forms."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import DateField, Field, FileField, SelectField, StringField
from wtforms.validators import InputRequired, StopValidation, ValidationError

from app.factories.headcounts import labels
from app.factories.headcounts.numbers import read_count
from app.factories.headcounts.rules import Said
from app.factories.labels import ROLES, SEXES
from app.factories.rules import JobRole, Sex
from app.factories.structure.texts import plain
from app.platform.i18n import _, lazy
from app.platform.i18n.formats import format_number
from app.platform.web.forms import PlainForm, offered

LONGEST_NAME = 200
MOST_LINES, MOST_SHIFTS = 5000, 10


class CountField(StringField):
    """A whole number from 0, in the digits of any script and with separators."""

    @property
    def number(self) -> int | None:
        """What is written; None for nothing, and for what is no number."""
        return read_count(self.data) if self.data else None

    @property
    def is_clear(self) -> bool:
        """Whether it is a number or nothing at all."""
        return not self.data or self.number is not None


class _Count:
    """Says what is no number; a field that is needed is checked by the form."""

    def __init__(self, most: int | None, *, is_needed: bool) -> None:
        self.most, self.field_flags = most, {"required": True} if is_needed else {}

    def __call__(self, _form: Any, field: Any) -> None:
        if not field.is_clear:
            raise StopValidation(str(_("Write a whole number from 0.")))
        if self.most is not None and (field.number or 0) > self.most:
            raise StopValidation(str(_("Write a number from 0 to %(most)s.", most=format_number(self.most))))


def _count(label: Any, most: int | None = None, *, is_needed: bool = False) -> CountField:
    kept = {"inputmode": "numeric", "autocomplete": "off"}
    return CountField(label, [_Count(most, is_needed=is_needed)], filters=[plain], render_kw=kept)


def _name(role: JobRole, sex: Sex) -> str:
    return f"{role.value}_{sex.value}"


CELLS = tuple((role, sex) for role in JobRole for sex in Sex)


class _HeadcountForm(PlainForm):
    as_of = DateField(lazy("As of"), [InputRequired(lazy("Choose a day."))])
    source = SelectField(
        lazy("Source"), [InputRequired()], choices=offered((name, labels.SOURCES[name]) for name in labels.BY_HAND))
    total = _count(lazy("All people together"), is_needed=True)
    lines = _count(lazy("Number of lines"), MOST_LINES)
    shifts = _count(lazy("Number of shifts"), MOST_SHIFTS)
    under_18 = _count(lazy("Of them under 18"))
    migrants = _count(lazy("Of them migrant workers"))

    last_day: date | None = None
    """The day after which nothing can be declared yet: today where the factory is."""

    def validate_as_of(self, field: Field) -> None:
        if field.data and self.last_day and field.data > self.last_day:
            raise ValidationError(_("The day lies in the future."))

    def rows(self) -> Iterator[tuple[JobRole, list[tuple[Sex, Any]]]]:
        """The fields of the table, role by role."""
        for role in JobRole:
            yield role, [(sex, self[_name(role, sex)]) for sex in Sex]

    def validate_total(self, _field: Field) -> None:
        if not self._is_clear:
            return
        written, added = self.total.number, self._people
        if written is None:
            raise ValidationError(_("Write how many people there are together, so that a slip shows."))
        if written != added:
            said = {"added": format_number(added), "written": format_number(written)}
            raise ValidationError(_("The single numbers add up to %(added)s, not to %(written)s.", **said))
        if not written:
            raise ValidationError(_("Write at least one number of people."))

    def validate_under_18(self, field: Field) -> None:
        self._is_part(field)

    def validate_migrants(self, field: Field) -> None:
        self._is_part(field)

    def _is_part(self, field: Any) -> None:
        if self._is_clear and (field.number or 0) > self._people:
            raise ValidationError(_("These are more people than there are together."))

    @property
    def _is_clear(self) -> bool:
        return all(each.is_clear for each in self._cells().values())

    @property
    def _people(self) -> int:
        return sum(self._counts().values())

    def _counts(self) -> dict[tuple[JobRole | None, Sex | None], int]:
        numbers = {cell: each.number for cell, each in self._cells().items()}
        return {cell: number for cell, number in numbers.items() if number}

    def _cells(self) -> dict[tuple[JobRole, Sex], Any]:
        return {cell: self[_name(*cell)] for cell in CELLS}

    def said(self) -> Said:
        """What was written; the form is valid."""
        day: Any = self.as_of.data
        return Said(
            day, str(self.source.data), self._counts(), self.lines.number, self.shifts.number, self.under_18.number,
            self.migrants.number)


def _cell(role: JobRole, sex: Sex) -> CountField:
    return _count(lazy("%(role)s, %(sex)s", role=ROLES[role], sex=SEXES[sex]))


HeadcountForm: Any = type(
    "HeadcountForm", (_HeadcountForm,), {_name(role, sex): _cell(role, sex) for role, sex in CELLS})
"""A snapshot by hand: a field for each role and sex, and a total to check them by."""


class FileForm(PlainForm):
    """A headcount file."""

    file = FileField(
        lazy("Headcount file"), [InputRequired(lazy("Choose a file."))], render_kw={"accept": ".xlsx,.ods,.csv,.tsv"})

    def validate_file(self, field: FileField) -> None:
        if not isinstance(field.data, FileStorage):
            raise ValidationError(_("Choose a file."))

    @property
    def file_name(self) -> str:
        return str(self.file.data.filename)[-LONGEST_NAME:]

    def read(self) -> bytes:
        """The bytes of the file, also when the request runs a second time."""
        self.file.data.stream.seek(0)
        return bytes(self.file.data.read())
