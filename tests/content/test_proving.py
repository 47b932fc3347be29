"""A version that comes from elsewhere is what its hash names, or it does not come."""

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.content.fingerprint import fingerprint
from app.content.proving import flaw
from app.content.publish import _publish_course
from app.content.read import read_course
from app.courses.models import CourseVersion
from app.platform.db import db
from tests.make import content

OTHER_FILES = "its files are not those of its hash"


@pytest.fixture
def version_id(app: object) -> int:
    course = read_course(content.folder("proved"), [])
    assert course is not None
    _publish_course(SYSTEM, course, "")
    found = db.session.scalars(sa.select(CourseVersion).order_by(CourseVersion.id.desc())).first()
    assert found is not None
    return found.id


def _flaw(version_id: int) -> str:
    db.session.expire_all()
    return flaw(db.session(), version_id)


def test_what_was_published_is_what_its_hash_names(version_id: int) -> None:
    assert _flaw(version_id) == ""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("UPDATE course_version SET fingerprint = '{zeros}' WHERE id = {id}", OTHER_FILES),
        ("UPDATE course_file SET path = 'en/more.md' WHERE path = 'en/lesson.md' AND version_id = {id}", OTHER_FILES),
        ("DELETE FROM course_file WHERE path = 'ar/lesson.md' AND version_id = {id}", OTHER_FILES),
        ("DELETE FROM course_file WHERE version_id = {id}", "none of the files it was made from came along"),
        ("UPDATE course_version SET test_share = 0.1 WHERE id = {id}", "its rules are not those of its files"),
        ("UPDATE course_version SET validity_months = 600 WHERE id = {id}", "its rules are not those of its files"),
        ("UPDATE course_version SET papers = '[{{\"kind\": \"x\"}}]' WHERE id = {id}", "its rules are not those of its files"),
        ("UPDATE course SET code = 'other' WHERE code = 'proved'", "its rules are not those of its files"),
        ("UPDATE unit SET minutes = 1 WHERE code = 'meetings' AND version_id = {id}", "its units are not those of its files"),
        ("UPDATE lesson_text SET html = '<p>Else</p>' WHERE locale = 'km' AND unit_id IN ({units})", "its lessons are not those of its files"),
        ("UPDATE lesson_text SET html = replace(html, '/media/', '/x/') WHERE unit_id IN ({units})", "its lessons are not those of its files"),
        ("DELETE FROM lesson_text WHERE locale = 'ar' AND unit_id IN ({units})", "its lessons are not those of its files"),
        ("UPDATE question SET texts = '{{}}' WHERE unit_id IN ({units})", "its questions are not those of its files"),
        ("UPDATE question SET key = '{{}}' WHERE unit_id IN ({units})", "its questions are not those of its files"),
    ],
)
def test_another_row_or_file_is_named(version_id: int, change: str, reason: str) -> None:
    units = f"SELECT id FROM unit WHERE version_id = {version_id}"
    db.session.execute(sa.text(change.format(id=version_id, units=units, zeros="0" * 64).replace(":", r"\:")))
    assert _flaw(version_id) == reason


def test_papers_are_made_of_files(version_id: int) -> None:
    db.session.execute(sa.text(f"DELETE FROM course_file WHERE version_id = {version_id}"))
    db.session.execute(sa.text(f"UPDATE course_version SET fingerprint = 'as it was' WHERE id = {version_id}"))
    assert _flaw(version_id) == "none of the files it was made from came along"
    db.session.execute(sa.text(f"UPDATE course_version SET papers = '[]' WHERE id = {version_id}"))
    assert _flaw(version_id) == ""


def test_files_that_nobody_can_read(version_id: int) -> None:
    other = "(SELECT blob_key FROM course_file WHERE path = 'media/clock.svg')"
    db.session.execute(sa.text(f"UPDATE course_file SET blob_key = {other} WHERE path = 'course.yaml'"))
    assert _flaw(version_id) == OTHER_FILES


def test_the_hash_of_a_content_stays_what_it_was() -> None:
    """Else nothing that was published before is known again, here or where a programme is taken in: whoever adds a fact to
    the format leaves it out of the hash where it is not said.
    """
    course = read_course(content.folder(), [])
    assert course is not None
    assert fingerprint(course) == "528560409f3eb200e669c044443bbf25473dc8e5b08d416f0c2b0626e97673eb"
