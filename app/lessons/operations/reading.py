"""Reading lessons.

A lesson that somebody reads alone is progress and nothing more: no unit result is written and no completion decided.
A course version asks for a share of the half-days and, mostly, for a test; both belong to a training session, which
says who was there and how it is known. A lesson read at home is nobody's attendance and has no training session, and no
version asks for a lesson - `completions.queries.needs` knows half-days and the test only -, so that there is nothing to
tell `completions.operations.note_unit`.
"""

import sqlalchemy as sa

from app.access.actor import Actor
from app.courses import queries as courses
from app.courses.rules import UnitKind
from app.lessons.models import LessonProgress, Study
from app.lessons.operations.starting import start
from app.lessons.policy import learner
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused


def read(actor: Actor, code: str, unit: str, number: str) -> None:
    """A person has read a lesson of a version; saying it again only changes when that was last. Raises NotFound."""
    person_id = learner(actor)
    version = start(person_id, code, number)
    lesson = courses.unit(version.id, unit)
    if lesson.kind is not UnitKind.LESSON:
        raise NotFound
    key = {"person_id": person_id, "version_id": version.id, "unit_id": lesson.id}
    new = insert(LessonProgress).values(**key, first_read_at=now(), last_read_at=now())
    is_new = db.session.scalar(new.on_conflict_do_nothing(index_elements=list(key)).returning(LessonProgress.id))
    if is_new is not None:
        audit.record(actor, "lessons.read", f"person:{person_id}", unit=lesson.id)
        return
    again = sa.update(LessonProgress).where(*(getattr(LessonProgress, name) == value for name, value in key.items()))
    db.session.execute(again.values(last_read_at=now()))


def switch(actor: Actor, code: str, number: str) -> None:
    """Go on with the version that is current now. What was read stays read in units that are still there.

    Doing it again changes nothing. Raises NotFound, and Refused when this is not the current version.
    """
    person_id = learner(actor)
    course = courses.course_by_code(code)
    study = db.session.scalar(
        sa.select(Study).where(Study.person_id == person_id, Study.course_id == course.id).with_for_update()
    )
    if study is None:
        raise NotFound
    version = courses.version_by_number(course.id, number)
    if version.id == study.version_id:
        return
    if version.id != course.current_version_id:
        raise Refused(_("There is a newer version by now. Open the course again."))
    audit.record(actor, "lessons.switch", f"person:{person_id}", before=study.version_id, version=version.id)
    study.version_id = version.id
