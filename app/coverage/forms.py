"""What the address of a coverage page asks for: the day."""

from wtforms import DateField, Form
from wtforms.validators import Optional, ValidationError

from app.platform.clock import now
from app.platform.i18n import _, lazy


class FilterForm(Form):
    """At the end of which day."""

    on = DateField(lazy("At the end of"), [Optional()])

    def validate_on(self, field: DateField) -> None:
        if field.data and field.data > now().date():
            raise ValidationError(_("Nobody knows the future. Choose a day in the past, or none for today."))
