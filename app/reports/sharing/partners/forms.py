"""Of which period the numbers are."""

from datetime import date
from typing import Any

from wtforms import SelectField, validators

from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, offered
from app.reports.rules.period import Span
from app.reports.sharing.labels import period
from app.reports.sharing.rules import key_of, periods


class PeriodForm(PlainForm):
    """One of a closed list, the latest where the address says nothing else."""

    period = SelectField(lazy("Period"), [validators.Optional()], validate_choice=False)

    def __init__(self, day: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._spans = {key_of(span): span for span in periods(day)}
        self.period.choices = offered((key, period(span)) for key, span in self._spans.items())
        if self.period.data not in self._spans:
            self.period.data = next(iter(self._spans))

    @property
    def span(self) -> Span:
        return self._spans[self.period.data]
