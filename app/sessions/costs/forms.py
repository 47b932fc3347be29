"""The shape of a cost."""

import re
from secrets import token_hex
from typing import Any

from wtforms import HiddenField, SelectField, StringField, validators

from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm, offered
from app.sessions.costs.operations import Paid
from app.sessions.costs.rules import CURRENCIES, example, minor
from app.sessions.service.rules import Payer
from app.sessions.service.wording import PAYERS

_SENT = re.compile(r"[0-9a-f]{32}")


def _plain(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


class CostForm(PlainForm):
    """Who paid how much. Its fields have a name of their own: it stands on a page with other forms."""

    def __init__(self, sent: Any = None, **kwargs: Any) -> None:
        super().__init__(sent, prefix="cost-", **kwargs)

    sent_id = HiddenField(default=lambda: token_hex(16))
    payer = SelectField(lazy("Paid by"), choices=offered(PAYERS.items()), coerce=Payer)
    payer_name = StringField(
        lazy("Name of who paid"),
        [validators.Optional(), validators.Length(max=120, message=lazy("Write at most 120 characters."))],
        filters=[_plain],
    )
    amount = StringField(lazy("Amount"), [validators.InputRequired(lazy("Write how much was paid."))], filters=[_plain])
    currency = SelectField(lazy("Currency"), choices=offered((code, code) for code in CURRENCIES))

    def validate_amount(self, field: StringField) -> None:
        if minor(field.data or "", self.currency.data) is None:
            said = _("Write an amount above nothing, with no sign between thousands: for example %(example)s.",
                     example=example(self.currency.data or ""))
            raise validators.ValidationError(said)

    @property
    def key(self) -> str | None:
        """By which a repeat is recognised; None of what no page sent."""
        sent = self.sent_id.data or ""
        return sent if _SENT.fullmatch(sent) else None

    def paid(self) -> Paid:
        """What was said; only after the form was found sound."""
        amount = minor(self.amount.data or "", self.currency.data) or 0
        return Paid(self.payer.data, self.payer_name.data or "", amount, self.currency.data)
