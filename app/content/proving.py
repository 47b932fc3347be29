"""Whether a version that came from elsewhere is what it was made from. Its hash is of its files; what is read, taught
and graded by are rows: both have to say the same.
"""

import json
import re
from html import unescape
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.content.fingerprint import fingerprint
from app.content.folder import Folder
from app.content.publish import banks_of, new_version
from app.content.read import Course, read_course
from app.courses.models import Blob, CourseVersion, LessonText, Unit, VersionFile
from app.courses.models import Course as CourseRow
from app.courses.operations import NewUnit, NewVersion
from app.quizzes.models import Question
from app.quizzes.operations.bank import rows_of

_HASH = re.compile(r"[0-9a-f]{64}")
_LINKS, _TAGS = re.compile(r'(?:href|src)="([^"]*)"'), re.compile(r"<[^>]*>")
_APART = {"code", "fingerprint", "note", "units", "files"}
"""Of a version: judged otherwise, or beside the content."""
_UNIT = [name for name in NewUnit.__dataclass_fields__ if name != "lessons"]
_QUESTION = ("position", "code", "kind", "key", "texts", "part", "form")


def flaw(session: Session, version_id: int) -> str:
    """What is wrong with a version, as half a sentence; empty for one that is what its hash names."""
    version = session.get_one(CourseVersion, version_id)
    files = sa.select(VersionFile.path, Blob.data).join(Blob, Blob.key == VersionFile.blob_key)
    kept = dict(session.execute(files.where(VersionFile.version_id == version_id)).all())
    if not kept:
        is_of_files = version.papers or _HASH.fullmatch(version.fingerprint)
        return "none of the files it was made from came along" if is_of_files else ""
    code = session.scalars(sa.select(CourseRow.code).where(CourseRow.id == version.course_id)).one()
    course = read_course(Folder(code, kept), [])
    if course is None or fingerprint(course) != version.fingerprint:
        return "its files are not those of its hash"
    try:
        as_published = _published(course, new_version(course, version.note))
    except (ValueError, LookupError, TypeError, AttributeError):
        return "its files cannot be published"
    found = _found(session, version, code)
    other = next((what for what, said in found.items() if _plain(said) != _plain(as_published[what])), "")
    return f"its {other} are not those of its files" if other else ""


def _published(course: Course, new: NewVersion) -> dict[str, Any]:
    """What publishing these files writes."""
    lessons = ((unit.code, locale, html) for unit in new.units for locale, html in unit.lessons.items())
    quizzes = {code: [[row[name] for name in _QUESTION] for row in rows_of(*bank)] for code, bank in banks_of(course)}
    return {
        "rules": {"code": new.code, **_facts(new)},
        "units": [_unit(unit) for unit in new.units],
        "lessons": {f"{code}/{locale}": _read(html) for code, locale, html in lessons},
        "questions": {code: rows for code, rows in quizzes.items() if rows},
    }


def _found(session: Session, version: CourseVersion, code: str) -> dict[str, Any]:
    """What came."""
    units = session.scalars(sa.select(Unit).where(Unit.version_id == version.id).order_by(Unit.position)).all()
    codes = {unit.id: unit.code for unit in units}
    lessons = session.scalars(sa.select(LessonText).where(LessonText.unit_id.in_(codes)))
    questions: dict[str, list[Any]] = {}
    for row in session.scalars(sa.select(Question).where(Question.unit_id.in_(codes)).order_by(Question.position)):
        questions.setdefault(codes[row.unit_id], []).append([getattr(row, name) for name in _QUESTION])
    return {
        "rules": {"code": code, **_facts(version)},
        "units": [_unit(unit) for unit in units],
        "lessons": {f"{codes[each.unit_id]}/{each.locale}": _read(each.html) for each in lessons},
        "questions": questions,
    }


def _facts(version: NewVersion | CourseVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in NewVersion.__dataclass_fields__ if name not in _APART}


def _unit(unit: NewUnit | Unit) -> list[Any]:
    return [getattr(unit, name) for name in _UNIT]


def _read(html: str) -> list[str]:
    """What is read in a lesson, and where it leads: a newer program may write the same as other HTML."""
    return [*unescape(_TAGS.sub(" ", html)).split(), *_LINKS.findall(html)]


def _plain(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
