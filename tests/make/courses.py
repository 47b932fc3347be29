"""Published courses."""

from itertools import count

from app.courses.models import Course, CourseVersion, Unit
from app.courses.rules import Category, UnitKind
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n.folding import searchable

_numbers = count(1)


def version(code: str = "", **values: object) -> CourseVersion:
    """A published version with a lesson, the half-days and a post-test; 80 % attendance and 60 % are asked for."""
    code = code or f"course-{next(_numbers)}"
    course = Course(code=code, current_version_id=None)
    db.session.add(course)
    db.session.flush()
    defaults = {
        "number": "1", "fingerprint": code, "published_at": now(), "category": Category.SUPERVISORY_SKILLS,
        "titles": {"en": "Supervisory Skills", "km": "ជំនាញអ្នកគ្រប់គ្រង"}, "summary": {"en": "How to lead a line."},
        "objectives": {"en": ["I can plan my shift."]}, "audience": ["supervisor"], "themes": [], "hours": 18.0,
        "group_min": 8, "group_max": 25, "modalities": ["in_person"], "languages": {"en": None, "km": None},
        "validity_months": 24, "attendance_share": 0.8, "test_unit": "post-test", "test_share": 0.6, "sources": [],
        "review_by": None,
    }
    merged = {**defaults, **values}
    words = searchable(code, *merged["titles"].values(), *merged["summary"].values())
    row = CourseVersion(course_id=course.id, search_text=words, **merged)
    db.session.add(row)
    db.session.flush()
    course.current_version_id = row.id
    units = [("lesson", UnitKind.LESSON), ("meetings", UnitKind.MEETING), ("post-test", UnitKind.QUIZ)]
    db.session.add_all(
        Unit(
            version_id=row.id, position=position, code=unit_code, kind=kind, minutes=60,
            titles={"en": unit_code}, objectives={},
        )
        for position, (unit_code, kind) in enumerate(units)
    )
    db.session.flush()
    return row


def unit(version: CourseVersion, code: str) -> Unit:
    """A unit of a version by its code: `lesson`, `meetings` or `post-test`."""
    return db.session.query(Unit).filter_by(version_id=version.id, code=code).one()
