"""Shape of a consent."""

import re
from datetime import date
from secrets import token_hex
from typing import Any

from wtforms import DateField, HiddenField, SelectField, StringField, validators

from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, TickedField, offered
from app.reports.rules.period import Span
from app.reports.sharing.labels import TITLES, period
from app.reports.sharing.operations import Wanted
from app.reports.sharing.rules import Aggregate, key_of, periods

_SENT = re.compile(r"[0-9a-f]{32}")


def _plain(text: Any) -> Any:
    return " ".join(text.split()) if isinstance(text, str) else text


class ConsentForm(PlainForm):
    """What to show, to whom and until when."""

    sent_id = HiddenField()
    seen = HiddenField()
    """The mark of the figures that were looked at."""
    buyer = StringField(
        lazy("Buyer"),
        [
            validators.InputRequired(lazy("Write the name of the buyer.")),
            validators.Length(max=120, message=lazy("Write at most 120 characters.")),
        ],
        filters=[_plain],
    )
    period = SelectField(lazy("Period"))
    aggregates = TickedField(
        lazy("What the buyer sees"), [validators.DataRequired(lazy("Choose at least one figure."))],
        choices=offered((each.value, label) for each, label in TITLES.items()), coerce=Aggregate,
    )
    last_day = DateField(lazy("Last day on which the link works"), [validators.InputRequired(lazy("Choose a day."))])

    def __init__(self, day: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._spans = {key_of(span): span for span in periods(day)}
        self.period.choices = offered((key, period(span)) for key, span in self._spans.items())

    @property
    def span(self) -> Span:
        """Only after the form was found sound."""
        return self._spans[self.period.data]

    @property
    def sent(self) -> str:
        sent = self.sent_id.data or ""
        return sent if _SENT.fullmatch(sent) else token_hex(16)

    def wanted(self) -> Wanted:
        """What it says. Only after the form was found sound."""
        assert self.last_day.data
        return Wanted(self.buyer.data or "", self.span, self.aggregates.data or (), self.last_day.data)
