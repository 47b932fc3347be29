"""What the address of a record asks for."""

from collections.abc import Mapping
from typing import Any

from wtforms import DateField, Form, IntegerField, SelectField, StringField
from wtforms.validators import Length, Optional

from app.factories.rules import JobRole, Sex
from app.learning_record.kinds import Group
from app.learning_record.rules import EvidenceLevel
from app.platform.i18n import _, lazy
from app.platform.web.forms import LARGEST_ID, PlainForm


class RecordForm(Form):
    """Which entries to show; what is not offered, or is no day, counts as not said."""

    group = SelectField(lazy("Kind"), [Optional()], validate_choice=False)
    course = SelectField(lazy("Course"), [Optional()], validate_choice=False)
    line = SelectField(lazy("Line"), [Optional()], validate_choice=False)
    role = SelectField(lazy("Role"), [Optional()], validate_choice=False)
    sex = SelectField(lazy("Sex"), [Optional()], validate_choice=False)
    level = SelectField(lazy("Evidence level"), [Optional()], validate_choice=False)
    since = DateField(lazy("From"), [Optional()])
    until = DateField(lazy("Until"), [Optional()])
    person = IntegerField(lazy("Person"), [Optional()])

    def offer(self, name: str, choices: Mapping[str, Any]) -> None:
        """Say what a field offers, and forget what it does not."""
        field: Any = self[name]
        field.choices = [("", _("All")), *choices.items()]
        field.data = field.data if field.data in choices else ""

    def wanted(self) -> dict[str, Any]:
        """As `Wanted` takes it."""
        found = {name: self[name].data or None for name in ("since", "until")}
        person = self.person.data
        return {
            **found,
            "group": Group(self.group.data) if self.group.data else None,
            "course": self.course.data or "",
            "line": self.line.data or "",
            "role": JobRole(self.role.data) if self.role.data else None,
            "sex": Sex(self.sex.data) if self.sex.data else None,
            "level": EvidenceLevel(self.level.data) if self.level.data else None,
            "person_id": person if person and 0 < person <= LARGEST_ID else None,
        }


class FindForm(PlainForm):
    """Whom to look for. It is sent as a form, so that no name stands in an address."""

    who = StringField(lazy("Name or employee number"), [Length(max=80)])
