"""Who is nominated, and where they join from."""

from wtforms import RadioField, validators

from app.platform.i18n import lazy
from app.platform.web.forms import TickedField
from app.sessions.forms.parts import OwnForm


class NominationForm(OwnForm):
    """The lists are filled by the view."""

    site = RadioField(
        lazy("Where will they join from?"),
        [validators.InputRequired(lazy("Choose where they join from."))],
        coerce=int,
    )
    people = TickedField(
        lazy("People"), [validators.InputRequired(lazy("Choose at least one person."))], coerce=int
    )
