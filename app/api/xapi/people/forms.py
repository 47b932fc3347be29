"""Shape of the forms that say how other systems name people."""

from typing import Any

from wtforms import StringField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.api.xapi.people.rules import MAILTO, Name
from app.api.xapi.rules.values import IRI
from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm

_LONGEST = 500


def _trimmed(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


def _check_address(field: Any) -> None:
    if IRI.fullmatch(field.data or "") is None:
        raise ValidationError(_("Write the address as the other system sends it, such as https://school.example."))


class OtherNameForm(PlainForm):
    """How another system names a person."""

    name = StringField(
        lazy("Name or mail address there"),
        [DataRequired(lazy("Write how the other system names the person.")), Length(max=_LONGEST)],
        filters=[_trimmed],
    )
    home_page = StringField(
        lazy("Address of the accounts there"), [Optional(), Length(max=_LONGEST)], filters=[_trimmed]
    )

    def validate_name(self, field: StringField) -> None:
        if self.home_page.data:
            return
        name, at, place = (field.data or "").removeprefix(MAILTO).partition("@")
        if not (name and at and place) or any(sign.isspace() for sign in field.data or ""):
            raise ValidationError(_("Without the address of accounts this must be a mail address."))

    def validate_home_page(self, field: StringField) -> None:
        _check_address(field)

    def wanted(self) -> Name:
        """What it says. Only of a valid form."""
        name = self.name.data or ""
        return Name(self.home_page.data, name) if self.home_page.data else Name(None, name.removeprefix(MAILTO))


class NumberingForm(PlainForm):
    """An address at which names are employee numbers."""

    home_page = StringField(
        lazy("Address of the accounts there"),
        [DataRequired(lazy("Write the address of the accounts.")), Length(max=_LONGEST)],
        filters=[_trimmed],
    )

    def validate_home_page(self, field: StringField) -> None:
        _check_address(field)
