"""The verbs of the log of services."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.operations.applying import hold
from app.factories.queries import factory_by_code
from app.improvement.findings import shipped
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.services import queries
from app.improvement.services.events import ServiceLogged
from app.improvement.services.labels import FAULTS
from app.improvement.services.models import ServiceAction, ServiceLog
from app.improvement.services.rules import Said, ServiceNote, faults
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused

_LOG = Permission.VISITS_LOG


def log(actor: Actor, factory_code: str, said: Said, sent_id: str | None = None) -> ServiceLog:
    """Write down a service that took place. The same form again is answered with what was written.

    Raises NotFound, and Refused for a day that has not come where the factory
    is - a visit is never known beforehand -, for numbers that cannot be and for actions of others."""
    factory = factory_by_code(actor, factory_code, _LOG)
    hold(factory.id)
    known = db.session.scalar(sa.select(ServiceLog).where(ServiceLog.sent_id == sent_id)) if sent_id else None
    if known is not None:
        if known.factory_id != factory.id:
            raise Refused(_("This form was sent before. Load the page again."))
        return known
    return _write(actor, factory, said, None, sent_id=sent_id)


def correct(actor: Actor, service_id: int, said: Said) -> ServiceLog:
    """Say how a service really was: a row of its own, in whose favour the former one no longer counts. Saying the same
    again changes nothing. Raises NotFound, and Refused for a row that was corrected already."""
    row = _hold(actor, service_id)
    if said == said_of(row):
        return row
    return _write(actor, row.factory, said, row)


def withdraw(actor: Actor, service_id: int) -> ServiceLog:
    """Say that a service did not take place. Raises NotFound, and Refused for a row that was corrected already."""
    row = _hold(actor, service_id)
    return _write(actor, row.factory, said_of(row), row, is_withdrawn=True)


def said_of(row: ServiceLog) -> Said:
    """What a row says."""
    return Said(
        row.kind, row.theme, row.mode, row.held_on, row.minutes, row.women, row.men, tuple(map(ServiceNote, row.notes)),
        tuple(each.id for each in row.actions))


def _hold(actor: Actor, service_id: int) -> ServiceLog:
    """The row, for one correction at a time."""
    row = queries.service(actor, service_id, _LOG, hold=True)
    if row.is_withdrawn or queries.is_corrected(row.id):
        raise Refused(_("Another entry stands in the place of this one. Correct that one."))
    return row


def _write(
    actor: Actor, factory: Factory, said: Said, before: ServiceLog | None, *, is_withdrawn: bool = False,
    sent_id: str | None = None,
) -> ServiceLog:
    wrong = faults(said, today(factory.programme.zone), (theme.code for theme in shipped.catalogue().themes))
    if wrong:
        raise Refused(str(FAULTS[wrong[0]]))
    own = sa.select(RoadmapAction.id).where(RoadmapAction.factory_id == factory.id)
    if set(said.action_ids) - set(db.session.scalars(own)):
        raise Refused(_("Choose from the actions of this factory."))
    row = ServiceLog(
        sent_id=sent_id, factory_id=factory.id, kind=said.kind, theme=said.theme, mode=said.mode, held_on=said.held_on,
        minutes=said.minutes, women=said.women, men=said.men, notes=[str(each) for each in said.notes],
        corrects_id=before.id if before else None, is_withdrawn=is_withdrawn, logged_at=now(),
        account_id=actor.account_id)
    db.session.add(row)
    db.session.flush()  # its actions and the log need the id
    db.session.add_all(ServiceAction(service_id=row.id, action_id=number) for number in sorted(set(said.action_ids)))
    db.session.flush()
    audit.record(actor, "services.log", f"service:{row.id}", kind=row.kind.value, corrects=row.corrects_id)
    publish(ServiceLogged(row.id))
    return row
