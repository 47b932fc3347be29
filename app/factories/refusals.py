"""How a roster file is refused."""

from app.factories import labels
from app.factories.roster import Roster
from app.platform.refusal import Refused


class RosterRefused(Refused):
    """The file cannot be used; `roster.reason` is the code, the text says it in plain words."""

    def __init__(self, roster: Roster) -> None:
        super().__init__(labels.reason(roster.reason, roster.missing))
        self.roster = roster
