"""Shapes of the forms of verification."""

from wtforms import FileField, Form, StringField
from wtforms.validators import InputRequired, Length

from app.platform.i18n import lazy


class CodeForm(Form):
    """The code on a certificate, typed by hand."""

    code = StringField(
        lazy("Code on the certificate"), [InputRequired(lazy("Enter the code.")), Length(max=100)], name="code"
    )


class FileForm(Form):
    """The file of a certificate, as somebody received it. Nothing but its digest is taken."""

    file = FileField(
        lazy("PDF file of the certificate"),
        [InputRequired(lazy("Choose a file."))],
        render_kw={"accept": "application/pdf,.pdf"},
    )
