"""What there is to read and to hear."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.courses.models import CourseVersion, LessonText, Unit, VersionFile
from app.lessons.queries.studied import Studied
from app.platform.db import db
from app.platform.i18n.languages import LANGUAGES, best

SOUNDS = ("mp3", "m4a", "opus", "ogg")
"""Endings of sound files, those first that the oldest telephones play."""


@dataclass(frozen=True)
class Reading:
    """A lesson in one language, which others there are, and the address of its sound, empty where there is none."""

    locale: str
    html: str
    languages: Sequence[str]
    sound: str


def reading(version: CourseVersion, unit: Unit, wanted: Sequence[str | None]) -> Reading | None:
    """The text of a lesson or task in the first wanted language that there is, else in English, else in any.

    None where nothing was written. At most three statements.
    """
    locales = db.session.scalars(sa.select(LessonText.locale).where(LessonText.unit_id == unit.id)).all()
    offered = tuple(code for code in LANGUAGES if code in locales)
    if not offered:
        return None
    locale = best([*wanted, "en"], offered)
    text = sa.select(LessonText.html).where(LessonText.unit_id == unit.id, LessonText.locale == locale)
    return Reading(locale, db.session.scalars(text).one(), offered, _sound(version, f"{unit.code}.{locale}"))


def _sound(version: CourseVersion, name: str) -> str:
    paths = [f"media/{name}.{ending}" for ending in SOUNDS]
    kept = sa.select(VersionFile.path).where(VersionFile.version_id == version.id, VersionFile.path.in_(paths))
    found = min(db.session.scalars(kept), key=paths.index, default="")
    return f"/courses/{version.course.code}/versions/{version.number}/{found}" if found else ""


def newer(course: Studied) -> str:
    """The number of a version that was published after the one she is on; empty where she is on the latest."""
    current_id = course.version.course.current_version_id
    if course.study is None or current_id in {None, course.version.id}:
        return ""
    later = sa.select(CourseVersion.number).where(
        CourseVersion.id == current_id, CourseVersion.published_at > course.version.published_at
    )
    return db.session.scalar(later) or ""
