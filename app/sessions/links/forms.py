"""Choosing how people join a half-day by link."""

from typing import Any

from wtforms import RadioField, StringField, validators

from app.platform.i18n import _, lazy
from app.platform.web.forms import offered as choices
from app.sessions.forms import OwnForm, is_link
from app.sessions.links.providers import offered
from app.sessions.links.rules import Provider
from app.sessions.links.wording import PROVIDERS


class ProviderForm(OwnForm):
    """Who carries the half-day; the link when somebody pastes one."""

    provider = RadioField(lazy("How do people join?"), [validators.InputRequired(lazy("Choose how people join."))])
    join_url = StringField(
        lazy("Link to join"),
        [validators.Optional(), validators.Length(max=2000, message=lazy("The link is too long.")), is_link],
        filters=[lambda text: text.strip() if isinstance(text, str) else text],
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.provider.choices = choices((kind.value, PROVIDERS[kind]) for kind in offered())

    def validate(self, extra_validators: Any = None) -> bool:
        """A pasted link must be there."""
        sound = bool(super().validate(extra_validators))
        if sound and self.provider.data == Provider.PASTED and not self.join_url.data:
            self.join_url.errors = [_("Enter the link with which people join.")]
            return False
        return sound
