"""What a trainer speaks and may teach, and when he or she is away."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses import queries as courses
from app.factories.models import Programme
from app.platform import audit
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions.registers import policy
from app.sessions.registers.models import Absence, Qualification, TrainerLanguages
from app.sessions.registers.queries.things import programme_for
from app.sessions.registers.queries.trainers import absence, qualification, trainer

_MAY = Permission.REGISTERS_MANAGE


def say_languages(actor: Actor, code: str, account_id: int, spoken: Collection[str]) -> None:
    """What a trainer speaks; none at all stands for "not known". Raises NotFound for anybody but the trainer and who
    runs the programme.
    """
    _kept(actor, code, account_id)
    values = {"languages": sorted(set(spoken))}
    if spoken:
        written = insert(TrainerLanguages).values(account_id=account_id, **values)
        db.session.execute(written.on_conflict_do_update(index_elements=["account_id"], set_=values))
    else:
        db.session.execute(sa.delete(TrainerLanguages).where(TrainerLanguages.account_id == account_id))
    audit.record(actor, "registers.say_languages", f"account:{account_id}", **values)


def qualify(
    actor: Actor, code: str, account_id: int, course_code: str, starts_on: date, ends_on: date | None
) -> None:
    """A trainer may teach a course from a day on; again corrects the days. Raises NotFound out of scope."""
    programme = programme_for(actor, code, _MAY)
    trainer(actor, programme, account_id)
    course = courses.course_by_code(course_code)
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("The last day lies before the first."))
    key = {"programme_id": programme.id, "account_id": account_id, "course_id": course.id}
    days = {"starts_on": starts_on, "ends_on": ends_on}
    written = insert(Qualification).values(**key, **days)
    db.session.execute(written.on_conflict_do_update(index_elements=list(key), set_=days))
    said = {name: day.isoformat() for name, day in days.items() if day}
    audit.record(actor, "registers.qualify", f"account:{account_id}", course=course.code, **said)


def disqualify(actor: Actor, code: str, account_id: int, qualification_id: int) -> None:
    """Take a qualification out that was a mistake; the log keeps it. Raises NotFound out of scope."""
    programme = programme_for(actor, code, _MAY)
    found = qualification(programme.id, account_id, qualification_id)
    audit.record(actor, "registers.disqualify", f"account:{account_id}", course=found.course.code)
    db.session.delete(found)


def add_leave(actor: Actor, code: str, account_id: int, starts_on: date, ends_on: date) -> Absence:
    """A trainer is away from one day to another, both included. Nobody asks why, and nothing says it.

    The same days again change nothing. Raises NotFound as `say_languages`, Refused for days that are no span.
    """
    _kept(actor, code, account_id)
    if ends_on < starts_on:
        raise Refused(_("The last day lies before the first."))
    days = {"account_id": account_id, "starts_on": starts_on, "ends_on": ends_on}
    known = db.session.query(Absence).filter_by(**days).first()
    if known is not None:
        return known
    made = Absence(**days)
    db.session.add(made)
    db.session.flush()  # the log needs the id
    audit.record(actor, "registers.add_leave", f"account:{account_id}", absence=made.id)
    return made


def remove_leave(actor: Actor, code: str, account_id: int, absence_id: int) -> None:
    """The trainer is there after all. Raises NotFound."""
    _kept(actor, code, account_id)
    found = absence(account_id, absence_id)
    audit.record(actor, "registers.remove_leave", f"account:{account_id}", absence=found.id)
    db.session.delete(found)


def _kept(actor: Actor, code: str, account_id: int) -> Programme:
    programme = programme_for(actor, code)
    trainer(actor, programme, account_id)
    if not policy.may_keep(actor, programme, account_id):
        raise NotFound
    return programme
