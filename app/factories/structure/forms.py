"""Shapes of the forms of the structure."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from flask_babel import get_locale
from wtforms import BooleanField, DateField, Field, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.factories.rules import CommitteeKind, FactoryStatus, LineKind, Side, TermKind
from app.factories.structure import labels
from app.factories.structure.rules import WEEK, is_code, plain_code
from app.factories.structure.settings import FactorySettings, GroupSettings, HolidaySettings, ProgrammeSettings
from app.factories.structure.texts import names_of, plain
from app.platform.i18n import _, lazy
from app.platform.i18n.languages import LANGUAGES
from app.platform.web.forms import PlainForm, TickedField, offered

_TOO_LONG = Length(max=200, message=lazy("The text is too long."))
_DAY = InputRequired(lazy("Choose a day."))
OWN, PROGRAMME = "own", "programme"


def _is_code(_form: Any, field: Field) -> None:
    if not is_code(field.data or ""):
        raise ValidationError(_("Use letters, digits and hyphens only, at most 20, and not the word NEW."))


def _has_working_day(_form: Any, field: Field) -> None:
    if len(set(field.data or ())) == len(WEEK):
        raise ValidationError(_("Leave at least one day of work in the week."))


def _code() -> StringField:
    return StringField(lazy("Code"), [InputRequired(lazy("Write a code.")), _is_code], filters=[plain_code])


def _text(label: Any, *, needed: Any = None) -> StringField:
    validators = [InputRequired(needed)] if needed else [Optional()]
    return StringField(label, [*validators, _TOO_LONG], filters=[plain])


def _weekdays(label: Any, *validators: Any) -> TickedField:
    return TickedField(label, [*validators, _has_working_day], coerce=int, choices=offered(labels.WEEKDAYS.items()))


def zones() -> list[tuple[str, str]]:
    """Time zones of places, by name."""
    names = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "System")))
    return [(name, name) for name in names]


def countries() -> list[tuple[str, str]]:
    """Countries by their name in the reader's language."""
    locale = get_locale()
    named = locale.territories if locale else {}
    codes = [code for code in named if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY]
    return sorted(((code, named[code]) for code in codes), key=lambda pair: pair[1])


_NO_COUNTRY = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "XK"}


def _countries() -> list[Any]:
    return offered(countries())


def _zones() -> list[Any]:
    return offered(zones())


def _languages() -> list[Any]:
    return offered((code, language.own_name) for code, language in LANGUAGES.items())


class ProgrammeForm(PlainForm):
    """A programme; its names are added by `with_names`."""

    code = _code()
    country = SelectField(lazy("Country"), [InputRequired(lazy("Choose a country."))], choices=_countries)
    zone = SelectField(lazy("Time zone"), [InputRequired(lazy("Choose a time zone."))], choices=_zones)
    languages = TickedField(lazy("Languages"), [InputRequired(lazy("Tick at least one language."))], choices=_languages)
    rest_days = _weekdays(lazy("Weekly rest days"))
    headcount_months = IntegerField(
        lazy("Months after which a declared headcount is old"),
        [InputRequired(lazy("Write a number.")), NumberRange(1, 60, lazy("Write a number from 1 to 60."))], default=6)
    renewal_days = IntegerField(
        lazy("Days before its end in which a certificate can be renewed"),
        [InputRequired(lazy("Write a number.")), NumberRange(1, 365, lazy("Write a number from 1 to 365."))],
        default=90)
    certificate_wait_days = IntegerField(
        lazy("Days from a completed course until its certificate is made"),
        [InputRequired(lazy("Write a number.")), NumberRange(0, 60, lazy("Write a number from 0 to 60."))], default=0)

    def settings(self, code: str = "") -> ProgrammeSettings:
        """What was chosen; the form is valid. `code` is that of a programme whose code no longer changes."""
        return ProgrammeSettings(
            code or str(self.code.data), names_of(self), str(self.country.data), str(self.zone.data),
            tuple(self.rest_days.data or ()), tuple(self.languages.data or ()), int(self.headcount_months.data or 0),
            int(self.renewal_days.data or 0), int(self.certificate_wait_days.data or 0))


class HolidayForm(PlainForm):
    """A holiday; its names are added by `with_names`."""

    day = DateField(lazy("Day"), [_DAY])
    is_provisional = BooleanField(lazy("Provisional: it may still move by a day"))

    def settings(self) -> HolidaySettings:
        """What was chosen; the form is valid."""
        day: Any = self.day.data
        return HolidaySettings(day, names_of(self), bool(self.is_provisional.data))


