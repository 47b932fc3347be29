"""Shapes of what learners and trainers send."""

from wtforms import Form, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from app.accounts import people_forms
from app.platform.i18n import lazy
from app.platform.web.forms import number
from app.quizzes.rules.limits import LONGEST_WINDOW
from app.quizzes.rules.readings import LONGEST_TEXT
from app.sessions.rules.codes import normal_code


class CodeForm(Form):
    """The code of a training session."""

    code = StringField(
        lazy("Code of your training"),
        [DataRequired(lazy("Enter the code that your trainer shows.")), Length(max=40)],
        filters=[lambda text: normal_code(text or "")],
    )


class PinForm(people_forms.PinForm):
    """Who one is, and the PIN that proves it."""

    person = HiddenField(validators=[InputRequired()])

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


class LastCodesForm(Form):
    """Codes that a person without network showed to the trainer."""

    person = SelectField(lazy("Person"), coerce=int)
    codes = TextAreaField(
        lazy("Codes"),
        [DataRequired(lazy("Write the codes that the person showed.")), Length(max=400)],
        render_kw={"rows": 3},
    )


class LastWordsForm(Form):
    """An answer in words or numbers, with the code of its question, as a person without network showed it."""

    whose = SelectField(lazy("Person"), coerce=int)
    code = StringField(
        lazy("Code of the question"), [DataRequired(lazy("Write the code that the person showed.")), Length(max=40)]
    )
    words = TextAreaField(
        lazy("Words or numbers below the code"),
        [DataRequired(lazy("Write what stands below the code.")), Length(max=LONGEST_TEXT)],
        render_kw={"rows": 3},
    )
