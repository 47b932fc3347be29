"""The validity periods of one person and course: one begins, is taken back, or is taken back into force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.completions import queries, rules
from app.completions.events import CompletionCorrected, CompletionWithdrawn, CourseCompleted
from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.factories.models import Employment, Person
from app.factories.queries import open_employment
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.faults import point


@dataclass(frozen=True)
class Met:
    """Somebody, sent by a factory, met the rule in a training session at a moment, with this evidence."""

    person_id: int
    training_id: int
    factory_id: int
    at: datetime
    evidence: dict[str, list[str]]


def begin(met: Met, version: CourseVersion, earlier: Sequence[Completion]) -> None:
    """The period after `earlier`, which are all of the person and course."""
    zone = queries.zone_of(met.factory_id)
    held = sorted((each for each in earlier if each.withdrawn_at is None), key=lambda each: each.completed_at)
    validity = rules.Validity(version.validity_months, version.valid_from, version.valid_to_day)
    completion = Completion(
        person_id=met.person_id,
        course_id=version.course_id,
        version_id=version.id,
        period=max((each.period for each in earlier), default=0) + 1,
        training_id=met.training_id,
        completed_at=met.at,
        valid_until=rules.valid_until(validity, met.at, held[-1].valid_until if held else None, zone),
        factory_id=met.factory_id,
        evidence=met.evidence,
        **pinned(met.person_id, met.factory_id, met.at, zone),
    )
    db.session.add(completion)
    db.session.flush()  # the event carries the id
    point("completions.completed")
    audit.record(SYSTEM, "completions.complete", f"completion:{completion.id}", training=completion.training_id)
    publish(CourseCompleted(completion.id))


def reinstate(completion: Completion, evidence: dict[str, list[str]]) -> None:
    """Take a withdrawn completion back into force. It keeps the end that it had."""
    completion.withdrawn_at, completion.evidence = None, evidence
    audit.record(SYSTEM, "completions.reinstate", f"completion:{completion.id}", training=completion.training_id)
    publish(CourseCompleted(completion.id))


def correct(completion: Completion, evidence: dict[str, list[str]]) -> None:
    """It holds as before, on other results."""
    completion.evidence = evidence
    audit.record(SYSTEM, "completions.correct", f"completion:{completion.id}", training=completion.training_id)
    publish(CompletionCorrected(completion.id))


def withdraw_one(completion: Completion) -> None:
    """It does not hold; a period that another training session began keeps its own end."""
    completion.withdrawn_at = now()
    point("completions.withdrawn")
    audit.record(SYSTEM, "completions.withdraw", f"completion:{completion.id}", training=completion.training_id)
    publish(CompletionWithdrawn(completion.id))


def is_free(completion: Completion, holding: Sequence[Completion]) -> bool:
    """Whether no other one that holds stands for the same period."""
    return all(_follows(completion, each) or _follows(each, completion) for each in holding)


def _follows(later: Completion, earlier: Completion) -> bool:
    days = queries.renewal_days(earlier)
    return rules.opens_new_period(earlier.completed_at, earlier.valid_until, days, later.completed_at)


def renewed_courses(person_id: int, refresher: CourseVersion) -> list[CourseVersion]:
    """The editions that the person completed last of courses that name this one as their refresher."""
    rows = db.session.scalars(
        sa.select(CourseVersion)
        .join(Completion, Completion.version_id == CourseVersion.id)
        .where(
            Completion.person_id == person_id,
            CourseVersion.refresher == refresher.course.code,
            CourseVersion.course_id != refresher.course_id,
        )
        .order_by(CourseVersion.course_id, Completion.completed_at, Completion.period)
    )
    return list({version.course_id: version for version in rows}.values())


def pinned(person_id: int, factory_id: int, at: datetime, zone: str) -> dict[str, Any]:
    """Line, role and sex as they were on the day, by the calendar of the factory's programme."""
    day = at.astimezone(ZoneInfo(zone)).date()
    employment: Employment | None = open_employment(person_id, day, factory_id)
    return {
        "line": employment.line.name if employment and employment.line else None,
        "role": employment.role if employment else None,
        "sex": db.session.get_one(Person, person_id).sex,
    }
