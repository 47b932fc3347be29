"""Shapes of the forms of service and entitlement."""

from datetime import date
from typing import Any

from wtforms import DateField, IntegerField, SelectField, StringField, validators

from app.factories.rules import TermKind
from app.factories.structure.labels import VALUES
from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, offered
from app.sessions.service.operations import MOST
from app.sessions.service.rules import Kind, Payer
from app.sessions.service.wording import KINDS, PAYERS

MOST_HOURS = 1000


def _plain(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


class DayField(DateField):
    """A day that must be said."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, [validators.InputRequired(lazy("Choose a day."))], **kwargs)

    def day(self) -> date:
        """The day; only after the form was found sound."""
        assert self.data is not None
        return self.data


class RuleForm(PlainForm):
    """How many hours in person a tier gets."""

    tier = SelectField(lazy("Support tier"), choices=offered(VALUES[TermKind.SUPPORT_TIER].items()))
    hours = IntegerField(
        lazy("Hours in person in a cycle, at least"),
        [
            validators.InputRequired(lazy("Write a number, 0 for none.")),
            validators.NumberRange(0, MOST_HOURS, lazy("Write a number from 0 to 1000.")),
        ],
    )
    rule_from = DayField(lazy("From"))


class ModeForm(PlainForm):
    """How the programme works in a province. The view fills the list of provinces."""

    province = SelectField(lazy("Province"))
    mode = SelectField(lazy("Engagement mode"), choices=offered(VALUES[TermKind.ENGAGEMENT_MODE].items()))
    mode_from = DayField(lazy("From"))


class CycleForm(PlainForm):
    """When a cycle begins."""

    cycle_from = DayField(lazy("The cycle begins on"))


class GrantForm(PlainForm):
    """What is put into an entitlement. Training days may be halves."""

    kind = SelectField(lazy("What"), choices=offered(KINDS.items()), coerce=Kind)
    amount = StringField(
        lazy("How many"),
        [
            validators.InputRequired(lazy("Write how many.")),
            validators.Regexp(r"^-?\d{1,4}([.,][05])?$", message=lazy("Write a number like 3 or 2.5.")),
        ],
        filters=[_plain],
    )
    payer = SelectField(lazy("Paid by"), choices=offered(PAYERS.items()), coerce=Payer)
    note = StringField(
        lazy("Note"),
        [validators.Optional(), validators.Length(max=200, message=lazy("Write at most 200 characters."))],
        filters=[_plain],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Half seats do not exist, and what is taken away needs a reason."""
        sound = bool(super().validate(extra_validators))
        if sound and (self.units() or 0) < 0 and not self.note.data:
            self.note.errors = [str(lazy("Say why something is taken away."))]
            return False
        if sound and (self.units() is None or not 0 < abs(self.units() or 0) <= MOST):
            self.amount.errors = [str(lazy("Write how many, without halves of a seat."))]
            return False
        return sound

    def units(self) -> int | None:
        """The amount as the ledger counts it: half-days, or seats."""
        halves = round(2 * float((self.amount.data or "0").replace(",", ".")))
        if self.kind.data is Kind.HALF_DAYS:
            return halves
        return halves // 2 if halves % 2 == 0 else None


class ChargeForm(PlainForm):
    """What a training session takes."""

    kind = SelectField(lazy("Takes from the entitlement"), coerce=lambda value: Kind(value) if value else None)
    payer = SelectField(lazy("Who pays what goes beyond it"), choices=offered(PAYERS.items()), coerce=Payer)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = offered([("", lazy("Nothing")), *KINDS.items()])
