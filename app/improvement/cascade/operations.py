"""Entering sessions that ambassadors held, and correcting what was entered. Nothing is ever deleted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from secrets import token_hex

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.rules import POINTS
from app.factories.models import Factory, Line
from app.factories.operations.applying import hold
from app.improvement.ambassadors.queries import Teaching, teaching_on
from app.improvement.cascade import queries
from app.improvement.cascade.events import CascadeCorrected, CascadeHeld
from app.improvement.cascade.models import CascadePerson, CascadeSession
from app.improvement.cascade.policy import factory_for
from app.improvement.cascade.queries.sessions import course_of
from app.improvement.cascade.rules import Heads, Why, heads_of, level
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.faults import point
from app.platform.files import single
from app.platform.files.photos import Photo
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused

_WRITE = Permission.CASCADE_WRITE


@dataclass(frozen=True)
class Said:
    """What somebody says of a session: its people by id, or heads without names."""

    sent_id: str
    held_on: date
    theme: str
    minutes: int
    topic: str = ""
    course: str = ""
    line_id: int | None = None
    ambassador_id: int | None = None
    people: Collection[int] | None = None
    heads: Heads = Heads()
    photo: Photo | None = None


class WrongPeople(Refused):
    """The roster names people who did not work at the factory on the day, or nobody."""


def enter(actor: Actor, code: str, said: Said) -> CascadeSession:
    """A session was held in the factory. The same form once more is answered with what was entered.

    Of a person who signed in with her card it is the session that she led. Raises NotFound out of scope; Refused for a
    day that has not come, for somebody who was no ambassador of the factory on the day, and for nobody; WrongPeople.
    """
    factory = factory_for(actor, code, _WRITE)
    if known := _sent(factory, said.sent_id):
        return known
    hold(factory.id)
    row = _add(actor, factory, said, None, None)
    audit.record(actor, "cascade.enter", f"cascade:{row.id}", level=row.level, heads=row.heads.total)
    publish(CascadeHeld(row.id))
    return row


def correct(actor: Actor, code: str, cascade_id: int, said: Said, why: Why) -> CascadeSession:
    """An entry was wrong: another stands in its place, and points at it.

    Refuses what `enter` refuses, and an entry that was corrected already.
    """
    factory = factory_for(actor, code, _WRITE)
    if known := _sent(factory, said.sent_id):
        return known
    before = _open(actor, factory, cascade_id)
    row = _add(actor, factory, said, before, why)
    audit.record(actor, "cascade.correct", f"cascade:{row.id}", corrects=before.id, why=why)
    publish(CascadeCorrected(row.id))
    return row


def withdraw(actor: Actor, code: str, cascade_id: int, why: Why) -> CascadeSession:
    """What an entry says was not held, or not once more: an entry says so, and counts nobody. Doing it again changes
    nothing. Raises NotFound, and Refused for an entry that was corrected.
    """
    factory = factory_for(actor, code, _WRITE)
    before = queries.one(actor, factory.id, cascade_id)
    if before.is_withdrawn:
        return before
    last = queries.chain(before)[-1]
    if last.is_withdrawn and last.corrects_id == before.id:
        return last
    before = _open(actor, factory, cascade_id)
    row = CascadeSession(
        sent_id=token_hex(16), factory_id=factory.id, ambassador_id=before.ambassador_id,
        held_on=before.held_on, theme=before.theme, topic=before.topic, course_id=before.course_id,
        minutes=before.minutes, line_id=before.line_id, level=before.level, has_roster=False, women=0, men=0, others=0,
        first_id=before.root_id, corrects_id=before.id, why=why, is_withdrawn=True, account_id=actor.account_id,
        entered_at=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "cascade.withdraw", f"cascade:{row.id}", corrects=before.id, why=why)
    publish(CascadeCorrected(row.id))
    return row


def _sent(factory: Factory, sent_id: str) -> CascadeSession | None:
    """What was entered with this form before. Raises Refused when that was for another factory."""
    known = db.session.scalar(sa.select(CascadeSession).where(CascadeSession.sent_id == sent_id))
    if known is not None and known.factory_id != factory.id:
        raise Refused(_("This form was sent before. Load the page again."))
    return known


def _open(actor: Actor, factory: Factory, cascade_id: int) -> CascadeSession:
    """The entry that counts, held so that it is corrected once."""
    hold(factory.id)
    before = queries.one(actor, factory.id, cascade_id)
    if queries.chain(before)[-1].id != before.id:
        raise Refused(_("This entry was corrected already. Look at the latest one."))
    return before


def _add(
    actor: Actor, factory: Factory, said: Said, before: CascadeSession | None, why: Why | None
) -> CascadeSession:
    _not_ahead(factory, said.held_on)
    if said.theme not in POINTS:
        raise Refused(_("Choose a theme."))
    leader, course = _leader(actor, factory, said), course_of(said.course)
    people = _people(factory, said)
    heads = said.heads if people is None else heads_of(each.sex for each in people)
    if not heads.total:
        raise WrongPeople(_("Say how many people were there."))
    row = CascadeSession(
        sent_id=said.sent_id, factory_id=factory.id, ambassador_id=leader.ambassador_id if leader else None,
        held_on=said.held_on, theme=said.theme, topic=said.topic, course_id=course.id if course else None,
        minutes=said.minutes, line_id=_line(factory, said.line_id),
        level=level(has_roster=people is not None, is_certified=bool(leader and leader.is_certified)),
        has_roster=people is not None, women=heads.women, men=heads.men, others=heads.others,
        first_id=before.root_id if before else None, corrects_id=before.id if before else None, why=why,
        account_id=actor.account_id, entered_at=now(),
    )  # fmt: skip
    if said.photo is not None:
        row.evidence_key, row.evidence_kind = single.keep(said.photo.data), said.photo.kind
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        CascadePerson(cascade_id=row.id, person_id=each.person_id, role=each.role, sex=each.sex, line=each.line)
        for each in people or ()
    )
    point("cascade.entered")
    return row


def _not_ahead(factory: Factory, day: date) -> None:
    if day > today(factory.programme.zone):
        raise Refused(_("This day has not come yet. Enter the session once it was held."))


def _leader(actor: Actor, factory: Factory, said: Said) -> Teaching | None:
    """Who led it: of a person herself, else the chosen one, else nobody who is an ambassador."""
    if actor.person_id is None and said.ambassador_id is None:
        return None
    teaching = teaching_on(factory.id, said.held_on)
    for each in teaching:
        if each.person_id == actor.person_id or (actor.person_id is None and each.ambassador_id == said.ambassador_id):
            return each
    raise Refused(_("Nobody was an ambassador under this name on that day."))


def _people(factory: Factory, said: Said) -> list[queries.Employed] | None:
    """Those of the roster as they worked on the day; None for a head count."""
    if said.people is None:
        return None
    if not said.people:
        raise WrongPeople(_("Choose at least one person."))
    wanted = set(said.people)
    found = queries.on_day(factory.id, said.held_on, wanted)
    if missing := wanted - set(found):
        raise WrongPeople(
            _("%(number)s of these people did not work at the factory on that day.", number=len(missing))
        )
    return list(found.values())


def _line(factory: Factory, line_id: int | None) -> int | None:
    if line_id is None:
        return None
    line = db.session.get(Line, line_id)
    if line is None or line.factory_id != factory.id:
        raise NotFound
    return line.id
