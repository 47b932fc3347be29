"""Which half-days are held in which way from now on."""

from wtforms import RadioField, SelectField, StringField, validators

from app.platform.i18n import _, lazy
from app.platform.web.forms import TickedField, offered
from app.sessions.forms.parts import NOT_TOO_LONG, OwnForm, is_link, plain
from app.sessions.links.rules import Provider
from app.sessions.links.wording import provider_choices
from app.sessions.rules import Modality
from app.sessions.wording import MODALITIES


class SwitchForm(OwnForm):
    """The half-days are offered by the view."""

    numbers = TickedField(
        lazy("Half-days"), [validators.InputRequired(lazy("Choose at least one half-day."))], coerce=int
    )
    modality = RadioField(
        lazy("How people meet"),
        [validators.InputRequired(lazy("Choose how people meet."))],
        choices=offered((each.value, words) for each, words in MODALITIES.items()),
    )
    provider = SelectField(
        lazy("How people join by link"), choices=provider_choices, default=Provider.PASTED.value
    )
    join_url = StringField(
        lazy("Link to join"), [validators.Optional(), NOT_TOO_LONG, is_link], filters=[plain]
    )

    def needs_link(self, *, has_link: bool) -> bool:
        """Whether the link is missing; it is said at its field."""
        is_made = self.provider.data != Provider.PASTED
        if self.modality.data == Modality.IN_PERSON or self.join_url.data or has_link or is_made:
            return False
        self.join_url.errors = [_("Enter the link with which people join.")]
        return True
