"""Under which names other systems know the people of a factory."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.api.xapi.facts.telling import known_as
from app.factories.models import Employment, Factory
from app.platform import audit
from app.platform.db import db
from app.platform.refusal import NotFound


def name_people(actor: Actor, factory_code: str) -> list[tuple[str, str]]:
    """Employee number and name of everybody who works there; who has no name gets one. Raises NotFound."""
    factory = db.session.scalar(sa.select(Factory).where(Factory.code == factory_code))
    if factory is None:
        raise NotFound
    rows = db.session.execute(
        sa.select(Employment.employee_number, Employment.person_id)
        .where(Employment.factory_id == factory.id, Employment.ended_on.is_(None)).order_by(Employment.number_key)
    ).all()  # fmt: skip
    names = known_as({row.person_id for row in rows})
    audit.record(actor, "xapi.name_people", f"factory:{factory.id}", people=len(names))
    return [(row.employee_number, names[row.person_id]) for row in rows if row.person_id in names]
