"""Shapes of the forms of sign-in and of accounts."""

from wtforms import DateField, EmailField, Form, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from app.factories.structure.forms import zones
from app.platform.i18n import _, lazy
from app.platform.i18n.languages import LANGUAGES, SITE_LANGUAGES
from app.platform.web.forms import offered

_LANGUAGES = [SelectChoice(code, LANGUAGES[code].own_name) for code in SITE_LANGUAGES]


class SignInForm(Form):
    """Address and password of an account."""

    email = EmailField(lazy("E-mail address"), [InputRequired(lazy("Enter your e-mail address.")), Length(max=254)])
    password = PasswordField(lazy("Password"), [InputRequired(lazy("Enter your password.")), Length(max=200)])
    next = HiddenField()


class EmailForm(Form):
    """An address that a one-time link goes to."""

    email = EmailField(lazy("E-mail address"), [InputRequired(lazy("Enter your e-mail address.")), Length(max=254)])


class NewPasswordForm(Form):
    """A password to be; what is too weak is the verb's matter."""

    password = PasswordField(lazy("New password"), [InputRequired(lazy("Enter a new password."))])


class InvitationForm(NewPasswordForm):
    """What somebody who was invited says about himself."""

    name = StringField(lazy("Your name, as others see it"), [DataRequired(lazy("Enter your name.")), Length(max=100)])


class ChangePasswordForm(NewPasswordForm):
    """The old and the new password."""

    old = PasswordField(
        lazy("Password until now"), [InputRequired(lazy("Enter the password that you use now.")), Length(max=200)]
    )


class ConfirmForm(Form):
    """The password once more, before something important changes."""

    password = PasswordField(lazy("Password"), [InputRequired(lazy("Enter your password.")), Length(max=200)])
    next = HiddenField()


class CodeForm(Form):
    """A code of an authenticator app, or a recovery code."""

    code = StringField(lazy("Code"), [DataRequired(lazy("Enter the code.")), Length(max=40)])
    next = HiddenField()


def _homes() -> list[SelectChoice]:
    return offered([("", _("That of my programme")), *zones()])


class OwnAccountForm(Form):
    """Name, language and time zone of an account."""

    name = StringField(lazy("Name"), [DataRequired(lazy("Enter your name.")), Length(max=100)])
    language = SelectField(lazy("Language"), [InputRequired()], choices=_LANGUAGES)
    zone = SelectField(lazy("Time zone where you live"), choices=_homes, default="")


class PasskeyForm(Form):
    """What the browser's passkey answered, as JSON."""

    credential = HiddenField(validators=[DataRequired(lazy("Your browser sent no passkey.")), Length(max=20_000)])
    name = StringField(lazy("Name of the device"), [Length(max=60)])
    next = HiddenField()


class InvitedForm(Form):
    """Whom to invite."""

    email = EmailField(
        lazy("E-mail address"),
        [
            DataRequired(lazy("Enter an e-mail address.")),
            Length(max=254),
            Email(lazy("This is not an e-mail address."), check_deliverability=False),
        ],
        filters=[lambda text: text.strip() if text else text],
    )
    name = StringField(lazy("Name"), [DataRequired(lazy("Enter a name.")), Length(max=100)])
    language = SelectField(lazy("Language"), [InputRequired()], choices=_LANGUAGES)


class GrantForm(Form):
    """A role, its place and its days. A place is `programme:7`, `factory:9`, `group:3`, or nothing for everywhere."""

    role = SelectField(lazy("Role"))
    place = SelectField(lazy("Where"))
    starts_on = DateField(lazy("From"), [Optional()])
    ends_on = DateField(lazy("Until before"), [Optional()])


class InviteForm(GrantForm, InvitedForm):
    """Whom to invite, and the first role."""
