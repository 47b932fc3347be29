"""What the lists do when certificates change."""

from app.certificates.credentials import operations
from app.certificates.events import (
    CertificateIssued,
    CertificateReinstated,
    CertificateReplaced,
    CertificateRevoked,
    CertificateSuspended,
)


def on_issued(event: CertificateIssued) -> None:
    operations.place(event.certificate_id)


def on_changed(
    event: CertificateReinstated | CertificateReplaced | CertificateRevoked | CertificateSuspended,
) -> None:
    operations.note_change(event.certificate_id)
