"""Reading drafts. Who may write courses sees all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import Account
from app.content.authoring.models import Draft, DraftFile
from app.content.authoring.rules import DraftState
from app.content.folder import Folder
from app.courses.models import Blob, Course, CourseVersion
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.refusal import NotFound


@dataclass(frozen=True)
class DraftRow:
    """A draft in the list, the number of the version it began from, and who changed it last."""

    draft: Draft
    based_on: str | None
    changed_by: str | None


@dataclass(frozen=True)
class StoredFile:
    """A file of a draft as it is now. `revision` is what a writer hands back as seen; 0 while there is no such file."""

    path: str
    data: bytes
    revision: int
    changed_at: datetime | None = None
    changed_by: str | None = None


@dataclass(frozen=True)
class FileRow:
    """A file of a draft without its bytes; `size` in bytes."""

    path: str
    size: int
    revision: int


@dataclass(frozen=True)
class HistoryRow:
    """A published version and who published it; nobody by name when it was done from the command line."""

    version: CourseVersion
    published_by: str | None


def draft(actor: Actor, draft_id: int) -> Draft:
    """A draft in whatever state. Raises NotFound, also for whoever may not write courses."""
    found = db.session.get(Draft, draft_id) if actor.may(Permission.COURSES_AUTHOR) else None
    if found is None:
        raise NotFound
    return found


def open_drafts(code: str | None = None) -> Sequence[DraftRow]:
    """The open drafts - of one course, or all -, the last changed first."""
    statement = (
        sa.select(Draft, CourseVersion.number, Account.name)
        .outerjoin(CourseVersion, CourseVersion.id == Draft.based_on_id)
        .outerjoin(Account, Account.id == Draft.changed_by)
        .where(Draft.state == DraftState.OPEN)
        .order_by(Draft.changed_at.desc(), Draft.id.desc())
    )
    if code is not None:
        statement = statement.where(Draft.code == code)
    return [DraftRow(*row) for row in db.session.execute(statement)]


def draft_folder(found: Draft) -> Folder:
    """The files of a draft as the check, the comparison and publishing take them."""
    rows = db.session.execute(
        sa.select(DraftFile.path, Blob.data)
        .join(Blob, Blob.key == DraftFile.blob_key)
        .where(DraftFile.draft_id == found.id)
        .order_by(DraftFile.path)
    ).all()
    return Folder(found.code, dict(rows))


def file(draft_id: int, path: str) -> StoredFile:
    """A file of a draft. Raises NotFound."""
    row = db.session.execute(
        sa.select(DraftFile, Blob.data, Account.name)
        .join(Blob, Blob.key == DraftFile.blob_key)
        .outerjoin(Account, Account.id == DraftFile.changed_by)
        .where(DraftFile.draft_id == draft_id, DraftFile.path == path)
    ).first()
    if row is None:
        raise NotFound
    found, data, name = row
    return StoredFile(found.path, data, found.revision, found.changed_at, name)


def file_or_new(draft_id: int, path: str) -> StoredFile:
    """A file of a draft, empty and with revision 0 where there is none yet."""
    try:
        return file(draft_id, path)
    except NotFound:
        return StoredFile(path, b"", 0)


def file_rows(draft_id: int) -> Sequence[FileRow]:
    """The files of a draft by path, without their bytes."""
    rows = db.session.execute(
        sa.select(DraftFile.path, DraftFile.size, DraftFile.revision)
        .where(DraftFile.draft_id == draft_id)
        .order_by(DraftFile.path)
    )
    return [FileRow(*row) for row in rows]


def history(course_id: int) -> Sequence[HistoryRow]:
    """The versions of a course with who published each, the newest first."""
    rows = db.session.execute(
        sa.select(CourseVersion, Account.name)
        .outerjoin(Account, Account.id == CourseVersion.published_by)
        .where(CourseVersion.course_id == course_id)
        .order_by(CourseVersion.published_at.desc(), CourseVersion.id.desc())
    )
    return [HistoryRow(*row) for row in rows]


def numbers(code: str) -> Sequence[str]:
    """The version numbers that a course has used."""
    return db.session.scalars(
        sa.select(CourseVersion.number).join(Course, Course.id == CourseVersion.course_id).where(Course.code == code)
    ).all()


def courses() -> Sequence[tuple[int, str, dict[str, str], str]]:
    """The courses that are offered, as (id of the version in use, code, titles, number), by code."""
    rows = db.session.execute(
        sa.select(CourseVersion.id, Course.code, CourseVersion.titles, CourseVersion.number)
        .join(Course, Course.current_version_id == CourseVersion.id)
        .where(Course.archived_at.is_(None))
        .order_by(Course.code)
    )
    return [(row.id, row.code, row.titles, row.number) for row in rows]


def code_of_version(version_id: int) -> str:
    """The code of the course of a version. Raises NotFound."""
    code = db.session.scalar(
        sa.select(Course.code)
        .join(CourseVersion, CourseVersion.course_id == Course.id)
        .where(CourseVersion.id == version_id)
    )
    if code is None:
        raise NotFound
    return code


def version_in_use(code: str) -> CourseVersion | None:
    """The version of a course that is in use now; None when it was never published."""
    return db.session.scalar(
        sa.select(CourseVersion).join(Course, Course.current_version_id == CourseVersion.id).where(Course.code == code)
    )


def newer_version(found: Draft) -> CourseVersion | None:
    """The version that was published while an open draft was written; None when there is none."""
    used = version_in_use(found.code) if found.is_open else None
    return used if used and used.id != found.based_on_id else None


def reviewer(draft_id: int, locale: str, day: date) -> str | None:
    """Who noted in this draft that a language was reviewed on a day; None when that was noted elsewhere."""
    rows = db.session.execute(
        sa.select(AuditEntry.details, Account.name)
        .join(Account, Account.id == AuditEntry.account_id)
        .where(AuditEntry.subject == f"draft:{draft_id}", AuditEntry.action == "authoring.review")
        .order_by(AuditEntry.id.desc())
    )
    noted = {"language": locale, "day": day.isoformat()}
    return next((name for details, name in rows if noted.items() <= details.items()), None)
