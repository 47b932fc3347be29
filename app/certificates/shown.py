"""A certificate as lists and pages show it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.certificates import face, labels
from app.certificates.credentials import rules
from app.certificates.face import Facts
from app.certificates.models import Certificate
from app.certificates.paper.printed import CertificateFace
from app.certificates.rules import State, state
from app.platform.clock import now


@dataclass(frozen=True)
class Shown:
    """What is printed, and what it is worth now. Days are those of the programme's zone."""

    certificate: Certificate
    face: CertificateFace
    facts: Facts
    state: State

    @property
    def course(self) -> dict[str, str]:
        """The course in the languages that are printed."""
        return {self.face.locale: self.face.course, "en": self.face.course_english}

    @property
    def has_file(self) -> bool:
        return bool(self.certificate.file_key) and self.state is not State.REVOKED

    @property
    def has_credential(self) -> bool:
        return bool(self.certificate.credential_key) and rules.is_handed_out(self.state)

    @property
    def is_waiting(self) -> bool:
        """The file is still to be drawn."""
        return self.certificate.file_key is None and self.state not in {State.REVOKED, State.REPLACED}

    @property
    def made_on(self) -> date | None:
        """The day on which its file is made, where that is still to come; None: any minute."""
        moment = self.certificate.draw_from
        return self._day(moment) if moment and moment > now() and self.is_waiting else None

    @property
    def revoked_on(self) -> date | None:
        return self._day(self.certificate.revoked_at)

    @property
    def suspended_on(self) -> date | None:
        return self._day(self.certificate.suspended_at)

    @property
    def replaced_on(self) -> date | None:
        return self._day(self.certificate.replaced_at)

    @property
    def since(self) -> date | None:
        """Since when it no longer holds, or is under review."""
        days = {State.REVOKED: self.revoked_on, State.REPLACED: self.replaced_on, State.SUSPENDED: self.suspended_on}
        return days.get(self.state)

    @property
    def reason(self) -> str:
        """Why it is what it is now; nothing for one that holds or ran out."""
        row = self.certificate
        said = {
            State.REVOKED: row.revoked_reason, State.REPLACED: row.replaced_reason,
            State.SUSPENDED: row.suspended_reason,
        }  # fmt: skip
        return labels.reason(said.get(self.state))

    def _day(self, moment: datetime | None) -> date | None:
        return moment.astimezone(ZoneInfo(self.facts.zone)).date() if moment else None


def shown(certificate: Certificate) -> Shown:
    """A stored certificate as it stands now."""
    worth = state(certificate.standing, now())
    return Shown(certificate, face.thaw(certificate.face), face.thaw_facts(certificate.face), worth)
