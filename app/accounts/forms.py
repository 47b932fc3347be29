"""Shapes of the sign-in forms."""

from wtforms import EmailField, Form, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from app.platform.i18n import lazy


class SignInForm(Form):
    """Address and password of an account."""

    email = EmailField(lazy("E-mail address"), [InputRequired(lazy("Enter your e-mail address.")), Length(max=254)])
    password = PasswordField(lazy("Password"), [InputRequired(lazy("Enter your password.")), Length(max=200)])
    next = HiddenField()
