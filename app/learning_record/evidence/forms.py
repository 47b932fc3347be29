"""Of which time a pack is wanted."""

from datetime import date

from wtforms import DateField
from wtforms.validators import InputRequired

from app.learning_record.evidence.rules import Period
from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm

_DAY = lazy("Choose a day.")


class PackForm(PlainForm):
    """The time, and the day as of which it is known."""

    since = DateField(lazy("First day"), [InputRequired(_DAY)])
    until = DateField(lazy("Last day"), [InputRequired(_DAY)])
    at = DateField(
        lazy("As it was known at the end of"), [InputRequired(_DAY)],
        description=lazy("What was written down later is not in it. For the same day the file is always the same."))

    @property
    def period(self) -> Period:
        since, until, at = (each.data or date.min for each in (self.since, self.until, self.at))
        return Period(since, until, at)
