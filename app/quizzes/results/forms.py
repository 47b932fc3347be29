"""Which answers a page is about."""

from wtforms import Form, SelectField
from wtforms.validators import Optional

from app.platform.i18n import lazy
from app.platform.web.forms import number


class FilterForm(Form):
    """A programme, a training session."""

    programme = SelectField(lazy("Programme"), [Optional()], validate_choice=False)
    training = SelectField(lazy("Training session"), [Optional()], validate_choice=False)

    @property
    def programme_id(self) -> int | None:
        return number(self.programme.data)

    @property
    def training_id(self) -> int | None:
        return number(self.training.data)
