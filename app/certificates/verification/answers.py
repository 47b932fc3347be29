"""What the page of verification says of a certificate."""

from dataclasses import dataclass
from datetime import date

from app.certificates.rules import State
from app.certificates.shown import Shown, shown
from app.certificates.verification.queries import Found


@dataclass(frozen=True)
class Answer:
    """A certificate as it stands now; days are those of the programme's zone."""

    shown: Shown
    successor: str | None
    """The number of the certificate that replaced it."""
    has_other_file: bool
    has_revoked_seal: bool

    @property
    def state(self) -> State:
        return self.shown.state

    @property
    def since(self) -> date | None:
        """Since when it is revoked, replaced or suspended."""
        return self.shown.since


def answer(found: Found | None) -> Answer | None:
    """The answer about what was found; None for what nobody issued."""
    if found is None:
        return None
    return Answer(shown(found.certificate), found.successor, found.has_other_file, found.has_revoked_seal)
