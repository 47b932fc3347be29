"""What somebody is allowed, as a form. Times are those of the clock on the wall of the programme."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm, offered
from app.quizzes.allowed.operations import Wanted
from app.quizzes.allowed.queries import Who

_TIMES = offered(
    [
        ("", lazy("As the quiz says")),
        ("1.25", lazy("A quarter more")),
        ("1.5", lazy("Half as much again")),
        ("2", lazy("Twice the time")),
        ("none", lazy("No time limit")),
    ]
)
_AT = "%Y-%m-%dT%H:%M"


class AllowanceForm(PlainForm):
    """Who is allowed what, and why."""

    who = SelectField(lazy("For whom"))
    time = SelectField(lazy("Time"), choices=_TIMES)
    attempts = IntegerField(
        lazy("Attempts"), [Optional(), NumberRange(1, 50, lazy("Choose between %(min)s and %(max)s."))]
    )
    opens = DateTimeLocalField(lazy("Open from"), [Optional()], format=[_AT])
    closes = DateTimeLocalField(lazy("Open until"), [Optional()], format=[_AT])
    why = StringField(lazy("Why"), [DataRequired(lazy("Say why.")), Length(max=500)])

    def offer(self, people: Sequence[Who]) -> None:
        """Who can be chosen: the people with a seat, and their factories."""
        self.who.choices = offered((each.key, each.label) for each in people)

    def wanted(self, zone: str) -> Wanted:
        """What was entered; call it after `validate`."""
        kind, _sign, number = str(self.who.data).partition(":")
        return Wanted(
            person_id=int(number) if kind == "person" else None,
            factory_id=int(number) if kind == "factory" else None,
            extra=Decimal(self.time.data) if self.time.data not in {"", "none"} else None,
            untimed=self.time.data == "none",
            attempts=self.attempts.data,
            opens_at=_moment(self.opens.data, zone),
            closes_at=_moment(self.closes.data, zone),
            why=self.why.data or "",
        )

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        opens, closes = self.opens.data, self.closes.data
        if opens and not closes:
            self.closes.errors = [_("Say until when.")]
        elif opens and closes and closes <= opens:
            self.closes.errors = [_("The end must come after the beginning.")]
        elif not (self.time.data or self.attempts.data or closes):
            self.form_errors.append(_("Choose what is allowed: time, attempts or other dates."))
        return not self.errors


def _moment(wall: datetime | None, zone: str) -> datetime | None:
    return None if wall is None else wall.replace(tzinfo=ZoneInfo(zone))
