"""What the lists do when certificates change."""

from app.certificates.credentials import operations
from app.certificates.events import CertificateIssued, CertificateRevoked


def on_issued(event: CertificateIssued) -> None:
    operations.place(event.certificate_id)


def on_changed(event: CertificateRevoked) -> None:
    operations.note_change(event.certificate_id)
