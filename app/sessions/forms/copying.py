"""Making a training session of another."""

from wtforms import BooleanField, DateField, IntegerField, StringField, validators

from app.platform.i18n import _, lazy
from app.platform.web.forms import TickedField
from app.sessions.forms.parts import OwnForm, plain
from app.sessions.operations.copying import MOST_COPIES, MOST_WEEKS
from app.sessions.operations.splitting import LONGEST_NAME

_DAY = (validators.InputRequired(lazy("Choose a day.")),)
_NAME = (
    validators.DataRequired(lazy("Say how people call it.")),
    validators.Length(max=LONGEST_NAME, message=lazy("Write at most 60 characters.")),
)


class CopyForm(OwnForm):
    """The same plan on other days."""

    starts_on = DateField(lazy("First day"), _DAY)
    is_draft = BooleanField(lazy("Keep it as a draft that factories do not see"))


class RepeatForm(OwnForm):
    """The same plan every few weeks."""

    weeks = IntegerField(
        lazy("Weeks from one to the next"),
        [
            validators.InputRequired(lazy("Write a whole number.")),
            validators.NumberRange(1, MOST_WEEKS, lazy("Write a number from 1 to 52.")),
        ],
    )
    times = IntegerField(
        lazy("How many more"),
        [
            validators.InputRequired(lazy("Write a whole number.")),
            validators.NumberRange(1, MOST_COPIES, lazy("Write a number from 1 to 26.")),
        ],
    )
    is_draft = BooleanField(lazy("Keep them as drafts that factories do not see"))


class SplitForm(OwnForm):
    """Who goes to a new cohort. The lists are filled by the view."""

    stays = StringField(lazy("Name of those who stay"), _NAME, filters=[plain])
    goes = StringField(lazy("Name of the new cohort"), _NAME, filters=[plain])
    starts_on = DateField(lazy("First day of the new cohort"), _DAY)
    factories = TickedField(lazy("Everybody of these factories goes"), coerce=int)
    seats = TickedField(lazy("These people go"), coerce=int)

    def names_somebody(self) -> bool:
        """Whether somebody was chosen; it is said when nobody was."""
        if self.factories.data or self.seats.data:
            return True
        self.seats.errors = [_("Choose who goes to the new cohort.")]
        return False
