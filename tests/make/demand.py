"""What factories want."""

from app.courses.models import Course
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import db
from app.sessions.demand.models import Interest
from app.sessions.demand.rules import InterestState


def interest(factory: Factory, course: Course, **values: object) -> Interest:
    """An open interest of ten people, at any time, either way, in English."""
    defaults = {
        "people": 10, "month": None, "modality": None, "language": "en", "note": "", "state": InterestState.OPEN,
        "declared_at": now(), "declared_by": None, "changed_at": now(), "training_id": None,
    }
    row = Interest(factory_id=factory.id, course_id=course.id, **{**defaults, **values})
    db.session.add(row)
    db.session.flush()
    return row
