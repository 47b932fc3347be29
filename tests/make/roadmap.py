"""Actions of roadmaps."""

from datetime import timedelta

from app.access.actor import SYSTEM, Actor
from app.courses.models import CourseVersion
from app.factories.models import Factory
from app.factories.rules import JobRole
from app.improvement.findings.training import Step
from app.improvement.roadmap import operations
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.operations import Plan
from app.improvement.roadmap.rules import OwnerTitle
from app.platform.clock import today


def plan(version: CourseVersion | None = None, **values: object) -> Plan:
    """A plan about fire: two supervisors take the course, if there is one."""
    defaults: dict[str, object] = {
        "theme": "OS", "point": "OS-08", "course_id": version.course_id if version else None,
        "roles": (JobRole.SUPERVISOR,), "people": 2 if version else 0, "step": Step.TIMED_DRILL, "step_note": "",
        "owner_id": None, "owner_title": OwnerTitle.SAFETY_OFFICER,
        "due_on": today("Asia/Phnom_Penh") + timedelta(days=30),
    }
    return Plan(**{**defaults, **values})  # type: ignore[arg-type]


def action(
    factory: Factory, version: CourseVersion | None = None, actor: Actor = SYSTEM, **values: object
) -> RoadmapAction:
    """An action that stands in the roadmap of a factory."""
    return operations.add(actor, factory.code, plan(version, **values))
