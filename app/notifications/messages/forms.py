"""Shape of the form for a message."""

from typing import Any

from wtforms import HiddenField, RadioField, StringField, TextAreaField, ValidationError, validators
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs

from app.notifications.messages.operations import Message
from app.notifications.messages.rules import LONGEST_SUBJECT, LONGEST_TEXT, Audience, is_token, plain
from app.notifications.messages.wording import AUDIENCES
from app.platform.i18n import _, lazy
from app.platform.mail.address import is_one_line
from app.platform.web.forms import PlainForm


def _stripped(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


def _plain(text: Any) -> Any:
    return plain(text) if isinstance(text, str) else text


class MessageForm(PlainForm):
    """To whom, and what."""

    audience = RadioField(
        lazy("To whom?"),
        [validators.InputRequired(lazy("Say who is meant."))],
        choices=[SelectChoice(each.value, label) for each, label in AUDIENCES.items()],
        default=Audience.BOOKED.value,
    )
    subject = StringField(
        lazy("Subject"),
        [
            validators.DataRequired(lazy("Say in a few words what it is about.")),
            validators.Length(max=LONGEST_SUBJECT, message=lazy("Say it in at most 120 characters.")),
        ],
        filters=[_stripped],
    )
    words = TextAreaField(
        lazy("Your message"),
        [
            validators.DataRequired(lazy("Write your message.")),
            validators.Length(max=LONGEST_TEXT, message=lazy("Write at most 4,000 characters.")),
        ],
        filters=[_plain],
    )
    token = HiddenField()

    def validate_subject(self, field: StringField) -> None:
        if not is_one_line(field.data or ""):
            raise ValidationError(_("The subject must be one line."))

    def validate_token(self, field: HiddenField) -> None:
        if not is_token(field.data or ""):
            raise ValidationError(_("This form is not complete. Open the page again."))

    @property
    def message(self) -> Message:
        """What a valid form says."""
        return Message(
            Audience(self.audience.data), self.subject.data or "", self.words.data or "", self.token.data or ""
        )
