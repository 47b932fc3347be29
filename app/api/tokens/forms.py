"""Shape of the form that makes a token."""

import re
from typing import Any

from wtforms import DateField, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.access.actor import Actor
from app.api.sent import sent_id
from app.api.tokens import queries
from app.api.tokens.labels import SCOPES
from app.api.tokens.operations import Wanted
from app.api.tokens.rules import TokenScope, offered
from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm, TickedField
from app.platform.web.forms import number as whole
from app.platform.web.forms import offered as choices_of

_BETWEEN = re.compile(r"[\s,;]+")


class TokenForm(PlainForm):
    """A token to be made."""

    sent_id = HiddenField()
    name = StringField(
        lazy("Which program uses it"), [DataRequired(lazy("Say which program uses it.")), Length(max=100)]
    )
    scopes = TickedField(lazy("What it may do"), [DataRequired(lazy("Choose at least one."))], coerce=TokenScope)
    programme = SelectField(lazy("Only this programme"), default="")
    factories = StringField(lazy("Only these factories"), [Optional(), Length(max=4000)])
    last_day = DateField(lazy("Last day on which it works"), [InputRequired(lazy("Choose a day."))])

    def __init__(self, actor: Actor, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.scopes.choices = choices_of((scope, SCOPES[scope]) for scope in offered(actor.permissions))
        programmes = [(str(each), name) for each, name in queries.programmes(actor)]
        self.programme.choices = choices_of([("", _("All that I see")), *programmes])

    @property
    def has_programmes(self) -> bool:
        """Whether there is anything to choose."""
        return len(list(self.programme.choices or ())) > 1

    def wanted(self) -> Wanted:
        """What it says. Only of a valid form."""
        assert self.last_day.data
        return Wanted(
            sent_id=sent_id(self.sent_id.data), name=(self.name.data or "").strip(),
            scopes=self.scopes.data or (), last_day=self.last_day.data, programme_id=whole(self.programme.data),
            factories=[code for code in _BETWEEN.split(self.factories.data or "") if code],
        )  # fmt: skip
