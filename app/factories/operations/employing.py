"""One person at a factory, without a list: hired, in another role or on another line, gone. Every verb is logged.

What a list would write is written here too: another role or line is another stretch of employment.
"""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories import queries
from app.factories.events import WorkChanged
from app.factories.models import Employment, Factory, Line, Person
from app.factories.operations.applying import hold
from app.factories.operations.former import returning
from app.factories.roster import Row
from app.factories.roster.names import same_name_key
from app.factories.roster.numbers import number_key
from app.factories.rules import EndReason, JobRole, Sex
from app.factories.structure.taken import Taken
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.i18n.folding import searchable
from app.platform.refusal import NotFound, Refused

_MAY = Permission.PEOPLE_EDIT


@dataclass(frozen=True)
class Terms:
    """What somebody does, and on which line of the factory."""

    role: JobRole | None
    designation: str | None
    line_id: int | None


@dataclass(frozen=True)
class Hire:
    """Somebody new at a factory."""

    name: str
    local_name: str | None
    sex: Sex | None
    employee_number: str


def hire(actor: Actor, code: str, who: Hire, terms: Terms, on: date) -> Person:
    """Somebody works at the factory from a day on. Whoever had this number and name here before is the same person.

    The same once more is answered with the person. Raises NotFound out of scope, Taken for a number that somebody else
    has, and Refused for a day to come or one before the person left.
    """
    factory = queries.factory_by_code(actor, code, _MAY)
    _check(factory, terms, on)
    hold(factory.id)
    if (holder := _holder(factory.id, who.employee_number)) is not None:
        if same_name_key(holder.person.name) != same_name_key(who.name):
            raise Taken("employee_number", _("Somebody else has this employee number."))
        return holder.person
    row = Row(0, who.employee_number, who.name, who.local_name, who.sex)
    back = returning(factory.id, [row]).get(row.row)
    if back and on < back.ended_on:
        raise Refused(_("This person worked here on that day already. Choose a later day."))
    person = db.session.get_one(Person, back.person_id) if back else _person(factory, who)
    _begin(person.id, factory.id, who.employee_number, terms, on)
    audit.record(actor, "factories.hire", f"person:{person.id}", factory=factory.id)
    _tell(factory.id, person.id)
    return person


def change_work(actor: Actor, code: str, person_id: int, terms: Terms, on: date) -> None:
    """Another role or line from a day on; what held before stays in the history.

    What began on that very day is corrected, and a designation alone is no other work. Raises NotFound for who does
    not work there now, Refused for a day to come or before the present work began.
    """
    factory, held = _held(actor, code, person_id)
    if held is None:
        raise NotFound
    _check(factory, terms, on, held)
    is_other = (held.role, held.line_id) != (terms.role, terms.line_id)
    if not is_other and held.designation == terms.designation:
        return
    if is_other and held.started_on < on:
        _end(held, on, EndReason.MOVED_ROLE)
        _begin(held.person_id, factory.id, held.employee_number, terms, on)
    else:
        held.role, held.designation, held.line_id = terms.role, terms.designation, terms.line_id
    audit.record(actor, "factories.change_work", f"person:{held.person_id}", factory=factory.id, day=on.isoformat())
    _tell(factory.id, held.person_id)


def end_work(actor: Actor, code: str, person_id: int, reason: EndReason, on: date) -> None:
    """Somebody no longer works at the factory from a day on. The same once more changes nothing.

    Raises NotFound for who never worked there, Refused for a day to come or before the present work began.
    """
    factory, held = _held(actor, code, person_id)
    if held is None:
        return
    _check_day(factory, on, held)
    _end(held, on, reason)
    audit.record(
        actor, "factories.end_work", f"person:{held.person_id}", factory=factory.id, day=on.isoformat(), reason=reason
    )
    _tell(factory.id, held.person_id)


def _tell(factory_id: int, person_id: int) -> None:
    db.session.flush()  # whoever follows reads the work
    publish(WorkChanged(factory_id, person_id))


def _held(actor: Actor, code: str, person_id: int) -> tuple[Factory, Employment | None]:
    """The factory and the person's open employment there. Raises NotFound for who never worked there."""
    factory = queries.factory_by_code(actor, code, _MAY)
    person = queries.person(actor, person_id, _MAY)
    hold(factory.id)
    worked = sa.exists().where(Employment.person_id == person.id, Employment.factory_id == factory.id)
    if not db.session.scalar(sa.select(worked)):
        raise NotFound
    return factory, queries.open_employment(person.id, factory_id=factory.id)


def _holder(factory_id: int, number: str) -> Employment | None:
    return db.session.scalar(
        sa.select(Employment).where(
            Employment.factory_id == factory_id, Employment.number_key == number_key(number),
            Employment.ended_on.is_(None),
        )
    )


def _check(factory: Factory, terms: Terms, on: date, held: Employment | None = None) -> None:
    _check_day(factory, on, held)
    line = db.session.get(Line, terms.line_id) if terms.line_id is not None else None
    if terms.line_id is not None and (line is None or line.factory_id != factory.id):
        raise NotFound


def _check_day(factory: Factory, on: date, held: Employment | None) -> None:
    if on > today(factory.programme.zone):
        raise Refused(_("This day is still to come."))
    if held is not None and on < held.started_on:
        raise Refused(_("This day lies before the present work began."))


def _person(factory: Factory, who: Hire) -> Person:
    person = Person(
        name=who.name, local_name=who.local_name, sex=who.sex, language=factory.language,
        search_text=searchable(who.name, who.local_name),
    )
    db.session.add(person)
    db.session.flush()  # the employment needs the id
    return person


def _begin(person_id: int, factory_id: int, number: str, terms: Terms, on: date) -> None:
    db.session.add(Employment(
        person_id=person_id, factory_id=factory_id, employee_number=number, number_key=number_key(number),
        role=terms.role, designation=terms.designation, line_id=terms.line_id, started_on=on, ended_on=None,
    ))


def _end(held: Employment, on: date, reason: EndReason) -> None:
    held.ended_on, held.end_reason = on, reason
    db.session.flush()  # an open number is unique: ends come before beginnings
