"""Shape of the form that asks to be told."""

from typing import Any

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from app.access.actor import Actor
from app.api.sent import sent_id
from app.api.tokens.queries import programmes
from app.api.webhooks.labels import HAPPENINGS
from app.api.webhooks.operations import Wanted
from app.api.webhooks.rules import TOLD, Happening
from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm, TickedField, number, offered


class WebhookForm(PlainForm):
    """A receiver to be."""

    sent_id = HiddenField()
    name = StringField(lazy("Which program it is"), [DataRequired(lazy("Say which program it is.")), Length(max=100)])
    url = StringField(lazy("Address"), [DataRequired(lazy("Write the address.")), Length(max=500)])
    happenings = TickedField(
        lazy("What it is told"),
        [DataRequired(lazy("Choose at least one."))],
        choices=offered((each, HAPPENINGS[each]) for each in TOLD),
        coerce=Happening,
    )
    programme = SelectField(lazy("Only this programme"), default="")

    def __init__(self, actor: Actor, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        own = [(str(each), name) for each, name in programmes(actor)]
        self.programme.choices = offered([("", _("All that I see")), *own])

    def wanted(self) -> Wanted:
        """What it says. Only of a valid form."""
        return Wanted(
            sent_id=sent_id(self.sent_id.data), name=(self.name.data or "").strip(),
            url=(self.url.data or "").strip(), happenings=self.happenings.data or (),
            programme_id=number(self.programme.data),
        )  # fmt: skip
