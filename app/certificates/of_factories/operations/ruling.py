"""Rules: a change is a new version, an end keeps everything."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.certificates.of_factories import rules
from app.certificates.of_factories.models import FactoryRule
from app.certificates.of_factories.queries import ruling
from app.certificates.of_factories.rules import Condition
from app.factories.models import Programme
from app.factories.queries import programme_by_code
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused


@dataclass(frozen=True)
class Settings:
    """What a rule says."""

    name: dict[str, str]
    conditions: tuple[Condition, ...]
    months: int
    grace_days: int


def make_rule(actor: Actor, programme_code: str, settings: Settings) -> FactoryRule:
    """A new rule of a programme, in its first version. Raises NotFound out of scope, Refused for unknown conditions."""
    programme = programme_by_code(actor, programme_code, Permission.CERTIFICATES_MANAGE)
    _hold(programme)
    last = sa.select(sa.func.max(FactoryRule.number)).where(FactoryRule.programme_id == programme.id)
    return _write(actor, programme, (db.session.scalar(last) or 0) + 1, 1, settings)


def change_rule(actor: Actor, programme_code: str, number: int, settings: Settings) -> FactoryRule:
    """The next version of a rule; nothing when it says the same. Certificates keep the version that issued them.

    Raises NotFound, Refused.
    """
    programme = programme_by_code(actor, programme_code, Permission.CERTIFICATES_MANAGE)
    _hold(programme)
    found = ruling.rule_in_use(programme.id, number)
    said = (found.name, found.conditions, found.months, found.grace_days)
    if said == (settings.name, _kept(settings), settings.months, settings.grace_days):
        return found
    found.ended_at = now()
    db.session.flush()  # one version is in use at a time
    return _write(actor, programme, number, found.version + 1, settings)


def end_rule(actor: Actor, programme_code: str, number: int) -> None:
    """Issue no more certificates by a rule; those in force are checked until they end. Raises NotFound."""
    programme = programme_by_code(actor, programme_code, Permission.CERTIFICATES_MANAGE)
    found = ruling.rule_in_use(programme.id, number)
    found.ended_at = now()
    audit.record(actor, "factory_certificates.end_rule", f"factory_certificate_rule:{found.id}")


def _hold(programme: Programme) -> None:
    """Numbers and versions are given one after the other."""
    db.session.execute(sa.select(Programme.id).where(Programme.id == programme.id).with_for_update())


def _write(actor: Actor, programme: Programme, number: int, version: int, settings: Settings) -> FactoryRule:
    allowed = {row.course_id: set(row.roles) for row in ruling.requirements(programme.id)}
    if not settings.conditions or any(
        not each.roles or not set(each.roles) <= allowed.get(each.course_id, set()) for each in settings.conditions
    ):
        raise Refused(_("A condition speaks of a course that is required in the programme, and of roles that need it."))
    row = FactoryRule(
        programme_id=programme.id,
        number=number,
        version=version,
        name=settings.name,
        conditions=_kept(settings),
        months=settings.months,
        grace_days=settings.grace_days,
        made_at=now(),
        made_by=actor.account_id,
        ended_at=None,
    )
    db.session.add(row)
    db.session.flush()  # the log needs its number
    audit.record(
        actor, "factory_certificates.rule", f"factory_certificate_rule:{row.id}", number=number, version=version,
        conditions=row.conditions, months=row.months, grace_days=row.grace_days,
    )  # fmt: skip
    return row


def _kept(settings: Settings) -> list[dict[str, Any]]:
    return [rules.stored(each) for each in settings.conditions]
