"""Shapes of the forms of services."""

import re
from datetime import date
from secrets import token_hex
from typing import Any

from wtforms import DateField, HiddenField, IntegerField, SelectField, validators

from app.improvement.findings import labels as findings
from app.improvement.findings import shipped
from app.improvement.services.labels import KINDS, MODES, NOTES
from app.improvement.services.rules import MOST_MINUTES, MOST_PEOPLE, Said, ServiceKind, ServiceNote
from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, TickedField, offered
from app.sessions.rules import Modality

_SENT = re.compile(r"[0-9a-f]{32}")
_PEOPLE = (
    validators.InputRequired(lazy("Write a whole number.")),
    validators.NumberRange(0, MOST_PEOPLE, lazy("Write how many took part, at most 10,000.")))


class ServiceForm(PlainForm):
    """A service that took place. The view fills the lists."""

    sent_id = HiddenField(default=lambda: token_hex(16))
    kind = SelectField(lazy("What it was"), choices=offered(KINDS.items()), coerce=ServiceKind)
    theme = SelectField(lazy("Theme"))
    mode = SelectField(lazy("How"), choices=offered(MODES.items()), coerce=Modality)
    held_on = DateField(lazy("Day"), [validators.InputRequired(lazy("Choose a day."))])
    minutes = IntegerField(
        lazy("Minutes"),
        [validators.InputRequired(lazy("Write a whole number.")),
         validators.NumberRange(1, MOST_MINUTES, lazy("Write how many minutes it took, at most a day."))])
    women = IntegerField(lazy("Women who took part"), _PEOPLE)
    men = IntegerField(lazy("Men who took part"), _PEOPLE)
    notes = TickedField(lazy("What happened"), [validators.Optional()])
    actions = TickedField(lazy("Actions of the roadmap that it served"), [validators.Optional()])

    @property
    def key(self) -> str | None:
        """By which a repeat is recognised; None of what no page sent."""
        sent = self.sent_id.data or ""
        return sent if _SENT.fullmatch(sent) else None

    def fill(self, actions: list[tuple[int, str]]) -> None:
        """Offer what there is to choose from."""
        themes = [(each.code, findings.theme(each.code)) for each in shipped.catalogue().themes]
        self.theme.choices = offered([("", lazy("No theme in particular")), *themes])
        self.notes.choices = offered((each.value, label) for each, label in NOTES.items())
        self.actions.choices = offered((str(number), name) for number, name in actions)

    def show(self, said: Said) -> None:
        """Begin with what was said."""
        self.kind.data, self.theme.data, self.mode.data = said.kind, said.theme or "", said.mode
        self.held_on.data, self.minutes.data, self.women.data, self.men.data = (
            said.held_on, said.minutes, said.women, said.men)
        self.notes.data, self.actions.data = [str(each) for each in said.notes], [str(each) for each in said.action_ids]

    def said(self) -> Said:
        """What was said, as a value."""
        return Said(
            self.kind.data, self.theme.data or None, self.mode.data, self.held_on.data or date.max,
            _whole(self.minutes), _whole(self.women), _whole(self.men),
            tuple(ServiceNote(each) for each in self.notes.data or ()), tuple(map(int, self.actions.data or ())))


def _whole(field: Any) -> int:
    return int(field.data or 0)
