"""Filling in half-days by a pattern."""

from typing import Any

from wtforms import DateField, IntegerField, SelectField, TimeField, validators

from app.platform.i18n import lazy
from app.platform.web.forms import offered
from app.sessions.forms.parts import OwnForm
from app.sessions.rules.patterns import MOST_TIMES, MOST_WEEKS, Pattern, Wish
from app.sessions.wording import PATTERNS


class PatternForm(OwnForm):
    """Which pattern, from when on. Its fields stand in the form of the plan, with a prefix."""

    kind = SelectField(
        lazy("Pattern"), choices=offered((each.value, words) for each, words in PATTERNS.items())
    )
    first = DateField(lazy("First day"), [validators.InputRequired(lazy("Choose a day."))])
    starts = TimeField(lazy("First start of a day"), [validators.InputRequired(lazy("Say when it starts."))])
    weeks = IntegerField(
        lazy("Weeks between"),
        [
            validators.InputRequired(lazy("Write a whole number.")),
            validators.NumberRange(1, MOST_WEEKS, lazy("Write a number from 1 to 12.")),
        ],
    )
    times = IntegerField(
        lazy("How many weeks"),
        [
            validators.InputRequired(lazy("Write a whole number.")),
            validators.NumberRange(2, MOST_TIMES, lazy("Write a number from 2 to 24.")),
        ],
    )

    def wish(self) -> Wish | None:
        """What is asked for, or None when something is wrong: it is said at its field."""
        if not self.validate():
            return None
        values: tuple[Any, ...] = (self.first.data, self.starts.data, self.weeks.data, self.times.data)
        return Wish(Pattern(self.kind.data), *values)
