"""What somebody wants to be told."""

from wtforms import BooleanField

from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm


class ChoicesForm(PlainForm):
    """The choices of the own account."""

    digests = BooleanField(lazy("Once a week a mail that says what comes and what waits"))
    reminders = BooleanField(lazy("Reminders before training sessions"))
