"""What the address of a record asks for."""

from wtforms import Form, SelectField
from wtforms.validators import Optional

from app.platform.i18n import lazy


class RecordForm(Form):
    """Which entries to show; a choice that is not offered counts as none."""

    kind = SelectField(lazy("Kind"), [Optional()], validate_choice=False)
    course = SelectField(lazy("Course"), [Optional()], validate_choice=False)
