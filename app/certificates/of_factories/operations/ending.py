"""Warning, recovering and ending: what ended stays and says so."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.certificates.of_factories import rules
from app.certificates.of_factories.events import (
    FactoryAtRisk,
    FactoryCertificateReinstated,
    FactoryCertificateRevoked,
    FactoryCertificateSuspended,
    FactoryDowngraded,
    FactoryRecovered,
)
from app.certificates.of_factories.models import IN_FORCE, FactoryCertificate
from app.certificates.of_factories.queries.certificates import factory_certificate_for
from app.certificates.of_factories.rules import Weighed
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused

_ONE = FactoryCertificate


def warn(actor: Actor, certificate_id: int, today: date, grace_days: int) -> None:
    """The rule is no longer met: set the day on which the certificate ends. Only the first does."""
    day = today + timedelta(days=grace_days)
    if _changed(certificate_id, _ONE.downgrade_on.is_(None), downgrade_on=day):
        audit.record(actor, "factory_certificates.warn", _about(certificate_id), until=day.isoformat())
        publish(FactoryAtRisk(certificate_id))


def recover(actor: Actor, certificate_id: int) -> None:
    """The rule is met again in time."""
    if _changed(certificate_id, _ONE.downgrade_on.is_not(None), downgrade_on=None):
        audit.record(actor, "factory_certificates.recover", _about(certificate_id))
        publish(FactoryRecovered(certificate_id))


def downgrade(actor: Actor, certificate_id: int, weighed: tuple[Weighed, ...]) -> None:
    """The rule was not met for too long: the certificate ends, with what was counted."""
    lost = [rules.stored_weighed(each) for each in weighed]
    if _changed(certificate_id, downgraded_at=now(), lost=lost):
        audit.record(actor, "factory_certificates.downgrade", _about(certificate_id))
        publish(FactoryDowngraded(certificate_id))


def revoke(actor: Actor, certificate_id: int, reason: str) -> FactoryCertificate:
    """End a certificate by hand; none follows by itself. Raises NotFound, Refused for one that ended."""
    found = factory_certificate_for(actor, certificate_id, Permission.CERTIFICATES_MANAGE)
    if not _changed(found.id, revoked_at=now(), revoked_reason=reason):
        raise Refused(_("This certificate ended already."))
    audit.record(actor, "factory_certificates.revoke", _about(found.id))
    publish(FactoryCertificateRevoked(found.id))
    return found


def suspend(actor: Actor, certificate_id: int, reason: str) -> FactoryCertificate:
    """While it is under review it proves nothing. Raises NotFound, Refused."""
    found = factory_certificate_for(actor, certificate_id, Permission.CERTIFICATES_MANAGE)
    if not _changed(found.id, _ONE.suspended_at.is_(None), suspended_at=now(), suspended_reason=reason):
        raise Refused(_("This certificate ended already, or is under review."))
    audit.record(actor, "factory_certificates.suspend", _about(found.id))
    publish(FactoryCertificateSuspended(found.id))
    return found


def reinstate(actor: Actor, certificate_id: int) -> FactoryCertificate:
    """The review is over and changed nothing. Raises NotFound, Refused."""
    found = factory_certificate_for(actor, certificate_id, Permission.CERTIFICATES_MANAGE)
    if not _changed(found.id, _ONE.suspended_at.is_not(None), suspended_at=None, suspended_reason=None):
        raise Refused(_("This certificate is not under review."))
    audit.record(actor, "factory_certificates.reinstate", _about(found.id))
    publish(FactoryCertificateReinstated(found.id))
    return found


def _changed(certificate_id: int, *conditions: sa.ColumnElement[bool], **values: Any) -> bool:
    """Whether the certificate was in force and so, and now says otherwise: of many at once, one hears yes."""
    found = db.session.scalar(
        sa.update(_ONE)
        .where(_ONE.id == certificate_id, *IN_FORCE, *conditions)
        .values(**values)
        .returning(_ONE.id)
        .execution_options(synchronize_session="fetch")
    )
    return found is not None


def _about(certificate_id: int) -> str:
    return f"factory_certificate:{certificate_id}"
