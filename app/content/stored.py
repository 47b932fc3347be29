"""The files that a published version was made from."""

import sqlalchemy as sa

from app.content.folder import Folder
from app.courses.models import Blob, Course, CourseVersion, VersionFile
from app.platform.db import db
from app.platform.refusal import NotFound


def version_folder(version_id: int) -> Folder:
    """The files of a version as they were published. Raises NotFound when the version kept none."""
    rows = db.session.execute(
        sa.select(VersionFile.path, Blob.data)
        .join(Blob, Blob.key == VersionFile.blob_key)
        .where(VersionFile.version_id == version_id)
        .order_by(VersionFile.path)
    ).all()
    code = db.session.scalar(
        sa.select(Course.code)
        .join(CourseVersion, CourseVersion.course_id == Course.id)
        .where(CourseVersion.id == version_id)
    )
    if not rows or code is None:
        raise NotFound
    return Folder(code, dict(rows), code)


def paths(version_id: int) -> list[str]:
    """The names of the files of a version; empty when it kept none."""
    return list(db.session.scalars(sa.select(VersionFile.path).where(VersionFile.version_id == version_id)))
