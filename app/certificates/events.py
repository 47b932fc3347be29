"""What certificates tell."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class CertificateIssued(Event):
    """A certificate row exists; its file is being drawn."""

    certificate_id: int


@dataclass(frozen=True)
class CertificateRevoked(Event):
    """A certificate no longer holds."""

    certificate_id: int
