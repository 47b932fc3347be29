"""What assessments found at a factory."""

from app.improvement.findings import queries as findings
from app.learning_record.models import EntryKind
from app.learning_record.operations.noting import note
from app.platform.clock import now


def note_findings(finding_import_id: int) -> None:
    """A file of findings said something new of these factories."""
    for factory_id, counted in findings.told_by(finding_import_id).items():
        note(
            factory_id=factory_id,
            kind=EntryKind.FINDINGS_IMPORTED,
            source=f"findings:{finding_import_id}",
            at=now(),
            details=counted,
        )


def note_findings_undone(finding_import_id: int) -> None:
    """A file of findings was taken back; what was written before stays."""
    for factory_id in findings.told_by(finding_import_id):
        note(
            factory_id=factory_id,
            kind=EntryKind.FINDINGS_UNDONE,
            source=f"findings_undone:{finding_import_id}",
            at=now(),
            corrects=f"findings:{finding_import_id}",
        )
