"""What ambassadors passed on in a factory, and the drills that it held."""

from app.improvement.cascade.models import CascadeSession
from app.improvement.cascade.queries import roster
from app.improvement.drills.models import Drill
from app.learning_record.models import EntryKind
from app.learning_record.operations.noting import Participant, note, start_of
from app.learning_record.rules import EvidenceLevel
from app.platform.db import db


def note_cascade(cascade_id: int) -> None:
    """A session of an ambassador, at its own level: with names who was there, else heads. Another entry about it names
    the one that counts no more; one that says that nothing was held counts nobody.
    """
    row = db.session.get_one(CascadeSession, cascade_id)
    people = [
        Participant(each.person.id, each.row.line, each.row.role, each.row.sex) for each in roster(row.id)
    ]
    note(
        factory_id=row.factory_id,
        kind=EntryKind.CASCADE_CORRECTED if row.corrects_id else EntryKind.CASCADE_HELD,
        source=f"cascade:{row.id}",
        at=start_of(row.factory_id, row.held_on),
        corrects=f"cascade:{row.corrects_id}" if row.corrects_id else None,
        participants=people,
        level=EvidenceLevel(row.level.value),
        people=row.heads.total,
        women=row.women,
        course_id=row.course_id,
        line=row.line.name if row.line else None,
        details={"theme": row.theme, "minutes": row.minutes, "withdrawn": row.is_withdrawn},
    )


def note_drill(drill_id: int) -> None:
    """A drill, counted by heads; or that one counts no more."""
    row = db.session.get_one(Drill, drill_id)
    taken_back = row.withdraws_id is not None
    note(
        factory_id=row.factory_id,
        kind=EntryKind.DRILL_WITHDRAWN if taken_back else EntryKind.DRILL_HELD,
        source=f"drill:{row.id}",
        at=start_of(row.factory_id, row.held_on),
        corrects=f"drill:{row.withdraws_id}" if taken_back else None,
        people=row.people,
        details={"drill": row.kind, "shift": row.shift, "minutes": row.minutes, "learnt": row.learnt},
    )
