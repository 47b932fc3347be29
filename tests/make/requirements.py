"""Requirements of every kind, drafts and waivers, as they are said."""

from dataclasses import replace
from datetime import date, timedelta

from app.access.actor import SYSTEM
from app.coverage.models import Requirement
from app.coverage.requirements import operations
from app.coverage.requirements.models import RequirementDraft, RequirementWaiver
from app.coverage.requirements.rules import (
    Happening,
    Kind,
    Proof,
    Rule,
    Said,
    Scope,
    SourceKind,
    WaiverReason,
)
from app.factories.models import Factory, Person, Programme
from app.factories.rules import CommitteeKind, JobRole
from app.platform.clock import today

LEADERS = (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR)
SINCE = date(2026, 1, 1)


def said(course_id: int, code: str = "skills", **values: object) -> Said:
    """All supervisors hold the course; what is given instead may be of `Said` or of its rule."""
    rule = values.pop("rule", Rule(Kind.ROLE, (course_id,), LEADERS))
    usual = Said(code, {"en": "Skills"}, rule, Scope(), SourceKind.PROGRAMME, "Programme rule 4", SINCE)  # type: ignore[arg-type]
    return replace(usual, **values)  # type: ignore[arg-type]


def rules(course_id: int) -> dict[Kind, Rule]:
    """A sound rule of each kind."""
    courses = (course_id,)
    return {
        Kind.ROLE: Rule(Kind.ROLE, courses, LEADERS, within_days=182),
        Kind.QUOTA: Rule(Kind.QUOTA, courses, (JobRole.OPERATOR,), percent=18),
        Kind.UNIT: Rule(Kind.UNIT, courses, LEADERS, per_unit=1, per_shift=True),
        Kind.BODY: Rule(Kind.BODY, courses, committees=(CommitteeKind.SAFETY,)),
        Kind.CADENCE: Rule(Kind.CADENCE, happening=Happening.DRILL, needed=1, months=6),
        Kind.FINDING: Rule(Kind.FINDING, courses, LEADERS, within_days=60, points=("OS-01",)),
        Kind.PATHWAY: Rule(Kind.PATHWAY, courses, needed=1, months=12),
        Kind.LAW: Rule(Kind.LAW, courses, (JobRole.MANAGER,), hours=16, months=24, proof=Proof.CERTIFICATE),
    }


def requirement(programme: Programme, course_id: int, code: str = "skills", **values: object) -> Requirement:
    """A requirement that has begun."""
    return operations.create(SYSTEM, programme.id, said(course_id, code, **values))


def draft(programme: Programme, course_id: int, code: str = "drafted", **values: object) -> RequirementDraft:
    """A draft of a new requirement."""
    return operations.begin(SYSTEM, programme.id, said(course_id, code, **values))


def waived(requirement: Requirement, person: Person | None = None, **values: object) -> operations.Waived:
    """A waiver of half a year that begins today."""
    day = today("UTC")
    person_id = person.id if person else None
    usual = operations.Waived(requirement.id, person_id, WaiverReason.OTHER_WORK, "", day, day + timedelta(days=180))
    return replace(usual, **values)  # type: ignore[arg-type]


def waiver(factory: Factory, requirement: Requirement, person: Person | None = None) -> RequirementWaiver:
    """A waiver that holds."""
    return operations.waive(SYSTEM, factory.code, waived(requirement, person))
