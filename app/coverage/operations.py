"""Saying who must be trained in what, and making sure that coverage is what the facts say."""

from collections.abc import Sequence

from app.access.actor import Actor
from app.courses.queries import current_version
from app.coverage.ledger import rebuilding
from app.coverage.ledger.rebuilding import Rebuilt
from app.coverage.models import Requirement
from app.coverage.requirements.operations import create
from app.coverage.requirements.queries.listed import by_code
from app.coverage.requirements.rules import ALWAYS, Kind, Rule, Said, Scope, SourceKind
from app.factories.rules import JobRole


def rebuild() -> Rebuilt:
    """Look at all facts again. Answers how much there was, and what was missing."""
    return rebuilding.rebuild()


def require(actor: Actor, programme_id: int, course_id: int, roles: Sequence[JobRole]) -> Requirement:
    """Everybody in these roles at the factories of the programme must hold the course, as if it always was so. Where
    the programme has a requirement with the code of the course, that stays as it is.

    Raises as `create` of requirements, and NotFound for a course that is not in the catalogue.
    """
    version = current_version(course_id)
    if known := by_code(programme_id, version.course.code):
        return known
    rule = Rule(Kind.ROLE, (course_id,), tuple(roles))
    said = Said(version.course.code, version.titles, rule, Scope(), SourceKind.PROGRAMME, "", ALWAYS)
    return create(actor, programme_id, said)
