"""What enters the record of a factory."""

from app.certificates.events import (
    CertificateIssued,
    CertificateReinstated,
    CertificateReplaced,
    CertificateRevoked,
    CertificateSuspended,
)
from app.certificates.of_factories.events import (
    FactoryCertificateReinstated,
    FactoryCertificateRevoked,
    FactoryCertificateSuspended,
    FactoryCertified,
    FactoryDowngraded,
)
from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.factories.events import CommitteeChanged, FactoryChanged, HeadcountDeclared, RosterApplied, RosterUndone
from app.improvement.cascade.events import CascadeCorrected, CascadeHeld
from app.improvement.drills.events import DrillHeld, DrillWithdrawn
from app.improvement.findings.events import FindingsImported, FindingsUndone
from app.improvement.roadmap.events import ActionAdded, ActionClosed, ActionMoved
from app.improvement.services.events import ServiceLogged
from app.learning_record import operations
from app.sessions.events import SeatsSettled, TrainingCancelled, TrainingClosed, TrainingConfirmed


def on_completed(event: CourseCompleted) -> None:
    operations.note_completion(event.completion_id)


def on_withdrawn(event: CompletionWithdrawn) -> None:
    operations.note_withdrawal(event.completion_id)


def on_training_confirmed(event: TrainingConfirmed) -> None:
    operations.note_confirmed(event.training_id)


def on_seats_settled(event: SeatsSettled) -> None:
    """A factory may join after a training session was confirmed."""
    operations.note_confirmed(event.training_id)


def on_training_cancelled(event: TrainingCancelled) -> None:
    operations.note_cancelled(event.training_id)


def on_training_closed(event: TrainingClosed) -> None:
    """Comes after attendance, which leaves nobody without a mark."""
    operations.note_held(event.training_id)


def on_certificate_issued(event: CertificateIssued) -> None:
    operations.note_issued(event.certificate_id)


def on_certificate_suspended(event: CertificateSuspended) -> None:
    operations.note_suspended(event.certificate_id)


def on_certificate_reinstated(event: CertificateReinstated) -> None:
    operations.note_reinstated(event.certificate_id)


def on_certificate_replaced(event: CertificateReplaced) -> None:
    operations.note_replaced(event.certificate_id)


def on_certificate_revoked(event: CertificateRevoked) -> None:
    operations.note_revoked(event.certificate_id)


def on_factory_certified(event: FactoryCertified) -> None:
    operations.note_certified(event.factory_certificate_id)


def on_factory_certificate_suspended(event: FactoryCertificateSuspended) -> None:
    operations.note_factory_suspended(event.factory_certificate_id)


def on_factory_certificate_reinstated(event: FactoryCertificateReinstated) -> None:
    operations.note_factory_reinstated(event.factory_certificate_id)


def on_factory_certificate_revoked(event: FactoryCertificateRevoked) -> None:
    operations.note_factory_revoked(event.factory_certificate_id)


def on_factory_downgraded(event: FactoryDowngraded) -> None:
    operations.note_factory_ended(event.factory_certificate_id)


def on_roster_applied(event: RosterApplied) -> None:
    operations.note_roster(event.roster_import_id)


def on_roster_undone(event: RosterUndone) -> None:
    operations.note_roster_undone(event.roster_import_id)


def on_headcount_declared(event: HeadcountDeclared) -> None:
    operations.note_headcount(event.headcount_id)


def on_committee_changed(event: CommitteeChanged) -> None:
    operations.note_committee(event.committee_id)


def on_factory_changed(event: FactoryChanged) -> None:
    """Terms and whether it takes part; lines are no entries."""
    operations.note_factory(event.factory_id)


def on_findings_imported(event: FindingsImported) -> None:
    operations.note_findings(event.finding_import_id)


def on_findings_undone(event: FindingsUndone) -> None:
    operations.note_findings_undone(event.finding_import_id)


def on_action_added(event: ActionAdded) -> None:
    operations.note_action(event.action_id)


def on_action_moved(event: ActionMoved) -> None:
    operations.note_action_moved(event.action_id, event.change_id)


def on_action_closed(event: ActionClosed) -> None:
    operations.note_action_ended(event.action_id)


def on_service_logged(event: ServiceLogged) -> None:
    operations.note_service(event.service_id)


def on_cascade_held(event: CascadeHeld) -> None:
    operations.note_cascade(event.cascade_id)


def on_cascade_corrected(event: CascadeCorrected) -> None:
    operations.note_cascade(event.cascade_id)


def on_drill_held(event: DrillHeld) -> None:
    operations.note_drill(event.drill_id)


def on_drill_withdrawn(event: DrillWithdrawn) -> None:
    operations.note_drill(event.drill_id)
