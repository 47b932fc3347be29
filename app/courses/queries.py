"""Reading the catalogue."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, selectinload

from app.courses.models import Blob, Course, CourseVersion, LessonText, Pathway, PathwayVersion, Unit, VersionFile
from app.courses.rules import UnitKind, belongs_to_question
from app.platform.db import db
from app.platform.refusal import NotFound


def course_by_code(code: str) -> Course:
    """A course by its code. Raises NotFound."""
    course = db.session.scalar(sa.select(Course).where(Course.code == code))
    if course is None:
        raise NotFound
    return course


def current_version(course_id: int) -> CourseVersion:
    """The version that new training sessions are planned with, its units loaded. Raises NotFound."""
    return _one(
        sa.select(CourseVersion)
        .join(Course, Course.current_version_id == CourseVersion.id)
        .where(Course.id == course_id)
        .options(selectinload(CourseVersion.units), selectinload(CourseVersion.course))
    )


def version(version_id: int) -> CourseVersion:
    """A version by its id, its units loaded. Raises NotFound."""
    return _one(
        sa.select(CourseVersion).where(CourseVersion.id == version_id).options(selectinload(CourseVersion.units))
    )


def version_by_number(course_id: int, number: str) -> CourseVersion:
    """A version of a course by its number. Raises NotFound."""
    return _one(
        sa.select(CourseVersion)
        .where(CourseVersion.course_id == course_id, CourseVersion.number == number)
        .options(selectinload(CourseVersion.units), selectinload(CourseVersion.course))
    )


def media(code: str, number: str, name: str) -> bytes:
    """A picture or sound of a published version. Raises NotFound, also for the sounds and pictures of quizzes:
    these are heard and seen in an attempt alone, under names that tell nothing.
    """
    if belongs_to_question(name):
        raise NotFound
    data = db.session.scalar(
        sa.select(Blob.data)
        .join(VersionFile, VersionFile.blob_key == Blob.key)
        .join(CourseVersion, CourseVersion.id == VersionFile.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(Course.code == code, CourseVersion.number == number, VersionFile.path == f"media/{name}")
    )
    if data is None:
        raise NotFound
    return data


def media_of_unit(unit_id: int, name: str) -> bytes:
    """A picture or sound of the version that a unit belongs to. Raises NotFound."""
    data = db.session.scalar(
        sa.select(Blob.data)
        .join(VersionFile, VersionFile.blob_key == Blob.key)
        .join(Unit, Unit.version_id == VersionFile.version_id)
        .where(Unit.id == unit_id, VersionFile.path == f"media/{name}")
    )
    if data is None:
        raise NotFound
    return data


def all_media_of_unit(unit_id: int, names: Collection[str]) -> dict[str, bytes]:
    """Those of the named pictures and sounds that the version of a unit has. One statement."""
    rows = db.session.execute(
        sa.select(VersionFile.path, Blob.data)
        .join(Blob, Blob.key == VersionFile.blob_key)
        .join(Unit, Unit.version_id == VersionFile.version_id)
        .where(Unit.id == unit_id, VersionFile.path.in_([f"media/{name}" for name in names]))
    )
    return {row.path.removeprefix("media/"): row.data for row in rows}


def versions(ids: Sequence[int]) -> dict[int, CourseVersion]:
    """Versions by id."""
    rows = db.session.scalars(sa.select(CourseVersion).where(CourseVersion.id.in_(ids)))
    return {row.id: row for row in rows}


def catalogue() -> Sequence[CourseVersion]:
    """The current version of every course, in the order of their shelves."""
    return db.session.scalars(
        sa.select(CourseVersion)
        .join(Course, Course.current_version_id == CourseVersion.id)
        .where(Course.archived_at.is_(None))
        .options(selectinload(CourseVersion.course))
        .order_by(CourseVersion.category, Course.code)
    ).all()


def units(version_id: int) -> Sequence[Unit]:
    """The units of a version in order."""
    return db.session.scalars(sa.select(Unit).where(Unit.version_id == version_id).order_by(Unit.position)).all()


def unit(version_id: int, code: str) -> Unit:
    """A unit by its code. Raises NotFound."""
    found = db.session.scalar(sa.select(Unit).where(Unit.version_id == version_id, Unit.code == code))
    if found is None:
        raise NotFound
    return found


def meeting_unit(version_id: int) -> Unit:
    """The unit that stands for all half-days. Raises NotFound."""
    found = db.session.scalar(sa.select(Unit).where(Unit.version_id == version_id, Unit.kind == UnitKind.MEETING))
    if found is None:
        raise NotFound
    return found


def lesson(unit_id: int, locale: str) -> LessonText:
    """A lesson in the reader's language, else in English. Raises NotFound."""
    texts = db.session.scalars(sa.select(LessonText).where(LessonText.unit_id == unit_id)).all()
    by_locale = {text.locale: text for text in texts}
    found = by_locale.get(locale) or by_locale.get("en")
    if found is None:
        raise NotFound
    return found


def pathways() -> Sequence[PathwayVersion]:
    """The current edition of every pathway that is offered, by code."""
    return db.session.scalars(_pathways().where(Pathway.archived_at.is_(None)).order_by(Pathway.code)).all()


def pathway(code: str) -> PathwayVersion:
    """The current edition of a pathway. Raises NotFound."""
    found = db.session.scalar(_pathways().where(Pathway.code == code))
    if found is None:
        raise NotFound
    return found


def titles(codes: Collection[str]) -> dict[str, dict[str, str]]:
    """Course -> titles of its current version, of those courses that there are."""
    rows = db.session.execute(
        sa.select(Course.code, CourseVersion.titles)
        .join(CourseVersion, CourseVersion.id == Course.current_version_id)
        .where(Course.code.in_(codes))
    )
    return {row.code: row.titles for row in rows}


def _pathways() -> sa.Select[PathwayVersion]:
    return (
        sa.select(PathwayVersion)
        .join(Pathway, Pathway.current_version_id == PathwayVersion.id)
        .options(contains_eager(PathwayVersion.pathway))
    )


def _one(statement: sa.Select[CourseVersion]) -> CourseVersion:
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found
