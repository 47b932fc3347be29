"""Shapes of what is said of one person's work at a factory."""

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.factories import labels
from app.factories.operations import Hire, Terms
from app.factories.people_forms import clean, printable
from app.factories.roster.numbers import number_key
from app.factories.rules import EndReason, JobRole, Sex
from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm, offered

_DAY = InputRequired(lazy("Choose a day."))
_TOO_LONG = Length(max=200, message=lazy("The text is too long."))
_ENDS = (EndReason.LEFT, EndReason.MOVED_FACTORY)


def _text(label: Any, *validators: Any) -> StringField:
    return StringField(label, [*(validators or [Optional()]), _TOO_LONG, printable], filters=[clean])


def _roles() -> list[Any]:
    return offered([("", labels.ROLES[None]), *((role.value, labels.ROLES[role]) for role in JobRole)])


def _sexes() -> list[Any]:
    return offered([("", labels.ONE_SEX[None]), *((sex.value, labels.ONE_SEX[sex]) for sex in Sex)])


class WorkForm(PlainForm):
    """Role and line from a day on. `line` offers what the caller puts in."""

    role = SelectField(lazy("Role"), [Optional()], choices=_roles)
    designation = _text(lazy("Designation"))
    line = SelectField(lazy("Line"), [Optional()], choices=[])
    day = DateField(lazy("From"), [_DAY])

    def offer_lines(self, lines: Iterable[tuple[int, str]]) -> None:
        """Lines to choose from, as (id, name)."""
        self.line.choices = offered([("", _("None")), *((str(key), name) for key, name in lines)])

    def terms(self) -> Terms:
        """What was chosen; the form is valid."""
        role, line = self.role.data, self.line.data
        return Terms(JobRole(role) if role else None, self.designation.data, int(line) if line else None)


class HireForm(WorkForm):
    """Somebody who works at the factory and is in no list yet."""

    name = _text(lazy("Name in Latin letters"), InputRequired(lazy("Enter a name.")))
    local_name = _text(lazy("Name in the local script"))
    sex = SelectField(lazy("Sex"), [Optional()], choices=_sexes)
    employee_number = _text(lazy("Employee number"), InputRequired(lazy("Write the employee number.")))

    def validate_employee_number(self, field: Any) -> None:
        if not number_key(field.data or ""):
            raise ValidationError(_("Write the employee number."))

    def hire(self) -> Hire:
        """Who it is; the form is valid."""
        sex = Sex(self.sex.data) if self.sex.data else None
        return Hire(str(self.name.data), self.local_name.data, sex, str(self.employee_number.data))


class EndForm(PlainForm):
    """Since when somebody no longer works at the factory, and why."""

    day = DateField(lazy("First day away"), [_DAY])
    reason = SelectField(
        lazy("Why"), [InputRequired()], choices=lambda: offered((each, labels.END_REASONS[each]) for each in _ENDS),
        coerce=EndReason)
