"""Another link for a half-day."""

from wtforms import StringField, validators

from app.platform.i18n import lazy
from app.sessions.forms.parts import NOT_TOO_LONG, OwnForm, is_link, plain


class LinkForm(OwnForm):
    """Where people join from now on."""

    join_url = StringField(
        lazy("Link to join"),
        [validators.DataRequired(lazy("Enter the link.")), NOT_TOO_LONG, is_link],
        filters=[plain],
    )
