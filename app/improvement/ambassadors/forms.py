"""Shapes of what somebody sends about ambassadors."""

from wtforms import DateField, RadioField, SelectField
from wtforms.validators import AnyOf, InputRequired, Optional

from app.improvement.ambassadors.labels import KINDS, PACES, STATES
from app.improvement.ambassadors.rules import AmbassadorKind, Verdict
from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, number, offered


def _id(value: object) -> int:
    """An id that the database can hold. Raises ValueError."""
    found = number(str(value))
    if found is None:
        raise ValueError(value)
    return found


class AppointForm(PlainForm):
    """Somebody of the factory becomes an ambassador. People and pathways are put in by the caller."""

    person = RadioField(lazy("Person"), [InputRequired(lazy("Choose a person."))], choices=[], coerce=_id)
    kind = SelectField(lazy("As"), choices=offered(KINDS.items()), coerce=AmbassadorKind)
    pathway = SelectField(lazy("Pathway"), choices=[])
    starts_on = DateField(lazy("First day of the term"), [InputRequired(lazy("Choose a day."))])
    ends_on = DateField(lazy("Last day of the term"), [Optional()])


class TermForm(PlainForm):
    """When a term ends."""

    ends_on = DateField(lazy("Last day of the term"), [Optional()])


class VerdictForm(PlainForm):
    """What is said of a task."""

    verdict = SelectField(choices=offered((each, each.value) for each in Verdict), coerce=Verdict)


class TableForm(PlainForm):
    """Which kind of file a list is wanted as."""

    ending = SelectField(validators=[AnyOf(("csv", "xlsx"))], choices=offered((each, each) for each in ("csv", "xlsx")))


class ListForm(PlainForm):
    """Which ambassadors a list shows. Programmes and factories are put in by the caller."""

    programme = SelectField(lazy("Programme"), choices=[])
    factory = SelectField(lazy("Factory"), choices=[])
    state = SelectField(lazy("Term"), choices=offered([("", lazy("All")), *STATES.items()]))
    pace = SelectField(lazy("Pace"), choices=offered([("", lazy("All")), *PACES.items()]))
