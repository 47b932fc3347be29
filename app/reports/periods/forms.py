"""Shapes of what is said about periods."""

from typing import Any

from wtforms import DateField, IntegerField, SelectField, StringField, validators

from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, TickedField
from app.reports.labels import NO_PERIOD, NO_SHARE
from app.reports.rules.facts import SHARES
from app.reports.rules.period import Span, fault


def _plain(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


class PeriodForm(PlainForm):
    """A period that is to be reported. The view fills the programmes."""

    programme = SelectField(lazy("Programme"))
    title = StringField(
        lazy("What the report calls it"),
        [
            validators.InputRequired(lazy("Write a title, for example: first quarter of 2026.")),
            validators.Length(max=120, message=lazy("Write at most 120 characters.")),
        ],
        filters=[_plain],
    )
    since = DateField(lazy("From"), [validators.InputRequired(lazy("Choose a day."))])
    until = DateField(lazy("To, this day included"), [validators.InputRequired(lazy("Choose a day."))])

    def validate_until(self, field: DateField) -> None:
        if self.since.data and field.data and fault(Span(self.since.data, field.data)):
            raise validators.ValidationError(str(NO_PERIOD))

    @property
    def span(self) -> Span:
        """Only after the form was found sound."""
        assert self.since.data
        assert self.until.data
        return Span(self.since.data, self.until.data)


class SettingsForm(PlainForm):
    """What reports of a programme go by. The view fills the list of courses."""

    courses = TickedField(lazy("Courses that lead to promotion"), [validators.Optional()])
    committee_share = IntegerField(
        lazy("Members of each side of a committee who must be trained, of 100"),
        [
            validators.InputRequired(lazy("Write a number.")),
            validators.NumberRange(SHARES[0], SHARES[-1], NO_SHARE),
        ],
    )
