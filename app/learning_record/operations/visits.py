"""What the programme did for a factory."""

from app.improvement.services.models import ServiceLog
from app.learning_record.models import EntryKind
from app.learning_record.operations.noting import note, start_of
from app.platform.db import db


def note_service(service_id: int) -> None:
    """A visit or a service was written down, corrected, or taken back. Nobody is named, so that it has no level: who
    was taught stands in the record by itself."""
    one = db.session.get_one(ServiceLog, service_id)
    kind = EntryKind.SERVICE_LOGGED if one.corrects_id is None else EntryKind.SERVICE_CORRECTED
    note(
        factory_id=one.factory_id,
        kind=EntryKind.SERVICE_WITHDRAWN if one.is_withdrawn else kind,
        source=f"service:{one.id}",
        at=start_of(one.factory_id, one.held_on),
        corrects=f"service:{one.corrects_id}" if one.corrects_id else None,
        people=None if one.is_withdrawn else one.women + one.men,
        women=None if one.is_withdrawn else one.women,
        details={
            "service": one.kind.value, "mode": one.mode.value, "theme": one.theme, "minutes": one.minutes,
            "notes": one.notes},
    )
