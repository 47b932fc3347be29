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
from app.factories.events import (
    PersonMerged,
    PersonsSeparated,
    RosterApplied,
    RosterUndone,
    SexCorrected,
    WorkChanged,
)
from app.factories.models import PersonMerge, RosterImport
from app.platform.db import db
from app.sessions.events import (
    TrainingCancelled,
    TrainingClosed,
    TrainingConfirmed,
    TrainingPostponed,
    TrainingReopened,
    TrainingSettled,
)


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


def on_training_changed(event: TrainingSettled | TrainingReopened) -> None:
    operations.note(Happening.SESSION_CHANGED, event.training_id)


def on_person_changed(event: WorkChanged | SexCorrected) -> None:
    operations.note(Happening.PERSON_CHANGED, event.person_id)


def on_people_joined(event: PersonMerged | PersonsSeparated) -> None:
    """Who turned out to be somebody else is in sight no more, so nothing is sent of her."""
    merge = db.session.get_one(PersonMerge, event.merge_id)
    for person_id in (merge.winner_id, merge.loser_id):
        operations.note(Happening.PERSON_CHANGED, person_id)


def on_roster(event: RosterApplied | RosterUndone) -> None:
    operations.note(Happening.ROSTER_APPLIED, db.session.get_one(RosterImport, event.roster_import_id).factory_id)
