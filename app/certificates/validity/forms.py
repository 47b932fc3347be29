"""Shapes of the forms that end a certificate."""

from collections.abc import Sequence

from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.certificates.labels import REASONS
from app.certificates.rules import Reason
from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, offered


class EndingForm(PlainForm):
    """Why, for everybody to read, and a note for the office. `offer` says which reasons there are."""

    reason = RadioField(lazy("Why? Whoever checks the certificate reads it."), [InputRequired(lazy("Choose one."))])
    note = TextAreaField(
        lazy("Note for the office"), [Optional(), Length(max=1000, message=lazy("The text is too long."))]
    )

    def offer(self, reasons: Sequence[Reason]) -> "EndingForm":
        """With these reasons to choose from; a single one is chosen."""
        self.reason.choices = offered((reason.value, REASONS[reason]) for reason in reasons)
        if len(reasons) == 1 and not self.reason.data:
            self.reason.data = reasons[0].value
        return self
