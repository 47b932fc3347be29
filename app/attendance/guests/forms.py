"""Shapes of what is said about people at the door."""

from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, validators
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs

from app.attendance import labels
from app.attendance.guests.rules import LONGEST, plain
from app.attendance.rules import Mark
from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm

AT_THE_DOOR = (Mark.PRESENT, Mark.LATE)
"""How somebody who comes without a seat can be marked."""
_NOT_TOO_LONG = validators.Length(max=LONGEST, message=lazy("Write at most 200 characters."))


def _plain(text: str | None) -> str:
    return plain(text or "")


class UnknownHereForm(PlainForm):
    """Somebody whom nobody finds, where factory and place are known."""

    name = StringField(
        lazy("Name"), [validators.DataRequired(lazy("Write down who it is.")), _NOT_TOO_LONG], filters=[_plain]
    )
    number = StringField(lazy("Employee number"), [validators.Optional(), _NOT_TOO_LONG], filters=[_plain])
    mark = RadioField(
        lazy("Mark"), [validators.InputRequired(lazy("Choose a mark."))],
        choices=[SelectChoice(mark.value, labels.MARKS[mark]) for mark in AT_THE_DOOR],
    )  # fmt: skip
    key = HiddenField()
    mark_id = HiddenField()


class UnknownForm(UnknownHereForm):
    """Somebody whom nobody finds. The lists are filled by the view."""

    factory = SelectField(lazy("Factory"), [validators.Optional()], coerce=int)
    factory_name = StringField(
        lazy("Another factory, in words"), [validators.Optional(), _NOT_TOO_LONG], filters=[_plain]
    )
    site = SelectField(lazy("Joins from"), coerce=int)


class FoundHereForm(PlainForm):
    """Somebody of the register at the door, where factory and place are known."""

    person = IntegerField(validators=[validators.InputRequired()])
    mark = RadioField(choices=[SelectChoice(mark.value, labels.MARKS[mark]) for mark in AT_THE_DOOR])
    mark_id = HiddenField()


class FoundForm(FoundHereForm):
    """Somebody of the register at the door."""

    factory = IntegerField(validators=[validators.InputRequired()])
    site = IntegerField(validators=[validators.Optional()])


class DecisionForm(PlainForm):
    """Who a guest is, and the revision of the guest that was in view."""

    person = IntegerField(validators=[validators.Optional()])
    seen = IntegerField(validators=[validators.InputRequired()])


class NewPersonForm(PlainForm):
    """A guest who is entered into the register."""

    name = StringField(
        lazy("Name"), [validators.DataRequired(lazy("Write the name.")), _NOT_TOO_LONG], filters=[_plain]
    )
    local_name = StringField(
        lazy("Name in the own script"), [validators.Optional(), _NOT_TOO_LONG], filters=[_plain]
    )
    number = StringField(
        lazy("Employee number"), [validators.DataRequired(lazy("Write the employee number.")), _NOT_TOO_LONG],
        filters=[_plain],
    )  # fmt: skip
    factory = SelectField(lazy("Factory"), coerce=int)
    seen = IntegerField(validators=[validators.InputRequired()])
