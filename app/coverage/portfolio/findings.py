"""Open findings, by the course that they call for."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.queries import catalogue
from app.coverage.portfolio.rules import Open
from app.factories.models import Factory
from app.factories.queries import visible_factories
from app.improvement.findings.models import Finding
from app.improvement.findings.queries import training_for
from app.improvement.findings.rules import UNSOLVED
from app.platform.db import db


def by_course(actor: Actor, factory_ids: Collection[int], day: date) -> Mapping[tuple[int, str], Sequence[Open]]:
    """(factory, code of a course) -> what is open there that the course answers; nothing of factories whose findings
    the actor may not see. Three statements.
    """
    seen = visible_factories(actor, Permission.FINDINGS_READ).with_only_columns(Factory.id)
    rows = db.session.execute(
        sa.select(Finding.factory_id, Finding.point, Finding.cluster, Finding.severity, sa.func.count())
        .where(
            Finding.is_current, Finding.status.in_(UNSOLVED), Finding.factory_id.in_(factory_ids),
            Finding.factory_id.in_(seen),
        )
        .group_by(Finding.factory_id, Finding.point, Finding.cluster, Finding.severity)
    ).all()  # fmt: skip
    training = training_for({row.point for row in rows}, day, catalogue())
    found: dict[tuple[int, str], list[Open]] = defaultdict(list)
    for factory_id, point, theme, severity, number in rows:
        for each in training.get(point, ()):
            found[factory_id, each.course_code].append(Open(theme, severity.value if severity else None, number))
    return found
