"""How far people are on their pathways: modules completed, tasks logged and confirmed. A fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.completions.models import Completion
from app.completions.queries import entries_of
from app.courses.models import Course, CourseVersion, PathwayVersion, Unit
from app.courses.rules import Step, UnitKind, steps
from app.improvement.ambassadors.models import TaskVerdict
from app.improvement.ambassadors.rules import Progress, TaskState, Verdict, due_months, progress, task_state
from app.lessons.models import PracticeLog
from app.platform.db import db

Completed = Mapping[str, datetime]
"""Course -> when it was first completed."""


@dataclass(frozen=True)
class Task:
    """A practice task of a course on the way: `logs` are the ids of what the person logged of it, the latest first."""

    course: str
    unit: str
    titles: Mapping[str, str]
    state: TaskState
    logs: Sequence[int]


@dataclass(frozen=True)
class Known:
    """What people completed, logged, and were told of it; by person."""

    completed: Mapping[int, Completed]
    logs: Mapping[int, Mapping[tuple[str, str], Sequence[tuple[int, Verdict | None]]]]
    tasks: Mapping[str, Sequence[tuple[str, Mapping[str, str]]]]
    """Course -> code and titles of the practice tasks of its current version."""


def way(version: PathwayVersion) -> tuple[Step, ...]:
    """The steps of an edition."""
    return steps(version.steps)


def known(person_ids: Collection[int], versions: Collection[PathwayVersion]) -> Known:
    """Four statements, however many people there are."""
    codes = {code for version in versions for step in way(version) for code in step.courses}
    whose = entries_of(person_ids)
    return Known(_completed(whose, codes), _logs(whose, codes), _tasks(codes))


def _completed(whose: Mapping[int, int], codes: Collection[str]) -> dict[int, dict[str, datetime]]:
    rows: sa.Result[Any] = db.session.execute(
        sa.select(Completion.person_id, Course.code, sa.func.min(Completion.completed_at).label("at"))
        .join(Course, Course.id == Completion.course_id)
        .where(Completion.person_id.in_(whose), Completion.withdrawn_at.is_(None), Course.code.in_(codes))
        .group_by(Completion.person_id, Course.code)
    )
    found: dict[int, dict[str, datetime]] = defaultdict(dict)
    for row in rows:
        mine = found[whose[row.person_id]]
        mine[row.code] = min(row.at, mine.get(row.code, row.at))
    return found


def _logs(
    whose: Mapping[int, int], codes: Collection[str]
) -> dict[int, dict[tuple[str, str], list[tuple[int, Verdict | None]]]]:
    last = sa.select(sa.func.max(TaskVerdict.id)).where(TaskVerdict.log_id == PracticeLog.id).correlate(PracticeLog)
    rows: sa.Result[Any] = db.session.execute(
        sa.select(PracticeLog.id, PracticeLog.person_id, Course.code, Unit.code.label("unit"), TaskVerdict.verdict)
        .join(Unit, Unit.id == PracticeLog.unit_id)
        .join(CourseVersion, CourseVersion.id == PracticeLog.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .outerjoin(TaskVerdict, TaskVerdict.id == last.scalar_subquery())
        .where(PracticeLog.person_id.in_(whose), PracticeLog.withdrawn_at.is_(None), Course.code.in_(codes))
        .order_by(PracticeLog.id.desc())
    )
    found: dict[int, dict[tuple[str, str], list[tuple[int, Verdict | None]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[whose[row.person_id]][row.code, row.unit].append((row.id, row.verdict))
    return found


def _tasks(codes: Collection[str]) -> dict[str, list[tuple[str, Mapping[str, str]]]]:
    rows: sa.Result[Any] = db.session.execute(
        sa.select(Course.code, Unit.code.label("unit"), Unit.titles)
        .join(Unit, Unit.version_id == Course.current_version_id)
        .where(Course.code.in_(codes), Unit.kind == UnitKind.PRACTICE)
        .order_by(Course.code, Unit.position)
    )
    found: dict[str, list[tuple[str, Mapping[str, str]]]] = defaultdict(list)
    for row in rows:
        found[row.code].append((row.unit, row.titles))
    return found


def is_done(step: Step, completed: Completed, day: date, zone: str) -> bool:
    """Whether a step was done on a day or before, by the calendar of the factory."""
    clock = ZoneInfo(zone)
    return step.is_done([code for code, at in completed.items() if at.astimezone(clock).date() <= day])


def progress_of(version: PathwayVersion, completed: Completed, starts_on: date, day: date, zone: str) -> Progress:
    """How far somebody is on a day who began on another."""
    done = [is_done(step, completed, day, zone) for step in way(version)]
    return progress(done, due_months(version.steps, version.pace_months), starts_on, day)


def tasks_of(version: PathwayVersion, person_id: int, facts: Known) -> list[Task]:
    """The tasks of the courses on the way, in order."""
    logs = facts.logs.get(person_id, {})
    return [
        Task(course, unit, titles, task_state([verdict for _log, verdict in mine]), [log for log, _verdict in mine])
        for step in way(version) for course in step.courses for unit, titles in facts.tasks.get(course, ())
        for mine in [logs.get((course, unit), [])]
    ]  # fmt: skip
