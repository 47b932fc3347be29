"""Shapes of the certificate forms."""

from wtforms import Form, StringField
from wtforms.validators import InputRequired, Length

from app.platform.i18n import lazy


class CodeForm(Form):
    """The code on a certificate, typed by hand."""

    code = StringField(
        lazy("Code on the certificate"), [InputRequired(lazy("Enter the code.")), Length(max=100)], name="code"
    )
