"""How a roster file is refused."""

from collections.abc import Mapping
from typing import Any

from app.factories import labels, stored
from app.factories.models import RosterImport
from app.factories.roster import Roster, refused
from app.factories.roster.choices import read_choices
from app.platform.refusal import Refused


class RosterRefused(Refused):
    """The file cannot be used; `roster.reason` is the code, the text says it in plain words.

    `headings` are what a person can choose from when the importer did not find the columns.
    """

    def __init__(self, roster: Roster, headings: Mapping[str, Any]) -> None:
        super().__init__(labels.reason(roster.reason, roster.missing))
        self.roster = roster
        self.headings = headings

    @property
    def choices(self) -> dict[str, Any]:
        return stored.choices_json(self.roster.choices)


def found_refusal(found: RosterImport) -> RosterRefused:
    """Why a job could not use the file of an import."""
    choices = read_choices(found.choices.get("used"))
    roster = refused(found.file_name, choices, found.counts["reason"], tuple(found.counts["missing"]))
    return RosterRefused(roster, found.choices.get("headings") or {"sheets": [], "columns": {}})
