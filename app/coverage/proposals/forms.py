"""What is asked of a proposal. The same form asks by its address and, at last, makes the runs."""

from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, TimeField, validators

from app.platform.clock import now
from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm, TickedField

MOST_HALF_DAYS, LARGEST_GROUP, FARTHEST_APART = 12, 200, 60


class GapForm(PlainForm):
    """Which course, and where. The view fills the lists; a choice that is not offered counts as none."""

    programme = SelectField(lazy("Programme"), [validators.Optional()], validate_choice=False)
    course = SelectField(lazy("Course"), [validators.Optional()], validate_choice=False)
    province = SelectField(lazy("Province"), [validators.Optional()], validate_choice=False)
    group = SelectField(lazy("Company group"), [validators.Optional()], validate_choice=False)


class RunForm(PlainForm):
    """For whom, from when on, how many half-days, how large."""

    factory = TickedField(
        lazy("Factories"), [validators.InputRequired(lazy("Choose at least one factory."))], coerce=int
    )
    first = DateField(lazy("Not before"), [validators.InputRequired(lazy("Choose a day."))])
    starts = TimeField(lazy("Starts at"), [validators.InputRequired(lazy("Say when it starts."))])
    half_days = IntegerField(
        lazy("Half-days"), [validators.NumberRange(1, MOST_HALF_DAYS, lazy("Write a number from 1 to 12."))]
    )
    apart = IntegerField(
        lazy("Days from one half-day to the next"),
        [validators.NumberRange(1, FARTHEST_APART, lazy("Write a number from 1 to 60."))],
    )
    largest = IntegerField(
        lazy("People in a group, at most"),
        [validators.NumberRange(1, LARGEST_GROUP, lazy("Write a number from 1 to 200."))],
    )
    language = SelectField(lazy("Language"))
    announce = BooleanField(lazy("Announce them at once and reserve the seats"))
    token = HiddenField()

    def validate_first(self, field: DateField) -> None:
        if field.data and not 0 < (field.data - now().date()).days <= 2 * 366:
            raise validators.ValidationError(_("Choose a day between tomorrow and two years from now."))
