"""Shapes of the forms of line productivity."""

from typing import Any

from wtforms import DateField, FileField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from app.effect.operations import LineSaid
from app.factories.headcounts.forms import FileForm as ListForm
from app.factories.labels import SEXES
from app.factories.rules import Sex
from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, offered


class FileForm(ListForm):
    """A file of weekly figures."""

    file = FileField(
        lazy("File of weekly figures"), [InputRequired(lazy("Choose a file."))],
        render_kw={"accept": ".xlsx,.ods,.csv,.tsv"})


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
