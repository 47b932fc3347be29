"""What is asked before grades change, and what is noted when somebody decides."""

from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, offered
from app.quizzes.regrading.rules import STEPS


class ConfirmForm(PlainForm):
    """Why grades change, and that it is known who falls."""

    why = StringField(lazy("Why"), [DataRequired(lazy("Say why.")), Length(max=500)])
    understood = BooleanField(lazy("I know that some people will not have passed any more."))
    shown = HiddenField()


class WhyForm(PlainForm):
    """Why something is decided."""

    why = StringField(lazy("Why"), [DataRequired(lazy("Say why.")), Length(max=500)])


class DecideForm(WhyForm):
    """Whether a late answer counts: which button was pressed."""

    counts = SelectField(choices=offered([("yes", ""), ("no", "")]))


class HandForm(PlainForm):
    """Points for one answer that a person reads; `seen` is the last grade that the page showed."""

    points = IntegerField(
        lazy("Points"), [InputRequired(lazy("Choose the points.")), NumberRange(0, STEPS, lazy("Choose the points."))]
    )
    comment = TextAreaField(lazy("Comment"), [Length(max=2000)])
    seen = IntegerField(validators=[Optional()], default=0)
