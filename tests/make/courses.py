"""Published courses."""

from itertools import count

from app.courses.models import Course, CourseVersion, Pathway, PathwayVersion, Unit, VersionFile
from app.courses.operations import keep
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


def edition(code: str, number: str, **values: object) -> CourseVersion:
    """A later version of a course, which is the current one from now on."""
    course = db.session.query(Course).filter_by(code=code).one()
    made = version(f"{code}-{number}", number=number, **values)
    other = db.session.get_one(Course, made.course_id)
    made.course_id, other.current_version_id = course.id, None
    db.session.flush()
    course.current_version_id = made.id
    db.session.delete(other)
    db.session.flush()
    return made


def media(version: CourseVersion, name: str, data: bytes) -> None:
    """A file in the media folder of a version."""
    db.session.add(VersionFile(version_id=version.id, path=f"media/{name}", blob_key=keep(data)))
    db.session.flush()


def pathway(code: str, steps: list[dict[str, object]], **values: object) -> PathwayVersion:
    """A published pathway."""
    row = Pathway(code=code, current_version_id=None)
    db.session.add(row)
    db.session.flush()
    defaults = {
        "number": "1", "fingerprint": code, "published_at": now(), "published_by": None, "titles": {"en": code.title()},
        "summary": {"en": "From here to there."}, "audience": ["office"], "in_order": True, "pace_months": 12, "sources": [],
        "review_by": None,
    }
    made = PathwayVersion(pathway_id=row.id, steps=steps, **{**defaults, **values})
    db.session.add(made)
    db.session.flush()
    row.current_version_id = made.id
    db.session.flush()
    return made
