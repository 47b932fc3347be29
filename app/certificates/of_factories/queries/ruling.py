"""Rules of a programme, and which courses and roles they may speak of."""

import sqlalchemy as sa

from app.access.permissions import Permission
from app.certificates.of_factories.models import FactoryRule
from app.coverage.queries import Required, required
from app.coverage.requirements.rules import Kind
from app.factories.models import Programme
from app.platform.db import db
from app.platform.refusal import NotFound

_MAY = Permission.CERTIFICATES_MANAGE


def rules_of(programme_id: int) -> list[FactoryRule]:
    """The rules that are in use, by number. The caller has checked the programme."""
    statement = sa.select(FactoryRule).where(FactoryRule.programme_id == programme_id, FactoryRule.ended_at.is_(None))
    return list(db.session.scalars(statement.order_by(FactoryRule.number)))


def rule_in_use(programme_id: int, number: int) -> FactoryRule:
    """The version of a rule that is in use. Raises NotFound."""
    statement = sa.select(FactoryRule).where(
        FactoryRule.programme_id == programme_id, FactoryRule.number == number, FactoryRule.ended_at.is_(None)
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def versions(programme_id: int, number: int) -> list[FactoryRule]:
    """All versions of a rule, the newest first. The caller has checked the programme."""
    statement = sa.select(FactoryRule).where(FactoryRule.programme_id == programme_id, FactoryRule.number == number)
    return list(db.session.scalars(statement.order_by(FactoryRule.version.desc())))


def requirements(programme_id: int) -> list[Required]:
    """What conditions may speak of: courses that everybody in some roles must hold, each once."""
    rows = [row for row in required([programme_id]) if row.kind is Kind.ROLE]
    return list({row.course_id: row for row in reversed(rows)}.values())[::-1]


def programmes_with_rules() -> list[tuple[int, str]]:
    """Programmes in which something is to be checked, with their zones. For the clock, which sees everything."""
    has_rules = sa.exists().where(FactoryRule.programme_id == Programme.id)
    statement = sa.select(Programme.id, Programme.zone).where(has_rules).order_by(Programme.id)
    return [(programme_id, zone) for programme_id, zone in db.session.execute(statement)]
