"""Shape of a mark as it is sent."""

from wtforms import Form, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs
from wtforms.validators import AnyOf, InputRequired

from app.attendance import labels
from app.attendance.rules import Mark
from app.platform.i18n import lazy


class MarkForm(Form):
    """A mark, and the id that makes a repeat harmless."""

    mark = RadioField(
        lazy("Mark"),
        [InputRequired(lazy("Choose a mark.")), AnyOf(list(Mark), message=lazy("Choose a mark."))],
        choices=[SelectChoice(mark.value, text) for mark, text in labels.MARKS.items()],
        validate_choice=False,
    )
    mark_id = HiddenField()
