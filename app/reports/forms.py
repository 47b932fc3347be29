"""What the address of a report asks for."""

from collections.abc import Mapping
from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.validators import AnyOf, Optional

from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, offered
from app.reports.labels import NO_PERIOD, SPLITS
from app.reports.rules.facts import Split
from app.reports.rules.period import Span, fault


class ReportForm(PlainForm):
    """Of which programme, from when to when, by what. The view fills the programmes."""

    programme = SelectField(lazy("Programme"), [Optional()], validate_choice=False)
    since = DateField(lazy("From"), [Optional()])
    until = DateField(lazy("To, this day included"), [Optional()])
    by = SelectField(lazy("Told apart by"))
    q = StringField(lazy("Name"), render_kw={"dir": "auto", "maxlength": "100"})

    def __init__(self, *args: Any, default: Span, splits: Mapping[Split, Any] = SPLITS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by.choices = offered((each.value, label) for each, label in splits.items())
        self._default = default
        self.since.data = self.since.data or (default.first if not self.since.raw_data else None)
        self.until.data = self.until.data or (default.last if not self.until.raw_data else None)
        if self.by.data not in {each.value for each in splits}:
            self.by.data = Split.SEX.value

    def validate(self, extra_validators: Any = None) -> bool:
        """Also of a time of which the address says one end only."""
        is_sound = bool(super().validate(extra_validators))
        if is_sound and fault(self.span):
            self.until.errors = [str(NO_PERIOD)]
            return False
        return is_sound

    @property
    def span(self) -> Span:
        return Span(self.since.data or self._default.first, self.until.data or self._default.last)

    @property
    def split(self) -> Split:
        return Split(self.by.data)


class EndingForm(PlainForm):
    """As what a report is taken along."""

    ending = StringField(lazy("As what"), [AnyOf(["xlsx", "csv"])])
