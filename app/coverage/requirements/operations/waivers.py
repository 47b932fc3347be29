"""Waivers: a factory, or one person there, need not meet a requirement for a time."""

from dataclasses import dataclass
from datetime import date

from app.access.actor import Actor
from app.access.permissions import Permission
from app.coverage.models import Requirement
from app.coverage.requirements.checks import is_wrong_term
from app.coverage.requirements.events import WaiverChanged
from app.coverage.requirements.models import RequirementWaiver
from app.coverage.requirements.queries import loading
from app.coverage.requirements.queries import waivers as queries
from app.coverage.requirements.rules import WaiverReason
from app.factories.models import Factory, Person
from app.factories.operations.applying import hold
from app.factories.queries import factory_by_code
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused

_MAY = Permission.WAIVERS_MANAGE
_FEWEST_LETTERS = 3


@dataclass(frozen=True)
class Waived:
    """Who need not meet what, why, and for how long; `ends_on` is the first day on which it no longer holds."""

    requirement_id: int
    person_id: int | None
    reason: WaiverReason
    note: str
    starts_on: date
    ends_on: date


def waive(actor: Actor, code: str, waived: Waived) -> RequirementWaiver:
    """Exempt a factory, or one person who works there. The same once more is answered with what is there.

    Raises NotFound out of scope, for a requirement of another programme and for somebody who never worked there;
    Refused for a wrong term, for a note with the person's name, and where another waiver holds in that time.
    """
    factory = factory_by_code(actor, code, _MAY)
    _checked(factory, waived)
    hold(factory.id)
    others = queries.of(factory.id, waived.requirement_id, waived.person_id)
    if same := [each for each in others if _is_same(each, waived)]:
        return same[0]
    if any(max(each.starts_on, waived.starts_on) < min(each.ends_on, waived.ends_on) for each in others):
        raise Refused(_("There is an exemption in that time already. End it first."))
    made = RequirementWaiver(
        factory_id=factory.id, account_id=actor.account_id, created_at=now(),
        **{name: getattr(waived, name) for name in Waived.__dataclass_fields__})
    db.session.add(made)
    db.session.flush()  # the log needs the id
    _tell(actor, "requirements.waive", made, ends_on=made.ends_on.isoformat())
    return made


def end_waiver(actor: Actor, code: str, waiver_id: int, day: date) -> None:
    """From a day on it no longer holds; on or before its first day, it never held. A day after its end changes nothing.

    Raises NotFound out of scope, Refused for a day in the past.
    """
    factory, waiver = loading.waiver(actor, code, waiver_id, _MAY)
    if day >= waiver.ends_on:
        return
    if day < today(factory.programme.zone):
        raise Refused(_("The day lies in the past. What did not count then stays as it is."))
    waiver.ends_on = max(day, waiver.starts_on)
    db.session.flush()  # whoever hears of it reads the days
    _tell(actor, "requirements.end_waiver", waiver, ends_on=waiver.ends_on.isoformat())


def _checked(factory: Factory, waived: Waived) -> None:
    requirement = db.session.get(Requirement, waived.requirement_id)
    if requirement is None or requirement.programme_id != factory.programme_id:
        raise NotFound
    if is_wrong_term(waived.starts_on, waived.ends_on):
        raise Refused(_("An exemption lasts from one day to a year."))
    if waived.person_id is None:
        return
    person = queries.person_of(factory.id, waived.person_id)
    if _names(person, waived.note):
        raise Refused(_("Leave the name out of the note: it is read by others."))


def _names(person: Person, note: str) -> bool:
    parts = [part for name in (person.name, person.local_name or "") for part in name.split()]
    return any(len(part) >= _FEWEST_LETTERS and part.casefold() in note.casefold().split() for part in parts)


def _is_same(each: RequirementWaiver, waived: Waived) -> bool:
    return (each.starts_on, each.ends_on, each.reason) == (waived.starts_on, waived.ends_on, waived.reason)


def _tell(actor: Actor, action: str, waiver: RequirementWaiver, **details: str) -> None:
    about = {"requirement": waiver.requirement_id, "waiver": waiver.id}
    person = {"person": waiver.person_id} if waiver.person_id else {}
    audit.record(actor, action, f"factory:{waiver.factory_id}", **about, **person, **details)
    publish(WaiverChanged(waiver.requirement_id, waiver.factory_id))
