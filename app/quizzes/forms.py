"""Shapes of what learners and trainers send."""

from wtforms import Form, HiddenField, IntegerField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from app.platform.i18n import lazy
from app.platform.i18n.formats import ascii_digits
from app.quizzes.rules.limits import LONGEST_WINDOW
from app.sessions.rules.codes import normal_code

_LARGEST_ID = 2**31 - 1
_MOST_DIGITS = 10


def _digits(text: str | None) -> str:
    """Digits of any script, without the spaces that people and keyboards put between them."""
    return "".join(ascii_digits(text or "").split())


class CodeForm(Form):
    """The code of a training session."""

    code = StringField(
        lazy("Code of your training"),
        [DataRequired(lazy("Enter the code that your trainer shows.")), Length(max=40)],
        filters=[lambda text: normal_code(text or "")],
    )


class PinForm(Form):
    """Who one is, and the PIN that proves it."""

    person = HiddenField(validators=[InputRequired()])
    pin = PasswordField(
        lazy("Your PIN"), [DataRequired(lazy("Enter your PIN.")), Length(max=40)], filters=[_digits]
    )

    @property
    def person_id(self) -> int | None:
        return number(self.person.data)


class WindowForm(Form):
    """For how long a quiz opens."""

    minutes = IntegerField(
        lazy("Minutes"),
        [
            InputRequired(lazy("Enter the minutes.")),
            NumberRange(1, LONGEST_WINDOW, lazy("Choose between 1 and %(max)s minutes.")),
        ],
        default=45,
    )


def number(text: str | None) -> int | None:
    """A whole number that the database can hold, or None."""
    if not text or len(text) > _MOST_DIGITS or not text.isascii() or not text.isdigit():
        return None
    return int(text) if int(text) <= _LARGEST_ID else None
