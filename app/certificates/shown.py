"""A certificate as lists and pages show it."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from app.certificates import face, labels
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
    def is_waiting(self) -> bool:
        """The file is still to be drawn."""
        return self.certificate.file_key is None and self.state is not State.REVOKED

    @property
    def revoked_on(self) -> date | None:
        moment = self.certificate.revoked_at
        return moment.astimezone(ZoneInfo(self.facts.zone)).date() if moment else None

    @property
    def reason(self) -> str:
        return labels.reason(self.certificate.revoked_reason)


def shown(certificate: Certificate) -> Shown:
    """A stored certificate as it stands now."""
    worth = state(certificate.standing, now())
    return Shown(certificate, face.thaw(certificate.face), face.thaw_facts(certificate.face), worth)
