"""Shapes of what an advisor sends about a sample."""

import re
from secrets import token_hex

from wtforms import DateField, HiddenField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.improvement.cascade.forms import WholeField
from app.improvement.cascade.samples.labels import FOUND
from app.improvement.cascade.samples.rules import MOST_PEOPLE, MOST_SESSIONS, Found
from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, offered

_SENT = re.compile(r"[0-9a-f]{32}")
_SEED = re.compile(r"[0-9a-f]{16}")


class DrawForm(PlainForm):
    """How much to draw."""

    sent_id = HiddenField()
    sessions = WholeField(
        lazy("Sessions"), [InputRequired(), NumberRange(1, MOST_SESSIONS, lazy("Write a number from 1 to 20."))],
        default=3,
    )  # fmt: skip
    people = WholeField(
        lazy("People"), [InputRequired(), NumberRange(0, MOST_PEOPLE, lazy("Write a number from 0 to 50."))], default=5
    )
    since = DateField(lazy("Only sessions since"), [Optional()])

    @property
    def key(self) -> str:
        """The id of the form; a new one where none was sent."""
        sent = self.sent_id.data or ""
        return sent if _SENT.fullmatch(sent) else token_hex(16)


class FoundForm(PlainForm):
    """What the visit found of one line."""

    found = SelectField(lazy("Found"), choices=offered(FOUND.items()), coerce=Found)
    checked_on = DateField(lazy("Day of the visit"), [InputRequired(lazy("Choose a day."))])
