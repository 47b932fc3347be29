"""Publishing: a version is written once and never changes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.courses.models import Blob, Course, CourseVersion, LessonText, Unit, VersionFile
from app.courses.rules import AttendanceBy, Category, QuizPhase, UnitKind, ValidFrom
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.i18n.folding import searchable
from app.platform.refusal import Refused


@dataclass(frozen=True, kw_only=True)
class NewUnit:
    """A unit to be published; `lessons` holds sanitised HTML by locale."""

    code: str
    kind: UnitKind
    minutes: int
    titles: dict[str, str]
    objectives: dict[str, Any]
    phase: QuizPhase | None = None
    months_after: int | None = None
    blueprint: dict[str, int] | None = None
    rules: dict[str, Any] | None = None
    lessons: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class NewVersion:
    """A version to be published; the fields are those of CourseVersion. `files` are those it was made from."""

    code: str
    number: str
    fingerprint: str
    note: str
    category: Category
    titles: dict[str, str]
    summary: dict[str, str]
    objectives: dict[str, Any]
    audience: list[str]
    themes: list[str]
    hours: float
    group_min: int
    group_max: int
    modalities: list[str]
    languages: dict[str, Any]
    validity_months: int | None
    valid_from: ValidFrom
    valid_to_day: str | None
    refresher: str | None
    attendance_share: float
    attendance_by: AttendanceBy
    present_from: float
    late_after: int
    test_unit: str | None
    test_share: float | None
    evaluation_required: bool
    sources: list[str]
    review_by: date | None
    layouts: list[dict[str, Any]]
    forms: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    countries: list[dict[str, Any]]
    units: tuple[NewUnit, ...]
    files: Mapping[str, bytes]


def publish_version(actor: Actor, new: NewVersion) -> tuple[CourseVersion, bool]:
    """The published version, and whether it is new: equal content is published once, and what came after it stays.

    Raises Refused when this number was already published with other content.
    """
    course = _course(new.code)
    known = db.session.scalar(
        sa.select(CourseVersion).where(
            CourseVersion.course_id == course.id, CourseVersion.fingerprint == new.fingerprint
        )
    )
    if known is not None:
        return known, False
    if db.session.scalar(sa.select(_numbered(course.id, new.number))):
        raise Refused(
            _("Version %(number)s of %(course)s is published and never changes. Give the new one a new number.",
              number=new.number, course=new.code)
        )
    version = _write(actor, course, new)
    course.current_version_id = version.id
    audit.record(actor, "courses.publish", f"version:{version.id}", fingerprint=new.fingerprint)
    return version, True


def _numbered(course_id: int, number: str) -> sa.Exists:
    return sa.exists().where(CourseVersion.course_id == course_id, CourseVersion.number == number)


def _course(code: str) -> Course:
    db.session.execute(insert(Course).values(code=code).on_conflict_do_nothing(index_elements=["code"]))
    return db.session.scalars(sa.select(Course).where(Course.code == code).with_for_update()).one()


def _write(actor: Actor, course: Course, new: NewVersion) -> CourseVersion:
    apart = {"code", "units", "files"}
    values = {name: getattr(new, name) for name in NewVersion.__dataclass_fields__ if name not in apart}
    version = CourseVersion(
        course_id=course.id,
        published_at=now(),
        published_by=actor.account_id,
        search_text=searchable(new.code, *new.titles.values(), *new.summary.values()),
        **values,
    )
    db.session.add(version)
    db.session.flush()  # units need the id
    for position, unit in enumerate(new.units):
        _write_unit(version.id, position, unit)
    for path, data in new.files.items():
        db.session.add(VersionFile(version_id=version.id, path=path, blob_key=keep(data)))
    return version


def keep(data: bytes) -> str:
    """Store bytes once; the key they are found by."""
    key = hashlib.sha256(data).hexdigest()
    db.session.execute(insert(Blob).values(key=key, data=data).on_conflict_do_nothing(index_elements=["key"]))
    return key


def _write_unit(version_id: int, position: int, new: NewUnit) -> None:
    values = {name: getattr(new, name) for name in NewUnit.__dataclass_fields__ if name != "lessons"}
    unit = Unit(version_id=version_id, position=position, **values)
    db.session.add(unit)
    db.session.flush()  # lessons need the id
    db.session.add_all(LessonText(unit_id=unit.id, locale=locale, html=html) for locale, html in new.lessons.items())
