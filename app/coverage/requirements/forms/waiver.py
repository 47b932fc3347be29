"""What is asked before somebody is exempted, and when something is to end."""

from typing import Any

from wtforms import DateField, Field, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from app.coverage.requirements import labels
from app.coverage.requirements.checks import is_wrong_term
from app.coverage.requirements.operations import Waived
from app.coverage.requirements.rules import WaiverReason
from app.factories.structure.texts import plain
from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm, offered

WHOLE = 0
"""Stands for the whole factory where a person could stand."""
_DAY = InputRequired(lazy("Choose a day."))


class WaiverForm(PlainForm):
    """A waiver; `requirement` and `person` offer what the caller puts in."""

    requirement = SelectField(
        lazy("Requirement"), [InputRequired(lazy("Choose a requirement."))], coerce=int, choices=[])
    person = RadioField(
        lazy("For whom"), [InputRequired(lazy("Choose for whom."))], coerce=int, choices=[], default=WHOLE)
    reason = SelectField(
        lazy("Reason"), [InputRequired(lazy("Choose a reason."))], coerce=WaiverReason,
        choices=offered(labels.REASONS.items()))
    note = StringField(
        lazy("A few words more"), [Length(max=200, message=lazy("The text is too long."))], filters=[plain])
    starts_on = DateField(lazy("From"), [_DAY])
    ends_on = DateField(lazy("Until before"), [_DAY])

    def validate_ends_on(self, field: Field) -> None:
        if field.data and self.starts_on.data and is_wrong_term(self.starts_on.data, field.data):
            raise ValidationError(_("An exemption lasts from one day to a year."))

    def waived(self) -> Waived:
        """What was chosen; the form is valid."""
        starts_on: Any = self.starts_on.data
        ends_on: Any = self.ends_on.data
        return Waived(
            int(self.requirement.data or 0), self.person.data or None, WaiverReason(self.reason.data),
            self.note.data or "", starts_on, ends_on)


class EndForm(PlainForm):
    """The first day on which something no longer holds."""

    day = DateField(lazy("Does not hold any more from"), [_DAY])
