"""Requirements."""

from app.access.actor import SYSTEM
from app.courses.models import CourseVersion
from app.coverage import operations
from app.factories.models import Programme
from app.factories.rules import JobRole

SUPERVISORS = (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR)


def require(programme: Programme, version: CourseVersion, roles: tuple[JobRole, ...] = SUPERVISORS) -> None:
    """All supervisors of the programme must hold the course."""
    operations.require(SYSTEM, programme.id, version.course_id, roles)
