"""What the factory does about findings: the actions of its roadmap, as far as they were on the day."""

import sqlalchemy as sa

from app.courses.models import Course, CourseVersion
from app.improvement.findings.labels import STEPS, theme
from app.improvement.roadmap.labels import CHANGES, STATES
from app.improvement.roadmap.models import RoadmapAction, RoadmapChange
from app.learning_record.evidence.source import Source, Table
from app.platform.db import db
from app.platform.i18n import _, text
from app.platform.tables.writing import Cell


def table(source: Source) -> Table:
    """Everything that happened to actions that were open at some time of it. One statement."""
    about = source.about
    rows = db.session.execute(
        sa.select(RoadmapChange, RoadmapAction, Course.code, CourseVersion.titles)
        .join(RoadmapAction, RoadmapAction.id == RoadmapChange.action_id)
        .outerjoin(Course, Course.id == RoadmapAction.course_id)
        .outerjoin(CourseVersion, CourseVersion.id == Course.current_version_id)
        .where(
            RoadmapAction.factory_id == about.factory_id, RoadmapAction.created_at < about.ends,
            sa.or_(RoadmapAction.ended_at.is_(None), RoadmapAction.ended_at >= about.begins),
            RoadmapChange.at < about.known,
        )
        .order_by(RoadmapAction.id, RoadmapChange.id)
    )  # fmt: skip
    header = [
        _("Action"), _("Cycle"), _("Theme"), _("Course"), _("Title"), _("Step"), _("Happened at"), _("What happened"),
        _("State"), _("Started"), _("Completed"),
    ]  # fmt: skip
    found: list[list[Cell]] = [
        [
            action.id, action.cycle_on.isoformat(), theme(action.theme), course or "",
            text(titles) if titles else "", str(STEPS[action.step]) if action.step in STEPS else "",
            about.moment(change.at), str(CHANGES[change.change]), str(STATES[change.state][0]), change.started,
            change.completed,
        ]
        for change, action, course, titles in rows
    ]  # fmt: skip
    return Table("actions", _("Actions about findings"), header, found)
