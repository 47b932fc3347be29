"""What certificates tell."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class CertificateIssued(Event):
    """A certificate row exists; its file is being drawn."""

    certificate_id: int


@dataclass(frozen=True)
class CertificateReady(Event):
    """The first file of a completion was made. One that was issued anew, or again, is not told as ready: who has the
    first hears what became of that.
    """

    certificate_id: int


@dataclass(frozen=True)
class CertificateSuspended(Event):
    """It is under review: nobody should rely on it until that is over."""

    certificate_id: int


@dataclass(frozen=True)
class CertificateReinstated(Event):
    """A review is over, and it holds as before."""

    certificate_id: int


@dataclass(frozen=True)
class CertificateReplaced(Event):
    """Another certificate of the same completion was issued in its place; a revoked one stays revoked.

    Published after the other was issued.
    """

    certificate_id: int
    replaced_by_id: int


@dataclass(frozen=True)
class CertificateRevoked(Event):
    """A certificate no longer holds."""

    certificate_id: int
