"""What lessons hold of a person."""

from collections.abc import Collection

import sqlalchemy as sa

from app.factories.merging.rows import Rows, Tables
from app.lessons import retention
from app.lessons.models import LessonProgress, PracticeLog, Study
from app.platform.db import db


class LessonsData(Tables):
    """Courses, lessons and logs go over. Where both began a course the winner's version goes on."""

    tables = (
        Rows(Study, Study.person_id, (Study.course_id,)),
        Rows(LessonProgress, LessonProgress.person_id, (LessonProgress.unit_id,)),
        Rows(PracticeLog, PracticeLog.person_id),
    )

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """Words and photos; that tasks were logged stays countable, as lessons read do."""
        mine = sa.select(PracticeLog.id).where(PracticeLog.person_id.in_(person_ids))
        return retention.forget(list(db.session.scalars(mine)))


PERSON_DATA = LessonsData()
