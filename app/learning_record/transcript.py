"""What one person has completed, on the page of the person."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.certificates.models import IN_FORCE, Certificate
from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.coverage.rules import last_day
from app.factories.models import Factory, Person, Programme
from app.factories.queries import visible_factories
from app.platform.db import db
from app.platform.i18n import _
from app.platform.web.panels import Panel


def person_page(actor: Actor, person: Person) -> Panel | None:
    """Completions at factories that the actor sees, the latest first, each with its certificate. One statement."""
    seen = visible_factories(actor, Permission.FACTORIES_READ).with_only_columns(Factory.id)
    columns: tuple[Any, ...] = (
        CourseVersion.titles, Factory.name.label("factory"), Completion.completed_at, Completion.valid_until,
        Certificate.number, Programme.zone,
    )  # fmt: skip
    in_force = sa.and_(Certificate.completion_id == Completion.id, *IN_FORCE)
    rows = db.session.execute(
        sa.select(*columns)
        .select_from(Completion)
        .join(CourseVersion, CourseVersion.id == Completion.version_id)
        .join(Factory, Factory.id == Completion.factory_id)
        .join(Programme, Programme.id == Factory.programme_id)
        .outerjoin(Certificate, in_force)
        .where(Completion.person_id == person.id, Completion.withdrawn_at.is_(None), Factory.id.in_(seen))
        .order_by(Completion.completed_at.desc(), Completion.id.desc())
    )
    shown = [_row(*tuple(row)) for row in rows]
    return Panel("transcript", _("Completed courses"), "learning_record/_transcript.html", {"rows": shown})


def _row(
    titles: dict[str, str],
    factory: str,
    completed_at: datetime,
    valid_until: datetime | None,
    number: str | None,
    zone: str,
) -> dict[str, Any]:
    return {
        "titles": titles,
        "factory": factory,
        "completed_on": completed_at.astimezone(ZoneInfo(zone)).date(),
        "last_day": last_day(valid_until, zone) if valid_until else None,
        "number": number,
    }
