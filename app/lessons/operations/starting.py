"""Beginning a course, and going on with it."""

from app.courses import queries as courses
from app.courses.models import CourseVersion
from app.lessons.models import Study
from app.lessons.queries import standing
from app.platform.clock import now
from app.platform.db import db, insert


def start(person_id: int, code: str, number: str) -> CourseVersion:
    """Work through a course from now on, on the version that was before one; whoever is on a version stays on it.

    Answers the version with this number. Raises NotFound when there is none, or the person cannot read the course.
    """
    version = courses.version_by_number(standing(person_id, code).course.id, number)
    new = insert(Study).values(
        person_id=person_id, course_id=version.course_id, version_id=version.id, started_at=now(), last_at=now()
    )
    again = {"last_at": new.excluded.last_at}
    db.session.execute(new.on_conflict_do_update(index_elements=["person_id", "course_id"], set_=again))
    return version
