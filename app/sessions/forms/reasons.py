"""Why something is decided about a training session."""

from wtforms import TextAreaField, validators

from app.platform.i18n import lazy
from app.sessions.forms.parts import OwnForm, plain
from app.sessions.operations.states import LONGEST_REASON

_NOT_LONG = validators.Length(max=LONGEST_REASON, message=lazy("Say it in at most 500 characters."))


class CancellationForm(OwnForm):
    """Why a training session is called off."""

    reason = TextAreaField(
        lazy("Reason"),
        [validators.DataRequired(lazy("Say why. The factories will read it.")), _NOT_LONG],
        filters=[plain],
    )


class PostponementForm(CancellationForm):
    """Why it is held later."""


class ReopeningForm(OwnForm):
    """Why a closed one is opened again."""

    reason = TextAreaField(
        lazy("Reason"),
        [validators.DataRequired(lazy("Say why. It is shown with the training session.")), _NOT_LONG],
        filters=[plain],
    )
