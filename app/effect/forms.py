"""Shapes of the forms of this room."""

from typing import Any, ClassVar

from wtforms import DateField, FileField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from app.effect.files.headings import WEEKLY
from app.effect.labels import FIELDS
from app.effect.operations import LineSaid
from app.factories.headcounts.forms import FileForm as ListForm
from app.factories.labels import SEXES
from app.factories.rules import Sex
from app.platform.i18n import _, lazy
from app.platform.tables import column_number
from app.platform.web.forms import PlainForm, offered

_LETTERS = r"\s*[A-Za-z]{1,3}\s*\Z"


class _ListForm(ListForm):
    """A file; for headings that are not understood the letters of columns, as spreadsheets name them."""

    names: ClassVar[tuple[str, ...]]

    @property
    def columns(self) -> dict[str, int]:
        """The number of each column that was written."""
        written = {name: (self[f"column_{name}"].data or "").strip() for name in self.names}
        return {name: column_number(letters) for name, letters in written.items() if letters}

    @property
    def of_columns(self) -> list[Any]:
        """The fields of columns, for the page."""
        return [self[f"column_{name}"] for name in self.names]


def _letters(name: str) -> StringField:
    return StringField(FIELDS[name], [Optional(), Regexp(_LETTERS, message=lazy("Write letters, such as C."))])


class FileForm(_ListForm):
    """A file of weekly figures."""

    names = WEEKLY

    file = FileField(
        lazy("File of weekly figures"), [InputRequired(lazy("Choose a file."))],
        render_kw={"accept": ".xlsx,.ods,.csv,.tsv"})
    (column_factory, column_line, column_year, column_week, column_operators, column_minutes, column_sam, column_pieces,
     column_defects, column_efficiency) = map(_letters, WEEKLY)


class TrainingsForm(_ListForm):
    """A file that says when supervisors of lines were trained."""

    names = ("factory", "line", "sex", "course", "trained_on")
    file = FileField(
        lazy("File of trainings"), [InputRequired(lazy("Choose a file."))],
        render_kw={"accept": ".xlsx,.ods,.csv,.tsv"})
    course = StringField(lazy("Course that counts"), [Optional(), Length(max=80)])
    column_factory, column_line, column_sex, column_course, column_trained_on = map(_letters, names)


class TrainingForm(PlainForm):
    """Whether and when the supervisor of a line was trained."""

    line = SelectField(lazy("Line"), [InputRequired(lazy("Choose a line."))])
    trained_on = DateField(lazy("Day on which the training was completed"), [Optional()])
    sex = RadioField(
        lazy("Sex of the supervisor"), [Optional()],
        choices=offered([("", lazy("Not known")), *((sex.value, SEXES[sex]) for sex in (Sex.F, Sex.M))]), default="")

    def said(self) -> LineSaid:
        """What was written; the form is valid."""
        sex: Any = self.sex.data
        return LineSaid(str(self.line.data), self.trained_on.data, Sex(sex) if sex else None)


class EffectForm(PlainForm):
    """Of which programme, which course, and which training sessions. The view fills programmes and courses."""

    programme = SelectField(lazy("Programme"), [Optional()], validate_choice=False)
    course = SelectField(lazy("Course"), [Optional()])
    since = DateField(lazy("Training ended from"), [Optional()])
    until = DateField(lazy("To, this day included"), [Optional()])

    def validate_until(self, field: DateField) -> None:
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError(_("Choose a last day after the first one."))
