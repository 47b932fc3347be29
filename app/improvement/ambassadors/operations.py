"""Appointing ambassadors, ending their terms, deciding on their tasks."""

from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses import queries as courses
from app.factories.models import Factory
from app.factories.operations.applying import hold
from app.factories.queries import factory_by_code, open_employment, visible_factories
from app.improvement.ambassadors import queries
from app.improvement.ambassadors.events import AmbassadorChanged
from app.improvement.ambassadors.models import Ambassador, TaskVerdict
from app.improvement.ambassadors.policy import in_sight
from app.improvement.ambassadors.rules import AmbassadorKind, Term, Verdict
from app.lessons.models import PracticeLog
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused

_APPOINT = Permission.AMBASSADORS_APPOINT


def appoint(
    actor: Actor, code: str, person_id: int, kind: AmbassadorKind, pathway: str, starts_on: date, ends_on: date | None
) -> Ambassador:
    """A person of the factory becomes an ambassador; `ends_on` is the last day. The same once more changes nothing.

    Raises NotFound out of scope and for a pathway that there is not; Refused for somebody who does not work there on
    the first day, for a reversed term, and for one in which the person is an ambassador of the factory already.
    """
    factory, version = factory_by_code(actor, code, _APPOINT), courses.pathway(pathway)
    _in_order(starts_on, ends_on)
    hold(factory.id)
    if open_employment(person_id, at=starts_on, factory_id=factory.id) is None:
        raise Refused(_("This person does not work at the factory on that day."))
    new = Term(starts_on, ends_on)
    for row, term in queries.others_of(factory.id, person_id):
        if (row.kind, row.starts_on, row.ends_on) == (kind, starts_on, ends_on):
            return row
        if term.meets(new) or row.starts_on == starts_on:
            raise Refused(_("This person is an ambassador of the factory in that time already."))
    row = Ambassador(
        person_id=person_id, factory_id=factory.id, kind=kind, pathway_version_id=version.id, starts_on=starts_on,
        ends_on=ends_on, account_id=actor.account_id, appointed_at=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "ambassadors.appoint", f"ambassador:{row.id}", person=person_id, kind=kind)
    publish(AmbassadorChanged(row.id))
    return row


def end_term(actor: Actor, ambassador_id: int, ends_on: date | None) -> None:
    """Say what the last day of a term is; None for a term without an end.

    Raises NotFound; Refused for a day before the first, and for a term that meets another of the person.
    """
    row = db.session.scalar(
        sa.select(Ambassador).where(Ambassador.id == ambassador_id, in_sight(actor, _APPOINT)).with_for_update()
    )
    if row is None:
        raise NotFound
    _in_order(row.starts_on, ends_on)
    new = Term(row.starts_on, ends_on)
    others = [term for other, term in queries.others_of(row.factory_id, row.person_id) if other.id != row.id]
    if any(term.meets(new) for term in others):
        raise Refused(_("This person is an ambassador of the factory in that time already."))
    row.ends_on = ends_on
    audit.record(actor, "ambassadors.end_term", f"ambassador:{row.id}", ends_on=str(ends_on or ""))
    db.session.flush()  # whoever follows reads the term
    publish(AmbassadorChanged(row.id))


def decide(actor: Actor, log_id: int, verdict: Verdict) -> PracticeLog:
    """Confirm a task that was logged, or say that more is needed. The same once more changes nothing.

    Raises NotFound for a log that was withdrawn, or of a factory that the actor does not look after.
    """
    factories = visible_factories(actor, Permission.PRACTICE_CONFIRM).with_only_columns(Factory.id)
    log = db.session.scalar(
        sa.select(PracticeLog)
        .where(
            PracticeLog.id == log_id, PracticeLog.withdrawn_at.is_(None), PracticeLog.factory_id.in_(factories)
        )
        .with_for_update()
    )
    if log is None:
        raise NotFound
    last = sa.select(TaskVerdict.verdict).where(TaskVerdict.log_id == log.id).order_by(TaskVerdict.id.desc()).limit(1)
    if db.session.scalar(last) is not verdict:
        db.session.add(TaskVerdict(log_id=log.id, verdict=verdict, account_id=actor.account_id, at=now()))
        audit.record(actor, "ambassadors.decide", f"practice:{log.id}", verdict=verdict)
    return log


def _in_order(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("The last day lies before the first."))
