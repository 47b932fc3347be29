"""Shape of what is known of a person."""

import unicodedata
from typing import Any

from wtforms import EmailField, Form, SelectField, StringField, TelField
from wtforms.validators import DataRequired, Length, ValidationError

from app.factories.labels import ONE_SEX
from app.factories.merging.rules import bands
from app.factories.models import Person
from app.factories.roster.phones import read_phone
from app.factories.rules import Sex
from app.platform.i18n import _, lazy
from app.platform.i18n.languages import LANGUAGES
from app.platform.mail.address import AddressError, single_address


def clean(text: str | None) -> str | None:
    """Composed, and with single spaces; None for nothing."""
    return " ".join(unicodedata.normalize("NFC", text or "").split()) or None


def printable(_form: Form, field: Any) -> None:
    """No signs that cannot be seen, and none that turn the direction of what follows."""
    hidden = {"Cc", "Cs", "Co", "Cn"}
    overrides = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    if any(unicodedata.category(sign) in hidden or sign in overrides for sign in field.data or ""):
        raise ValidationError(_("Take out signs that cannot be seen."))


class PersonForm(Form):
    """Names, sex, band, language, contacts."""

    name = StringField(
        lazy("Name in Latin letters"), [DataRequired(lazy("Enter a name.")), Length(max=200), printable], [clean]
    )
    local_name = StringField(lazy("Name in the local script"), [Length(max=200), printable], [clean])
    sex = SelectField(lazy("Sex"))
    birth_band = SelectField(lazy("Born in the years"))
    language = SelectField(lazy("Language"))
    phone = TelField(lazy("Telephone"), [Length(max=30)], [clean])
    email = EmailField(lazy("E-mail"), [Length(max=254)], [clean])

    country = ""

    def validate_phone(self, field: Any) -> None:
        if field.data:
            number, problem = read_phone(field.data, self.country)
            if problem or number is None:
                raise ValidationError(_("This is not a telephone number of the country. Begin with + for another one."))
            field.data = number

    def validate_email(self, field: Any) -> None:
        if field.data:
            try:
                field.data = single_address(field.data)
            except AddressError:
                raise ValidationError(_("This is not an e-mail address.")) from None

    def values(self) -> dict[str, Any]:
        """Columns of Person."""
        data = {name: value or None for name, value in self.data.items()}
        return {**data, "sex": Sex(data["sex"]) if data["sex"] else None}


def person_form(person: Person, country: str, sent: Any = None) -> PersonForm:
    """The form with what is known, or with what was sent. `country` is where a telephone without + belongs."""
    form = PersonForm(sent, obj=person)
    form.country = country
    unsaid = [("", _("Not said"))]
    form.sex.choices = [*unsaid, *((sex.value, ONE_SEX[sex]) for sex in Sex)]
    known = [person.birth_band] if person.birth_band and person.birth_band not in bands() else []
    form.birth_band.choices = [*unsaid, *((band, band) for band in (*known, *bands()))]
    own = {person.language: person.language}
    form.language.choices = list((own | {code: each.own_name for code, each in LANGUAGES.items()}).items())
    if sent is None:
        form.sex.data, form.birth_band.data = person.sex or "", person.birth_band or ""
    return form
