"""Choosing how people join a half-day by link."""

from typing import Any

from wtforms import RadioField, StringField, validators

from app.platform.i18n import _, lazy
from app.sessions.forms.parts import NOT_TOO_LONG, OwnForm, is_link, plain
from app.sessions.links.rules import Provider
from app.sessions.links.wording import provider_choices


class ProviderForm(OwnForm):
    """Who carries the half-day; the link when somebody pastes one."""

    provider = RadioField(
        lazy("How people join by link"),
        [validators.InputRequired(lazy("Choose how people join."))],
        choices=provider_choices,
    )
    join_url = StringField(
        lazy("Link to join"),
        [validators.Optional(), NOT_TOO_LONG, is_link],
        filters=[plain],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """A pasted link must be there."""
        sound = bool(super().validate(extra_validators))
        if sound and self.provider.data == Provider.PASTED and not self.join_url.data:
            self.join_url.errors = [_("Enter the link with which people join.")]
            return False
        return sound
