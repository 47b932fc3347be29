"""What other programs ask to be told."""

from app.api.webhooks import operations
from app.api.webhooks.rules import Happening
from app.certificates.events import (
    CertificateIssued,
    CertificateReinstated,
    CertificateReplaced,
    CertificateRevoked,
    CertificateSuspended,
)
from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.sessions.events import TrainingCancelled, TrainingClosed, TrainingConfirmed, TrainingPostponed


def on_completed(event: CourseCompleted) -> None:
    operations.note(Happening.COMPLETION_MADE, event.completion_id)


def on_withdrawn(event: CompletionWithdrawn) -> None:
    operations.note(Happening.COMPLETION_WITHDRAWN, event.completion_id)


def on_certificate_issued(event: CertificateIssued) -> None:
    operations.note(Happening.CERTIFICATE_ISSUED, event.certificate_id)


def on_certificate_suspended(event: CertificateSuspended) -> None:
    operations.note(Happening.CERTIFICATE_SUSPENDED, event.certificate_id)


def on_certificate_reinstated(event: CertificateReinstated) -> None:
    operations.note(Happening.CERTIFICATE_REINSTATED, event.certificate_id)


def on_certificate_replaced(event: CertificateReplaced) -> None:
    operations.note(Happening.CERTIFICATE_REPLACED, event.certificate_id)


def on_certificate_revoked(event: CertificateRevoked) -> None:
    operations.note(Happening.CERTIFICATE_REVOKED, event.certificate_id)


def on_training_confirmed(event: TrainingConfirmed) -> None:
    operations.note(Happening.SESSION_CONFIRMED, event.training_id)


def on_training_postponed(event: TrainingPostponed) -> None:
    operations.note(Happening.SESSION_POSTPONED, event.training_id)


def on_training_cancelled(event: TrainingCancelled) -> None:
    operations.note(Happening.SESSION_CANCELLED, event.training_id)


def on_training_closed(event: TrainingClosed) -> None:
    operations.note(Happening.SESSION_CLOSED, event.training_id)
