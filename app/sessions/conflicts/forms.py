"""How conflicts are accepted in a form: fields that any form of planning carries."""

from wtforms import BooleanField, HiddenField, TextAreaField, validators

from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm
from app.sessions.conflicts.operations import LONGEST_REASON


class AcceptanceForm(PlainForm):
    """Which conflicts were shown, whether they are accepted, and why."""

    conflicts_seen = HiddenField()
    conflicts_accepted = BooleanField(lazy("Plan it all the same"))
    conflicts_reason = TextAreaField(
        lazy("Why is it planned all the same?"),
        [validators.Optional(), validators.Length(max=LONGEST_REASON, message=lazy("Use at most 500 letters."))],
        filters=[lambda text: text.strip() if isinstance(text, str) else text],
    )