class GroupForm(PlainForm):
    """A group and the factories in reach that belong to it."""

    code = _code()
    name = _text(lazy("Name"), needed=lazy("Write the name."))
    country = SelectField(lazy("Country"), [Optional()], choices=lambda: offered([("", _("Not said")), *countries()]))
    factories = TickedField(lazy("Factories"), [Optional()], coerce=int, choices=[])

    def settings(self, code: str = "") -> GroupSettings:
        """What was chosen; the form is valid. `code` is that of a group whose code no longer changes."""
        chosen = frozenset(self.factories.data or ())
        return GroupSettings(code or str(self.code.data), str(self.name.data), self.country.data or None, chosen)


class FactoryForm(PlainForm):
    """A factory. `group` offers what the caller puts in."""

    name = _text(lazy("Name in Latin letters"), needed=lazy("Write the name."))
    local_name = _text(lazy("Name in the local script"))
    code = _code()
    language = SelectField(lazy("Language of letters and certificates"), [InputRequired()], choices=_languages)
    province = _text(lazy("Province"), needed=lazy("Write the province."))
    group = SelectField(lazy("Company group"), [Optional()], choices=[])
    export_zone = _text(lazy("Export zone"))
    os_id = _text(lazy("OS Hub ID"))
    slcp_id = _text(lazy("SLCP ID"))
    products = TickedField(lazy("What it makes"), [Optional()], choices=offered(labels.PRODUCTS.items()))
    rests = RadioField(
        lazy("Weekly rest days"), [InputRequired(lazy("Choose one."))], default=PROGRAMME,
        choices=offered([(PROGRAMME, lazy("As the programme")), (OWN, lazy("Its own"))]))
    rest_days = _weekdays(lazy("Its own rest days"))
    status = SelectField(lazy("Status"), [InputRequired()], choices=offered(labels.STATUSES.items()))

    def validate_rest_days(self, field: Field) -> None:
        if self.rests.data == OWN and not field.data:
            raise ValidationError(_("Tick the days on which the factory rests."))

    def settings(self) -> FactorySettings:
        """What was chosen; the form is valid."""
        own = tuple(self.rest_days.data or ()) if self.rests.data == OWN else None
        return FactorySettings(
            str(self.code.data), str(self.name.data), self.local_name.data or None, str(self.language.data),
            str(self.province.data), int(self.group.data) if self.group.data else None,
            self.export_zone.data or None, self.os_id.data or None, self.slcp_id.data or None, own,
            FactoryStatus(self.status.data), tuple(self.products.data or ()))

    def offer_groups(self, groups: Iterable[tuple[Any, Any]]) -> None:
        """Groups to choose from, as (id, name)."""
        self.group.choices = offered([("", _("None")), *((str(key), name) for key, name in groups)])


class TermForm(PlainForm):
    """Support tier or engagement mode from a day on."""

    value = SelectField(lazy("From then on"), [InputRequired()], choices=offered(
        (f"{kind}:{value}", lazy("%(kind)s: %(value)s", kind=labels.TERMS[kind], value=label))
        for kind, value, label in labels.every_value()))
    starts_on = DateField(lazy("From"), [_DAY])

    def chosen(self) -> tuple[TermKind, str]:
        """What changes, and its new value; the form is valid."""
        kind, _colon, value = str(self.value.data).partition(":")
        return TermKind(kind), value


class LineForm(PlainForm):
    """A line or a section."""

    name = _text(lazy("Name"), needed=lazy("Write the name."))
    kind = SelectField(lazy("Kind"), [InputRequired()], choices=offered(labels.LINE_KINDS.items()), coerce=LineKind)


class DayForm(PlainForm):
    """A single day."""

    day = DateField(lazy("Day"), [_DAY])


class CommitteeForm(PlainForm):
    """A committee and its term."""

    kind = SelectField(
        lazy("Committee"), [InputRequired()], choices=offered(labels.COMMITTEES.items()), coerce=CommitteeKind)
    starts_on = DateField(lazy("First day of the term"), [_DAY])
    ends_on = DateField(lazy("Last day of the term"), [Optional()])

    def validate_ends_on(self, field: Field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day lies before the first."))


def _side() -> RadioField:
    return RadioField(
        lazy("Speaks for"), [InputRequired(lazy("Choose a side."))], choices=offered(labels.SIDES.items()), coerce=Side)


class SideForm(PlainForm):
    """The side of a member who is there already."""

    side = _side()


class MemberForm(PlainForm):
    """A person of the factory who joins a committee. `person` offers what the caller puts in."""

    person = RadioField(lazy("Person"), [InputRequired(lazy("Choose a person."))], choices=[], coerce=int)
    side = _side()
    starts_on = DateField(lazy("Member from"), [_DAY])
